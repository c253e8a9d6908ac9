"""What a run leaves: fronts that an independent model agrees with, a whole manifest, folders that are found again."""

import json
import re

from allocation import Allocation
from program import PINGLIANG, ProgramTest, main

YEARS = ["2025", "2030", "2035", "2040"]


def dominates(a, b):
    return all(x <= y for x, y in zip(a, b)) and a != b


class Fronts(ProgramTest):
    def check_front(self, path, allocation, scenario):
        headings, rows = self.table_of(path)
        links = allocation.links()
        count = len(allocation.objectives)
        self.assertGreater(len(rows), 20)
        self.assertTrue(all(re.search(r" \[.+\]$", heading) for heading in headings[:len(links) + count]), headings)
        for (source, user), heading in zip(links, headings):
            self.assertIn(source, heading)
            self.assertIn(user, heading)
        signs = []
        for name, heading in zip(allocation.objectives, headings[len(links):]):
            sense = "max" if name == "benefit" else "min"
            self.assertTrue(heading.startswith(f"{name} ({sense}) ["), heading)
            signs.append(-1.0 if sense == "max" else 1.0)
        minimised = []
        for row in rows:
            x = dict(zip(links, row))
            objectives = row[len(links):len(links) + count]
            for got, expected in zip(objectives, allocation.shown(x, scenario)):
                # A shortage of rounding errors is nothing against the demand that it is a difference of.
                self.assertLessEqual(abs(got - expected), 1e-9 * max(abs(expected), 1.0))
            self.assertLessEqual(allocation.worst_violation(x, scenario), 1e-6)
            self.assertEqual(row[-1], 0.0)
            minimised.append([sign * value for sign, value in zip(signs, objectives)])
        self.assertFalse(any(dominates(a, b) for a in minimised for b in minimised))
        return rows

    def test_pingliang(self):
        for algorithm in ["nsga3", "nsga2"]:
            self.done("run", "pingliang", "--algorithm", algorithm, "--generations", 60, "--output", algorithm)
            for year in YEARS:
                self.check_front(f"{algorithm}/{year}/front.csv", Allocation(PINGLIANG), year)

    def test_unrepaired_runs_say_what_is_feasible(self):
        self.done("run", "pingliang", "--no-repair", "--scenario", "2040", "--generations", 3, "--output", "raw")
        allocation = Allocation(PINGLIANG)
        headings, rows = self.table_of("raw/front.csv")
        for row in rows:
            worst = allocation.worst_violation(dict(zip(allocation.links(), row)), "2040")
            self.assertEqual(worst > 1e-6, row[-1] > 0.0, headings[-1])

    def test_a_generated_city(self):
        sizes = ["--sources", 8, "--users", 12, "--periods", 2, "--seed", 5]
        self.assertIn("millrace run city.toml", self.done("generate", "city.toml", *sizes).stdout)
        self.done("generate", "again.toml", *sizes)
        self.assertEqual((self.folder / "city.toml").read_text(), (self.folder / "again.toml").read_text())
        self.done("run", "city.toml", "--generations", 20, "--output", "out")
        for scenario in self.json_of("out/manifest.json")["runs"]:
            summary = self.json_of(f"out/{scenario['scenario']}/summary.json")
            self.assertEqual(summary["feasible_in_population"], 100)

    def test_an_edited_city(self):
        text = PINGLIANG.read_text(encoding="utf-8").split("[reference]")[0]
        for old, new in [('name = "pingliang"', 'name = "平凉"'), ('"hinge"', '"difference"'), ("demand = 213.00", "demand = 250"),
                         ('volume = "1e4 m3"', 'volume = "m3"'), ('carbon = "t CO2"', 'carbon = "kg CO2"'),
                         ('scenarios = ["2025", "2030", "2035", "2040"]', 'scenarios = ["dry", "wet", "now", "later"]')]:
            self.assertIn(old, text)
            text = text.replace(old, new)
        (self.folder / "city.toml").write_text(text, encoding="utf-8")
        result = self.done("run", "city.toml", "--generations", 40, "--output", "out")
        allocation = Allocation(self.folder / "city.toml")
        for scenario in allocation.scenarios:
            self.check_front(f"out/{scenario}/front.csv", allocation, scenario)
        self.assertTrue(re.search(r"^scenario +evaluations", result.stdout, re.M), result.stdout)
        self.assertIn("runs do not compare", result.stdout)

    def test_benchmarks_are_nondominated(self):
        for problem in ["dtlz2", "zdt3", "c2-dtlz2", "water"]:
            self.done("run", problem, "--generations", 50, "--output", problem)
            headings, rows = self.table_of(f"{problem}/front.csv")
            columns = [k for k, heading in enumerate(headings) if "(min)" in heading]
            points = [[row[k] for k in columns] for row in rows]
            self.assertFalse(any(dominates(a, b) for a in points for b in points), problem)
            self.assertTrue(all(row[-1] == 0.0 for row in rows), problem)


class Folders(ProgramTest):
    ARGUMENTS = ["run", "pingliang", "--scenario", "2025,2040", "--generations", 20]

    def test_found_again(self):
        first = self.done(*self.ARGUMENTS)
        folder = next((self.folder / "results").iterdir())
        before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
        again = self.done(*self.ARGUMENTS)
        self.assertIn("found finished", again.stderr)
        self.assertEqual(first.stdout, again.stdout)
        self.assertEqual(before, {path: path.stat().st_mtime_ns for path in folder.rglob("*")})
        self.done(*self.ARGUMENTS, "--force")
        self.assertNotEqual(before[folder / "2025/front.csv"], (folder / "2025/front.csv").stat().st_mtime_ns)
        self.assertIn("found finished", self.done("resume", folder).stderr)
        self.assertEqual([path for path in folder.rglob("*") if path.suffix in [".bin", ".partial", ".new"]], [])

    def test_another_study_is_refused(self):
        self.done(*self.ARGUMENTS, "--output", "mine")
        front = (self.folder / "mine/2025/front.csv").read_bytes()
        for others in [["--seed", 2], ["--generations", 21], ["--algorithm", "nsga2"], ["--population", 104]]:
            arguments = self.ARGUMENTS if others[0] != "--generations" else self.ARGUMENTS[:-2]
            result = self.call(*arguments, *others, "--output", "mine")
            self.assertEqual(result.returncode, 2)
            self.assertIn("holds another study", result.stderr)
        self.assertEqual(front, (self.folder / "mine/2025/front.csv").read_bytes())
        self.done(*self.ARGUMENTS, "--seed", 2, "--output", "mine", "--force")
        self.assertNotEqual(front, (self.folder / "mine/2025/front.csv").read_bytes())

    def test_a_case_is_what_it_says_not_where_it_lies(self):
        for name in ["a.toml", "b.toml"]:
            (self.folder / name).write_bytes(PINGLIANG.read_bytes())
        self.done("run", "a.toml", "--generations", 5, "--output", "out")
        self.assertIn("found finished", self.done("run", "b.toml", "--generations", 5, "--output", "out").stderr)
        self.assertEqual(self.json_of("out/manifest.json")["settings"]["problem"], str(self.folder / "a.toml"))
        text = (self.folder / "a.toml").read_text(encoding="utf-8").replace("213.00", "214.00")
        (self.folder / "a.toml").write_text(text, encoding="utf-8")
        result = self.call("resume", "out")
        self.assertEqual(result.returncode, 2)
        self.assertIn("changed since", result.stderr)

    def test_manifest(self):
        self.done(*self.ARGUMENTS, "--threads", 2, "--seed", 18446744073709551615, "--sampling", "latin-hypercube",
                  "--output", "out")
        manifest = self.json_of("out/manifest.json")
        self.assertEqual(set(manifest), {
            "millrace", "numerics", "title", "digest", "status", "settings", "runs", "threads", "simd", "compiler",
            "system", "started", "written", "wall_seconds"})
        self.assertEqual(manifest["status"], "finished")
        self.assertEqual(manifest["threads"], 2)
        self.assertEqual([run["scenario"] for run in manifest["runs"]], ["2025", "2040"])
        self.assertTrue(all(re.fullmatch("[0-9a-f]{32}", run["data_digest"]) for run in manifest["runs"]))
        settings = manifest["settings"]
        self.assertEqual(settings["seed"], 18446744073709551615)
        self.assertEqual(settings["sampling"], "latin-hypercube")
        self.assertEqual(settings["crossover"]["probability"], 0.9)
        self.assertGreater(manifest["wall_seconds"], 0.0)
        for time in ["started", "written"]:
            self.assertRegex(manifest[time], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")

    def test_a_metric_of_a_front_against_itself(self):
        self.done(*self.ARGUMENTS, "--output", "out")
        front = "out/2025/front.csv"
        metrics = json.loads(self.done("metrics", front, "--reference", front, "--json").stdout)
        self.assertEqual(metrics["igd"], 0.0)
        self.assertEqual(metrics["hypervolume_ratio"], 1.0)
        self.assertEqual(metrics["nondominated"], metrics["points"])


if __name__ == "__main__":
    main()
