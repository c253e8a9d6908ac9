"""The accounts of a finished run: the same numbers as front.csv and the case, shown and as JSON."""

import json

from allocation import Allocation
from program import PINGLIANG, ProgramTest, main

YEARS = ["2025", "2030", "2035", "2040"]


class Accounts(ProgramTest):
    def refused(self, words, *arguments):
        result = self.call(*arguments)
        self.assertEqual(result.returncode, 2, result.stderr)
        self.assertIn(words, result.stderr)
        self.assertEqual(result.stdout, "")

    def run_pingliang(self):
        self.done("run", "pingliang", "--generations", 20, "--output", "run")

    def test_every_year_is_accounted_from_its_line_of_the_front(self):
        self.run_pingliang()
        allocation = Allocation(PINGLIANG)
        account = json.loads(self.done("account", "run", "--json").stdout)
        self.assertEqual([entry["scenario"] for entry in account["scenarios"]], YEARS)
        for entry in account["scenarios"]:
            _, rows = self.table_of(f"run/{entry['scenario']}/front.csv")
            x = dict(zip(allocation.links(), rows[entry["line"] - 2]))
            for source in entry["sources"]:
                for user, volume in source["to"].items():
                    self.assertEqual(volume, x.get((source["name"], user), 0.0))
            for objective, expected in zip(entry["objectives"], allocation.shown(x, entry["scenario"])):
                self.assertLessEqual(abs(objective["value"] - expected), 1e-9 * max(abs(expected), 1.0))
            figures = {figure["name"]: figure for figure in entry["figures"]}
            self.assertAlmostEqual(figures["carbon_t"]["ours"], entry["objectives"][0]["value"], places=4)
            self.assertIsNone(figures["carbon_kg_per_person"]["ours"])
            self.assertEqual(entry["breaches"], [])
            self.assertNotIn("sensitivity", entry)
        self.assertEqual(account["accounting"]["population"]["status"], "missing")
        self.assertTrue(any("153,000" in entry["sentence"] for entry in account["contradictions"]))

    def test_the_balanced_scheme_is_that_of_the_run_and_others_have_numbers(self):
        self.run_pingliang()
        balanced = json.loads(self.done("account", "run", "--json").stdout)["scenarios"][1]
        summary = self.json_of("run/2030/summary.json")
        for objective, expected in zip(balanced["objectives"], summary["objectives"]):
            expected = expected["balanced"]
            self.assertLessEqual(abs(objective["value"] - expected), 1e-9 * max(abs(expected), 1.0))
        number = balanced["line"] - 1
        again = json.loads(self.done("account", "run", "--solution", number, "--json").stdout)["scenarios"][1]
        self.assertEqual(again["sources"], balanced["sources"])

    def test_tables_and_sensitivity_for_a_person(self):
        self.run_pingliang()
        text = self.done("account", "run", "--sensitivity", "--samples", 64).stdout
        for words in ["line ", "from \\ to [1e4 m3]", "reduction_per_area_percent", "contradictions of the source",
                      "share of variance", "dry year: the scheme", "population: missing"]:
            self.assertIn(words, text)
        account = json.loads(self.done("account", "run", "--sensitivity", "--json").stdout)
        sensitivity = account["scenarios"][0]["sensitivity"]
        carbon = next(entry for entry in sensitivity["sobol"] if entry["output"] == "carbon")
        self.assertAlmostEqual(sum(index["first"] for index in carbon["indices"]), 1.0, delta=0.05)
        self.assertEqual(len(sensitivity["what_if"]), 3)

    def test_what_cannot_be_accounted_is_refused(self):
        self.refused("holds no manifest.json", "account", ".")
        self.done("run", "dtlz2", "--generations", 2, "--output", "benchmark")
        self.refused("which is no urban case", "account", "benchmark")
        self.done("run", "pingliang", "--scenario", "2040", "--generations", 2, "--output", "one")
        self.done("account", "one")
        self.refused("--solution: 'best' is neither balanced nor the number of a scheme", "account", "one",
                     "--solution", "best")
        self.refused("has the schemes 1 to", "account", "one", "--solution", 100000)


if __name__ == "__main__":
    main()
