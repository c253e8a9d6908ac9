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


class Kinds(ProgramTest):
    def test_bits_are_whole_numbers(self):
        self.done("run", "zdt5", "--generations", 10, "--output", "out", "--algorithm", "nsga2")
        lines = (self.folder / "out/front.csv").read_text().splitlines()
        self.assertTrue(all(set(line.split(",")[:80]) <= {"0", "1"} for line in lines[1:]))
        self.assertEqual(self.json_of("out/manifest.json")["runs"][0]["variables"], {"binary": 80})
        scheme = self.json_of("out/summary.json")["balanced_scheme"]
        self.assertTrue(all(isinstance(value, int) for value in scheme.values()))


class Seeds(ProgramTest):
    RUN = ["run", "zdt1", "--algorithm", "nsga2", "--population", 40, "--generations", 8]

    def setUp(self):
        super().setUp()
        self.done(*self.RUN[:-1], 60, "--output", "first", "--archive", "nondominated")
        self.front = self.folder / "first/front.csv"

    def evaluations(self, folder):
        return self.json_of(f"{folder}/summary.json")["evaluations"]

    def test_known_results_are_not_evaluated_again(self):
        rows = len(self.table_of("first/front.csv")[1])
        told = self.done(*self.RUN, "--seed-from", "first/front.csv", "--output", "known").stderr
        self.assertIn(f"starts with {rows} designs of first/front.csv, whose results are known", told)
        self.assertEqual(self.evaluations("known"), 8 * 40 - rows)
        # The same designs without a summary that vouches for their results; other objectives; one digit changed.
        (self.folder / "designs.csv").write_bytes(self.front.read_bytes())
        self.done(*self.RUN, "--seed-from", "designs.csv", "--output", "unknown")
        self.assertEqual(self.evaluations("unknown"), 8 * 40)
        for name in ["front.csv", "manifest.json"]:
            same = (self.folder / "known" / name).read_bytes() == (self.folder / "unknown" / name).read_bytes()
            self.assertEqual(same, name == "front.csv")
        self.done(*self.RUN[:1], "zdt2", *self.RUN[2:], "--seed-from", "first/front.csv", "--output", "other")
        self.assertEqual(self.evaluations("other"), 8 * 40)
        self.front.write_text(self.front.read_text() + self.front.read_text().splitlines()[-1] + "\n")
        self.done(*self.RUN, "--seed-from", "first/front.csv", "--output", "edited")
        self.assertEqual(self.evaluations("edited"), 8 * 40)

    def test_more_designs_than_individuals(self):
        told = self.done("run", "zdt1", "--population", 4, "--generations", 1, "--seed-from", "first/archive.csv",
                         "--output", "few", "--algorithm", "nsga2").stderr
        rows = self.table_of("first/archive.csv")[1]
        self.assertIn(f"starts with 4 of the {len(rows)} designs", told)
        first = self.table_of("few/front.csv")[1]
        spread = [rows[i * len(rows) // 4] for i in range(4)]
        self.assertEqual(sorted(row[:30] for row in first), sorted(row[:30] for row in spread))

    def test_a_run_is_addressed_by_the_content_of_its_seeds(self):
        (self.folder / "a.csv").write_bytes(self.front.read_bytes())
        (self.folder / "b.csv").write_bytes(self.front.read_bytes())
        self.done(*self.RUN, "--seed-from", "a.csv", "--output", "out")
        self.assertIn("found finished", self.done(*self.RUN, "--seed-from", "b.csv", "--output", "out").stderr)
        (self.folder / "a.csv").unlink()
        self.assertIn("found finished", self.done("resume", "out").stderr)
        lines = (self.folder / "b.csv").read_text().splitlines()
        (self.folder / "b.csv").write_text("\n".join(lines[:-1]) + "\n")
        for extra in [["--seed-from", "b.csv"], []]:
            result = self.call(*self.RUN, *extra, "--output", "out")
            self.assertEqual(result.returncode, 2, result.stderr)
            self.assertIn("holds another study", result.stderr)


class Archives(ProgramTest):
    RUN = ["run", "dtlz2", "--population", 40, "--generations", 30]

    def points(self, path):
        headings, rows = self.table_of(path)
        columns = [k for k, heading in enumerate(headings) if "(min)" in heading]
        return [[row[k] for k in columns] for row in rows]

    def test_nondominated(self):
        self.done(*self.RUN, "--archive", "nondominated", "--output", "out")
        archive = self.points("out/archive.csv")
        summary = self.json_of("out/summary.json")
        self.assertEqual(summary["archive"]["size"], len(archive))
        self.assertGreater(len(archive), 40)
        self.assertFalse(any(dominates(a, b) for a in archive for b in archive))
        for point in self.points("out/front.csv"):
            self.assertTrue(point in archive or any(dominates(other, point) for other in archive))

    def test_epsilon(self):
        self.done(*self.RUN, "--archive", "epsilon", "--epsilon", "0.1,0.2,0.1", "--output", "out")
        archive = self.points("out/archive.csv")
        self.assertEqual(self.json_of("out/summary.json")["archive"]["epsilons"], [0.1, 0.2, 0.1])
        boxes = [tuple(int(f / e) for f, e in zip(point, [0.1, 0.2, 0.1])) for point in archive]
        self.assertEqual(len(set(boxes)), len(boxes))
        self.assertFalse(any(dominates(a, b) for a in boxes for b in boxes))

    def test_epsilon_stagnation(self):
        self.done(*self.RUN[:-2], "--epsilon-stagnation", 5, "--epsilon", 0.2, "--output", "out")
        summary = self.json_of("out/summary.json")
        self.assertEqual(summary["stopped_by"], "epsilon-stagnation")
        self.assertFalse((self.folder / "out/archive.csv").exists())
        self.assertIn("found finished", self.done("resume", "out").stderr)


if __name__ == "__main__":
    main()
