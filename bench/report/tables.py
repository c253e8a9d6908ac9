"""Writes the tables of docs/performance.md between their markers from the results of scripts/bench.

Usage: tables.py RESULTS PAGE. RESULTS is the folder with kernel.json, versus.json, scaling.json and sweeps.json; a table whose file is
missing says so. A table stands between the lines <!-- table: NAME --> and <!-- end -->.
"""

import json
import pathlib
import re
import sys

import marks

ALGORITHMS = {"nsga2": "NSGA-II", "nsga3": "NSGA-III", "moead": "MOEA/D"}


def number(value, digits=3):
    """Three significant digits, thousands separated."""
    if value == 0:
        return "0"
    magnitude = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    if magnitude >= digits:
        return f"{round(value, digits - magnitude):,.0f}"
    text = f"{value:.{digits}g}"
    return f"{value:.{digits}f}" if "e" in text else text


def table(head, rows):
    """Markdown; the first column is text, the others are numbers unless their head starts with a '<'."""
    rule = ["---" if i == 0 or name.startswith("<") else "--:" for i, name in enumerate(head)]
    head = [name.removeprefix("<") for name in head]
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in [head, rule, *rows])


def name_of(row):
    return f"{row['problem'].upper()}, M={row['objectives']}, {row['population']:,} x {row['generations']:,}"


def machine_table(results):
    rows = []
    for name, document in results.items():
        m = document["machine"]
        load = [m["load_average"]] + ([m["load_average_at_end"]] if "load_average_at_end" in m else [])
        rows.append([f"`{name}.json`", f"{m['processor']}, {m['cores']} cores", m["compiler"], m["simd"], m["date"],
                     " to ".join(f"{averages[0]:.1f}" for averages in load)])
    return table(["results", "<machine", "<compiler", "<SIMD target", "<date", "<load average, 1 min"], rows)


def marks_table(results):
    rows = []
    for mark in marks.MARKS:
        value = mark.value(results)
        if value is None:
            rows.append([mark.what, mark.limit_text, "not measured", ""])
            continue
        rows.append([mark.what, mark.limit_text, f"{number(value)}{mark.unit}", mark.verdict(value)])
    return table(["what", "mark", "here", "<verdict"], rows)


def limits_table(results):
    return table(["what one core does at best", "rate"],
                 [[what, f"{number(rate / 1e9)} {unit}"] for what, rate, unit in marks.primitives(results)])


def distance_table(results):
    rows = []
    for size in marks.distances(results):
        parts = [f"{1e6 * seconds:,.0f}" for seconds in size.parts]
        rows.append([f"{size.population:,}", *parts, f"{1e3 * sum(size.parts):.2f}", f"{size.generation_ms:.2f}",
                     f"{size.generation_ms / (1e3 * sum(size.parts)):.1f}"])
    return table(["population", "keys, us", "dominance tests, us", "draws, us", "powers, us", "sum, ms",
                  "a generation, ms", "ratio"], rows)


def profile_table(results):
    profile = results["scaling"]["profile"]
    rows = []
    for stage in profile[0]["stages_us"]:
        values = [size["stages_us"][stage] for size in profile]
        if max(values) < 0.05:
            continue
        totals = [sum(size["stages_us"].values()) for size in profile]
        rows.append([stage, *(f"{value:,.1f} ({100 * value / total:.0f} %)" for value, total in zip(values, totals))])
    rows.append(["**sum**", *(f"**{sum(size['stages_us'].values()):,.1f}**" for size in profile)])
    return table(["stage, us"] + [f"{size['population']:,}" for size in profile], rows)


def sorting_table(results):
    return table(["points", "fronts", "stop at N/2, ms", "all fronts, ms", "pagmo2, ms", "ratio"],
                 [[f"{r['shape']}, {r['points']:,} x {r['objectives']}", r["fronts"], number(r["half_ms"]),
                   number(r["full_ms"]), number(r["peer_ms"]), number(r["peer_ms"] / r["half_ms"])]
                  for r in results["versus"]["sorting"]])


def volume_rows(rows):
    return [[f"M={r['objectives']}, N={r['points']:,}", number(r["ours_ms"]), number(r["peer_ms"]),
             number(r["peer_ms"] / r["ours_ms"])] for r in rows]


def hypervolume_table(results):
    return table(["hypervolume", "millrace, ms", "pagmo2, ms", "ratio"], volume_rows(results["versus"]["hypervolume"]))


def contributions_table(results):
    return table(["contributions", "millrace, ms", "pagmo2, ms", "ratio"],
                 volume_rows(results["versus"]["contributions"]))


def evolution_rows(rows):
    lines = []
    for r in rows:
        contest = [s for s in rows if name_of(s) == name_of(r)]
        peer = next(s for s in contest if s["library"] == "pagmo2")
        first = r is contest[0]
        ratio = "" if r["library"] == "pagmo2" else number(peer["generation_ms"] / r["generation_ms"])
        lines.append([name_of(r) if first else "", f"{r['library']} {ALGORITHMS[r['algorithm']]}",
                      number(r["setup_ms"]), number(r["generation_ms"]), f"{r['evaluations_per_second'] / 1e6:.3g} M",
                      ratio, f"{r['igd_plus']:.4f}", f"{r['hypervolume']:.4f}"])
    return lines


EVOLUTION_HEAD = ["problem, N x generations", "<algorithm", "set-up, ms", "a generation, ms", "evaluations/s", "ratio",
                  "IGD+", "hypervolume"]


def evolution_table(results):
    return table(EVOLUTION_HEAD, evolution_rows(results["versus"]["evolution"]["genetic"]))


def decomposition_table(results):
    return table(EVOLUTION_HEAD, evolution_rows(results["versus"]["evolution"]["decomposition"]))


def scaling_table(results):
    threads = results["scaling"]["threads"]
    rows = []
    for r in results["scaling"]["generations"]:
        one, *more = r["generation_ms"]
        rows.append([r["group"], r["objectives"], f"{r['population']:,}", f"{r['variables']:,}", number(one),
                     *(f"{number(ms)} ({one / ms:.2f}x)" for ms in more)])
    head = ["compared over", "M", "population", "variables", "1 thread, ms", *(f"{t} threads" for t in threads[1:])]
    busy = ("\n\n**The machine was busy with other work when `scaling` ran (see the load averages): what it says of more "
            "than one thread, here and below, is no measurement.**" if marks.was_busy(results) else "")
    return table(head, rows) + busy


def volume_scaling_table(results):
    threads = results["scaling"]["threads"]
    rows = [[f"M={r['objectives']}, N={r['points']:,}", number(r["ms"][0]),
             *(f"{number(ms)} ({r['ms'][0] / ms:.2f}x)" for ms in r["ms"][1:])] for r in results["scaling"]["hypervolume"]]
    return table(["hypervolume", "1 thread, ms", *(f"{t} threads" for t in threads[1:])], rows)


def sweeps_table(results):
    return table(["algorithm", "runs", "a run, ms of one core", "10,000 runs on two cores, s", "ten-point traces", "store",
                  "bytes a run"],
                 [[r["algorithm"], f"{r['runs']:,}", number(r["cpu_ms_a_run"]), number(r["seconds_for_10000_on_two_cores"]),
                   f"+{100 * r['trace_share']:.1f} %", f"{100 * r['store_share']:.2f} %", number(r["store_bytes_a_run"])]
                  for r in results["sweeps"]["runs"]])


def side_by_side_table(results):
    return table(["runs", "side by side, a second", "one by one, a second", "ratio"],
                 [[f"{r['runs']:,} of {r['what']}", number(r["side_by_side_per_second"]), number(r["one_by_one_per_second"]),
                   number(r["ratio"])] for r in results["sweeps"]["side_by_side"]])


TABLES = {
    "machine": machine_table, "marks": marks_table, "limits": limits_table, "distance": distance_table,
    "profile": profile_table, "sorting": sorting_table, "hypervolume": hypervolume_table,
    "contributions": contributions_table, "evolution": evolution_table, "decomposition": decomposition_table,
    "scaling": scaling_table, "volume-scaling": volume_scaling_table,
    "sweeps": sweeps_table, "side-by-side": side_by_side_table,
}


def main():
    folder, page = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    results = {name: json.loads((folder / f"{name}.json").read_text()) for name in ("kernel", "versus", "scaling", "sweeps")
               if (folder / f"{name}.json").exists()}

    def fill(match):
        try:
            text = TABLES[match.group(1)](results)
        except KeyError as missing:
            text = f"Not measured yet: {missing} is missing."
        return f"<!-- table: {match.group(1)} -->\n{text}\n<!-- end -->"

    page.write_text(re.sub(r"<!-- table: (\S+) -->\n.*?<!-- end -->", fill, page.read_text(), flags=re.DOTALL))


if __name__ == "__main__":
    main()
