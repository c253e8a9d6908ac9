"""Shares of the exact hypervolume and certified gaps of many methods on Pingliang: the tables of docs/exact.md.

Usage: certificates.py MILLRACE ROOT [--seeds N] [--threads N] [--quick]; scripts/reproduce certificates calls it.
Runs are kept in ROOT/results/certificates (finished ones are found again); the medians go to
ROOT/results/reference/certificates/medians.json and, as tables, between the marks of ROOT/docs/exact.md.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys

from page_marks import write_between

YEARS = ["2025", "2030", "2035", "2040"]
PLAIN = ["--crossover-probability", "0.9", "--mutation-probability", "0.01"]

# What each step buys, at the paper's budget: name, options of `millrace run pingliang`.
STEPS = [
    ("NSGA-III, the paper's setting, feasibility rules alone", ["--algorithm", "nsga3", "--no-repair", *PLAIN]),
    ("NSGA-II, the same", ["--algorithm", "nsga2", "--no-repair", *PLAIN]),
    ("NSGA-III with the repair that projects", ["--algorithm", "nsga3", *PLAIN]),
    ("NSGA-II with it", ["--algorithm", "nsga2", *PLAIN]),
    ("MOEA/D with it", ["--algorithm", "moead", *PLAIN]),
    ("theta-DEA with it", ["--algorithm", "theta-dea", *PLAIN]),
    ("RVEA with it", ["--algorithm", "rvea", *PLAIN]),
    ("AGE-MOEA-II with it", ["--algorithm", "age-moea2", *PLAIN]),
    ("SMS-EMOA with it: the default", []),
    ("SMS-EMOA without repair", ["--no-repair"]),
    ("SMS-EMOA, children in four batches", ["--batch", "25"]),
]
# The judged sizes and budgets with the default method.
BUDGETS = [(100, 20000), (212, 20000), (212, 100000)]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("millrace", type=pathlib.Path)
    parser.add_argument("root", type=pathlib.Path)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--quick", action="store_true")
    return parser.parse_args()


class Measurement:
    def __init__(self, given):
        self.given = given
        self.seeds = 2 if given.quick else given.seeds
        self.folder = given.root / "results" / ("certificates-quick" if given.quick else "certificates")

    def summaries(self, population, evaluations, options, seed):
        """The summary of each year of one run, by year."""
        if self.given.quick:
            evaluations = 10 * population
        name = "-".join(o.strip("-") for o in options) or "default"
        call = [self.given.millrace, "run", "pingliang", "--population", population, "--evaluations", evaluations,
                "--seed", seed, "--certify", "--polish", "--threads", self.given.threads, "--json", *options,
                "--output", self.folder / f"{name}-{population}x{evaluations}-{seed}"]
        return self.by_year(call)

    def exact(self, size):
        return self.by_year([self.given.millrace, "run", "pingliang", "--method", "exact", "--directions", size,
                             "--threads", self.given.threads, "--json", "--output", self.folder / f"exact-{size}"])

    def by_year(self, call):
        output = subprocess.run(list(map(str, call)), capture_output=True, text=True, check=False)
        if output.returncode != 0:
            sys.exit(f"certificates.py: {' '.join(map(str, call))} failed: {output.stderr}")
        events = map(json.loads, output.stdout.splitlines())
        return {event["summary"]["scenario"]: event["summary"] for event in events if event["event"] == "run"}

    def medians(self, population, evaluations, options):
        """Of each year: medians over the seeds."""
        runs = [self.summaries(population, evaluations, options, seed) for seed in range(1, self.seeds + 1)]
        return {year: {"share": median(runs, year, "certificate", "share_of_exact_hypervolume"),
                       "median_gap": median(runs, year, "certificate", "median_gap"),
                       "largest_gap": median(runs, year, "certificate", "largest_gap"),
                       "polished_share": median(runs, year, "polished", "share_of_exact_hypervolume"),
                       "solutions": median(runs, year, "certificate", "solutions"),
                       "seconds": statistics.median(run[year]["seconds"] for run in runs)} for year in YEARS}


def median(runs, year, part, key):
    """Runs in which nothing is feasible count as having nothing."""
    return statistics.median(run[year][part].get(key, 0.0) for run in runs)


def percent(value, digits=1):
    return f"{100 * value:.{digits}f} %"


def steps_table(rows, seeds):
    lines = [f"Medians of {seeds} seeds.", "", "| 100 solutions, 20,000 evaluations | " + " | ".join(YEARS) + " | solutions | seconds |",
             "|---|" + "--:|" * (len(YEARS) + 2)]
    for row in rows:
        years = row["years"]
        lines.append(f"| {row['name']} | " + " | ".join(percent(years[y]["share"]) for y in YEARS)
                     + f" | {statistics.median(years[y]['solutions'] for y in YEARS):.0f}"
                     + f" | {statistics.median(years[y]['seconds'] for y in YEARS):.2f} |")
    return lines


def budgets_table(rows, seeds):
    lines = [f"Medians of {seeds} seeds.", "", "| solutions | evaluations | year | share | polished | exact points | median gap | largest gap |",
             "|--:|--:|---|--:|--:|--:|--:|--:|"]
    for row in rows:
        for year in YEARS:
            found = row["years"][year]
            lines.append(f"| {row['population']} | {row['evaluations']:,} | {year} | {percent(found['share'])} "
                         f"| {percent(found['polished_share'])} | {percent(row['exact'][year])} "
                         f"| {percent(found['median_gap'], 3)} | {percent(found['largest_gap'], 3)} |")
    return lines


def main():
    given = arguments()
    measurement = Measurement(given)
    steps = []
    for name, options in STEPS:
        print(name, flush=True)
        steps.append({"name": name, "options": options, "years": measurement.medians(100, 20000, options)})
    budgets = []
    for population, evaluations in BUDGETS:
        print(f"default, {population} solutions, {evaluations} evaluations", flush=True)
        exact = measurement.exact(population)
        budgets.append({"population": population, "evaluations": evaluations,
                        "exact": {year: exact[year]["share_of_exact_hypervolume"] for year in YEARS},
                        "years": measurement.medians(population, evaluations, [])})
    steps_lines = steps_table(steps, measurement.seeds)
    budgets_lines = budgets_table(budgets, measurement.seeds)
    print("\n".join([*steps_lines, "", *budgets_lines]))
    if given.quick:
        return
    reference = given.root / "results/reference/certificates"
    reference.mkdir(parents=True, exist_ok=True)
    (reference / "medians.json").write_text(
        json.dumps({"seeds": measurement.seeds, "steps": steps, "budgets": budgets}, indent=2) + "\n", encoding="utf-8")
    page = given.root / "docs/exact.md"
    write_between(page, "steps", steps_lines)
    write_between(page, "budgets", budgets_lines)


if __name__ == "__main__":
    main()
