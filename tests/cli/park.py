"""Water networks of industrial parks: what a run leaves, what it checks of it, and what is refused."""

import csv
import json

from program import ProgramTest, main


class Park(ProgramTest):
    def rows_of(self, path):
        with (self.folder / path).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def test_front_is_everything_found(self):
        told = self.done("run", "park_steel", "--evaluations", 12000, "--threads", 1, "--output", "steel").stdout
        rows = self.rows_of("steel/front.csv")
        summary = self.json_of("steel/summary.json")
        self.assertEqual(summary["front_size"], len(rows))
        self.assertGreaterEqual(len(rows), 10)
        self.assertFalse((self.folder / "steel/archive.csv").exists())
        names = [name for name in rows[0] if "(min)" in name]
        self.assertEqual(len(names), 4)
        values = [[float(row[name]) for name in names] for row in rows]
        self.assertTrue(all(float(row["total violation"]) == 0.0 for row in rows))
        for a in values:
            self.assertFalse(any(all(x <= y for x, y in zip(b, a)) and b != a for b in values))
        check = self.json_of("steel/check.json")
        self.assertEqual(check["designs"], len(rows))
        self.assertEqual(check["moved"], 0)
        self.assertLess(check["largest_move"], 1e-6)
        self.assertIn("checked: ten times the sweeps", told)
        self.assertIn("freshwater", told)
        path = json.loads((self.folder / "steel/pathway.json").read_text(encoding="utf-8"))
        self.assertEqual(path[0]["name"], "balanced")
        sankey = json.loads((self.folder / "steel/sankey.json").read_text(encoding="utf-8"))
        self.assertEqual(len(sankey), 5)
        self.found_again("steel", told)

    def found_again(self, name, told):
        again = self.done("run", "park_steel", "--evaluations", 12000, "--threads", 1, "--output", name).stdout
        self.assertEqual(again, told)

    def test_one_objective_beside_its_reference(self):
        run = ["run", "kg06_ex1", "--evaluations", 2000, "--threads", 1, "--output", "small"]
        told = self.done(*run).stdout
        self.assertIn("above the reference 117.0526316", told)
        check = self.json_of("small/check.json")
        self.assertEqual(check["moved"], 0)
        self.assertLess(abs(check["above_reference"]), 1e-3)

    def test_archive_apart_where_asked(self):
        self.done("run", "park_steel", "--objective", "cost,freshwater", "--evaluations", 1000, "--archive", "epsilon",
                  "--output", "boxes")
        self.assertTrue((self.folder / "boxes/archive.csv").exists())

    def test_options_that_would_do_nothing(self):
        for arguments, words in [(["ws94_4p", "--hybrid"], "no unit of case 'ws94_4p' names a model"),
                                 (["ws94_4p", "--piping-charge", 5], "no objective is in money"),
                                 (["ws94_4p", "--seasons"], "names none"),
                                 (["park_steel", "--objective", "cost,cost"], "named twice"),
                                 (["kg06_ex1", "--objective", "freshwater,treated_flow", "--algorithm", "shade"],
                                  "shade takes at most 1 objective")]:
            result = self.call("run", *arguments, "--output", "refused")
            self.assertEqual(result.returncode, 2, result.stderr)
            self.assertIn(words, result.stderr)
            self.assertEqual(len(result.stderr.splitlines()), 1)
            self.assertFalse((self.folder / "refused").exists())


if __name__ == "__main__":
    main()
