"""Gaps of evolved water networks to known optima, over seeds: the tables of docs/park.md.

Usage: parks.py MILLRACE ROOT [--seeds N] [--threads N] [--quick]; scripts/reproduce park calls it. Runs are kept in
ROOT/results/park (finished ones are found again); the gaps go to ROOT/results/reference/park/gaps.json and, as tables,
between the marks of ROOT/docs/park.md. Every run has the default settings: only its length and its seed are said, and for
evolution alone --refine-every 0.
"""

import argparse
import csv
import json
import pathlib
import statistics
import subprocess
import sys

from page_marks import write_between

ALONE = ["--refine-every", "0"]
# Case, evaluations, options, optimum, largest gap, and of which of the seeds it is asked.
ROWS = [
    ("ws94_4p", 20000, ALONE, 90.0, 1e-4, max),
    ("waterund01", 20000, ALONE, 86.83333333, 1e-4, max),
    ("ws94_4p", 20000, [], 90.0, 1e-4, max),
    ("waterund01", 20000, [], 86.83333333, 1e-4, max),
    ("waterund08", 100000, ALONE, 164.48977471, 1e-4, statistics.median),
    ("wastewater02m1", 100000, ALONE, 130.70254425, 1e-4, statistics.median),
    ("waterund08", 20000, [], 164.48977471, 1e-4, statistics.median),
    ("wastewater02m1", 20000, [], 130.70254425, 1e-4, statistics.median),
    ("kg06_ex1", 100000, ALONE, 117.0526316, 1e-4, statistics.median),
    ("kg06_ex1", 20000, [], 117.0526316, 1e-4, statistics.median),
    ("refinery3p", 100000, ALONE, 105.6028288, 1e-3, statistics.median),
    ("refinery3p", 20000, [], 105.6028288, 1e-3, statistics.median),
    ("wastewater05m1", 300000, ALONE, 229.70083937, 1e-3, statistics.median),
    ("wastewater05m1", 20000, [], 229.70083937, 1e-4, statistics.median),
    ("wastewater15m1", 300000, ALONE, 2446.42857143, 2.5e-2, statistics.median),
    ("wastewater15m1", 10000, [], 2446.42857143, 1e-3, statistics.median),
    ("kg06_ex5", 1000000, ALONE, 1031888.16, 5e-2, statistics.median),
    ("kg06_ex5", 10000, [], 1031888.16, 1e-3, statistics.median),
    ("rg09_wtn", 300000, ALONE, 348337.04168, 1e-3, statistics.median),
    ("rg09_wtn", 20000, [], 348337.04168, 1e-4, statistics.median),
]
# The steel park: lowest values known of cost, freshwater, CO2 and discharge with what is asked of them, and lowest costs
# known within limits (sequential linear programming from some 30 starts a level; not certified).
STEEL = "park_steel"
STEEL_EVALUATIONS = 100000
EXTREMES = [("cost", 5771.2447, 5771.25 * 1.001), ("freshwater", 480.0, 480.1), ("co2", 758.4684, 758.47 * 1.001),
            ("discharge", 0.0, 0.1)]
OBJECTIVES = {"cost": "cost", "freshwater": "fw", "co2": "co2", "discharge": "dis"}
LEVELS = {
    "fw": [(900, 5798.8659), (850, 5941.6746), (800, 6127.2124), (750, 6312.5044), (700, 6497.5514), (650, 6682.3552),
           (600, 6866.9186), (550, 7052.1955), (500, 7252.2686), (480.001, 7338.9625)],
    "dis": [(500, 5778.6669), (400, 5809.1565), (300, 5842.3752), (200, 5878.5777), (100, 5930.5324), (50, 5973.7834),
            (0.01, 6028.3118)],
}
MEDIAN_LEVEL, WORST_LEVEL = 1.5e-2, 5e-2


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("millrace", type=pathlib.Path)
    parser.add_argument("root", type=pathlib.Path)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--quick", action="store_true")
    return parser.parse_args()


class Measurement:
    def __init__(self, given):
        self.given = given
        self.seeds = range(1, (2 if given.quick else given.seeds) + 1)
        self.folder = given.root / "results" / ("park-quick" if given.quick else "park")

    def run(self, case, evaluations, options, seed):
        """Summary, check and folder of one run."""
        if self.given.quick:
            evaluations = 2000
        folder = self.folder / f"{case}-{'alone' if options else 'refined'}-{evaluations}-{seed}"
        call = [self.given.millrace, "run", case, "--evaluations", evaluations, "--seed", seed, "--threads",
                self.given.threads, "--json", *options, "--output", folder]
        output = subprocess.run(list(map(str, call)), capture_output=True, text=True, check=False)
        if output.returncode != 0:
            sys.exit(f"parks.py: {' '.join(map(str, call))} failed: {output.stderr}")
        summary = next(event["summary"] for event in map(json.loads, output.stdout.splitlines()) if event["event"] == "run")
        check = json.loads((folder / "check.json").read_text(encoding="utf-8"))
        if check["moved"]:
            sys.exit(f"parks.py: {folder}: {check['moved']} designs do not keep their objectives")
        return summary, check, folder

    def row(self, case, evaluations, options, optimum, target, statistic):
        gaps, programs, moves = [], [], []
        for seed in self.seeds:
            summary, check, _ = self.run(case, evaluations, options, seed)
            feasible = summary["feasible_in_population"] > 0
            best = summary["objectives"][0]["best_of_front"]
            gaps.append(best / optimum - 1.0 if feasible else float("inf"))
            if gaps[-1] < -1e-6:
                sys.exit(f"parks.py: {case}, seed {seed}: {best} is below the optimum {optimum}; one of the two is wrong")
            programs.append(summary.get("refinement", {}).get("programs", 0))
            moves.append(check["largest_move"])
        return {"case": case, "evaluations": evaluations, "refined": not options, "optimum": optimum, "gaps": gaps,
                "programs": statistics.median(programs), "largest_move": max(moves), "target": target,
                "every_seed": statistic is max, "met": statistic(gaps) <= target}

    def steel(self):
        runs = []
        for seed in self.seeds:
            summary, check, folder = self.run(STEEL, STEEL_EVALUATIONS, [], seed)
            front = read_front(folder / "front.csv")
            levels = {f"{name} <= {limit}": level_gap(front, name, limit, cost)
                      for name, list_of in LEVELS.items() for limit, cost in list_of}
            runs.append({"seed": seed, "designs": len(front), "levels": levels,
                         "best": {name: min(row[key] for row in front) for name, key in OBJECTIVES.items()},
                         "programs": summary["refinement"]["programs"], "seconds": summary["seconds"],
                         "largest_move": check["largest_move"]})
        return runs


def read_front(path):
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        headings = {key: next(h for h in reader.fieldnames if h.startswith(f"{key} (min)")) for key in OBJECTIVES.values()}
        return [{key: float(row[heading]) for key, heading in headings.items()} for row in reader]


def level_gap(front, name, limit, cost):
    """How far above the lowest cost known the cheapest design within a limit is; infinite where there is none."""
    within = [row["cost"] for row in front if row[name] <= limit]
    return min(within) / cost - 1.0 if within else float("inf")


def percent(value):
    # Rounding of the optimum's last digit is no gap.
    return "none" if value == float("inf") else f"{100 * (0.0 if abs(value) < 5e-7 else value):.4f}"


def rows_table(rows, seeds):
    lines = [f"Seeds 1 to {seeds}; gaps in % of the optimum.", "",
             "| case | evaluations | programs (median) | least gap | median | largest | asked | |",
             "| :-- | --: | --: | --: | --: | --: | :-- | :-- |"]
    for row in rows:
        gaps = row["gaps"]
        lines.append(f"| {row['case']} | {row['evaluations']:,} | {row['programs']:,.0f} "
                     f"| {percent(min(gaps))} | {percent(statistics.median(gaps))} | {percent(max(gaps))} "
                     f"| {100 * row['target']:g} {'every seed' if row['every_seed'] else 'median'} "
                     f"| {'met' if row['met'] else 'missed'} |")
    return lines


def steel_tables(runs):
    lines = [f"`{STEEL}`, {STEEL_EVALUATIONS:,} evaluations, seeds 1 to {len(runs)}.", "",
             "| | least | median | largest | asked | |", "| :-- | --: | --: | --: | --: | :-- |"]
    verdict = lambda met: "met" if met else "missed"
    for name, _, asked in EXTREMES:
        values = [run["best"][name] for run in runs]
        lines.append(f"| lowest {name} | {min(values):.4f} | {statistics.median(values):.4f} | {max(values):.4f} "
                     f"| {asked:.2f} | {verdict(max(values) <= asked)} |")
    for words, of, asked in [("median of the 17 levels, %", statistics.median, MEDIAN_LEVEL),
                             ("worst of the 17 levels, %", max, WORST_LEVEL)]:
        values = [of(run["levels"].values()) for run in runs]
        lines.append(f"| {words} | {percent(min(values))} | {percent(statistics.median(values))} "
                     f"| {percent(max(values))} | {100 * asked:g} | {verdict(max(values) <= asked)} |")
    for words, key in [("designs", "designs"), ("linear programs", "programs")]:
        values = [run[key] for run in runs]
        lines.append(f"| {words} | {min(values):,} | {statistics.median(values):,.0f} | {max(values):,} | | |")
    return lines


def main():
    given = arguments()
    measurement = Measurement(given)
    rows = []
    for row in ROWS:
        print(f"{row[0]}, {row[1]} evaluations{', evolution alone' if row[2] else ''}", flush=True)
        rows.append(measurement.row(*row))
    print(f"{STEEL}, {STEEL_EVALUATIONS} evaluations", flush=True)
    steel = measurement.steel()
    tables = {"networks": rows_table(rows, len(measurement.seeds)), "steel": steel_tables(steel)}
    print("\n".join(line for table in tables.values() for line in [*table, ""]))
    if given.quick:
        return
    reference = given.root / "results/reference/park"
    reference.mkdir(parents=True, exist_ok=True)
    (reference / "gaps.json").write_text(json.dumps({"networks": rows, "steel": steel}, indent=1) + "\n", encoding="utf-8")
    for mark, table in tables.items():
        write_between(given.root / "docs/park.md", mark, table)


if __name__ == "__main__":
    main()
