"""millrace analyse: the figures of a sweep, checked against its export, and what it refuses."""

import csv
import io
import json
import statistics

import program

GRID = """\
problems = [{ name = "pingliang", scenarios = ["2030", "2040"] }]
algorithms = ["nsga2"]
seeds = 6

[budget]
generations = 12

[parameters]
population = [8, 40]
crossover-probability = { from = 0.5, to = 0.9, steps = 3 }

[baseline]
population = 8
crossover-probability = 0.9
"""

SOBOL = """\
problems = [{ name = "pingliang", scenarios = ["2030"] }]
algorithms = ["nsga2"]
seeds = 1

[budget]
generations = 4

[parameters]
population = { from = 8, to = 60 }
mutation-probability = { from = 0.001, to = 0.5, log = true }

[design]
kind = "sobol"
samples = 8
second-order = true
"""


class AnalyseTest(program.ProgramTest):
    def made(self, text, name="study.toml"):
        (self.folder / name).write_text(text)
        self.done("sweep", name, "--quiet")

    def analysis(self, *more, source="study.toml"):
        return json.loads(self.done("analyse", source, "--json", *more).stdout)

    def rows(self, store="study.db"):
        return list(csv.DictReader(io.StringIO(self.done("export", store).stdout)))

    def refused(self, words, *arguments):
        result = self.call("analyse", *arguments)
        self.assertEqual(result.returncode, 2, result.stderr)
        self.assertIn(words, result.stderr)
        self.assertEqual(result.stdout, "")
        self.assertEqual(result.stderr.count("\n"), 1)


class Grid(AnalyseTest):
    def test_figures_are_those_of_the_export(self):
        self.made(GRID)
        analysis = self.analysis()
        self.assertEqual(analysis["runs"], {"wanted": 72, "finished": 72, "failed": 0})
        self.assertEqual(len(analysis["settings"]), 6)
        rows = self.rows()
        samples = {}
        for row in rows:
            key = (f"pingliang {row['scenario']}", row["setting:population"], row["setting:crossover-probability"])
            samples.setdefault(key, {})[row["seed"]] = float(row["hypervolume"])
        for entry in analysis["summaries"]:
            values = analysis["settings"][entry["setting"]]["parameters"]
            sample = samples[entry["problem"], str(values["population"]).removesuffix(".0"),
                             str(values["crossover-probability"])]
            self.assertEqual(entry["runs"], 6)
            self.assertAlmostEqual(entry["median"], statistics.median(sample.values()), places=12)
            self.assertLessEqual(entry["interval"][0], entry["median"])
            self.assertGreaterEqual(entry["interval"][1], entry["median"])
        baseline = analysis["settings"][analysis["reference"]]["parameters"]
        self.assertEqual(baseline, {"population": 8.0, "crossover-probability": 0.9})

        best = analysis["recommended"]["best"]
        chosen = analysis["settings"][best["setting"]]["parameters"]
        self.assertEqual(chosen["population"], 40.0)
        won = 0
        for problem in analysis["problems"]:
            ours = samples[problem, "40", str(chosen["crossover-probability"])]
            theirs = samples[problem, "8", "0.9"]
            won += sum(ours[seed] > theirs[seed] for seed in ours)
        self.assertEqual((best["pairs"], best["pairs_won"]), (12, won))
        self.assertAlmostEqual(best["cost_ratio"], 5.0)

        for effects in analysis["effects"]:
            shares = [e["share"] for e in effects["main"] + effects["interactions"]]
            self.assertAlmostEqual(sum(shares) + effects["higher"]["share"] + effects["seeds_share"], 1.0, places=9)
            means = {level["value"]: level["mean"] for level in effects["main"][1]["levels"]}
            sample = [v for key, seeds in samples.items() if key[:2] == (effects["problem"], "40") for v in seeds.values()]
            self.assertAlmostEqual(means["40"], statistics.mean(sample), places=12)

    def test_the_page_says_what_to_set_and_its_maps_count_runs(self):
        self.made(GRID)
        said = self.done("analyse", "study.toml", "--map-csv", "maps.csv", "--reach", 0.9, "--output", "page.md", "--exact")
        self.assertIn("- Best: `crossover-probability", said.stdout)
        self.assertIn("Wrote page.md", said.stdout)
        page = (self.folder / "page.md").read_text()
        for words in ["## Recommended settings", "## Settings", "### pingliang 2040", "reference", "of exact",
                      "## Ranks over the problems", "## Main effects and interactions",
                      "crossover-probability x population", "## Control maps",
                      "millrace analyse study.toml --reach 0.9 --exact --map-csv maps.csv --output page.md"]:
            self.assertIn(words, page)
        cells = list(csv.DictReader(io.StringIO((self.folder / "maps.csv").read_text())))
        self.assertEqual(len(cells), 2 * 6)
        rows = self.rows()
        for cell in cells:
            reached = [row for row in rows if f"pingliang {row['scenario']}" == cell["problem"]
                       and row["setting:crossover-probability"] == cell["x_from"]
                       and row["setting:population"] == cell["y_from"]]
            self.assertEqual(int(cell["runs"]), len(reached))
            self.assertEqual(int(cell["reached"]),
                             sum(float(row["hypervolume"]) >= float(cell["threshold"]) for row in reached))

    def test_a_store_and_a_typed_baseline_give_the_same_figures(self):
        self.made(GRID)
        study = self.analysis()
        store = self.analysis("--baseline", "population=8,crossover-probability=0.9", source="study.db")
        def medians(analysis):
            return sorted((e["problem"], json.dumps(analysis["settings"][e["setting"]], sort_keys=True), e["median"])
                          for e in analysis["summaries"])
        self.assertEqual(medians(study), medians(store))
        self.assertEqual(store["recommended"]["best"]["gain"], study["recommended"]["best"]["gain"])
        self.assertEqual([e["seeds_share"] for e in store["effects"]], [e["seeds_share"] for e in study["effects"]])
        page = self.done("analyse", "study.db").stdout
        self.assertIn("Nothing is recommended: the study has no baseline", page)

    def test_an_unfinished_study_says_what_is_missing(self):
        self.made(GRID)
        (self.folder / "study.toml").write_text(GRID.replace("seeds = 6", "seeds = 8"))
        page = self.done("analyse", "study.toml").stdout
        self.assertIn("24 of 96 runs are missing", page)
        (self.folder / "study.toml").write_text(GRID.replace("[8, 40]", "[8, 40, 60]"))
        self.assertIn("3 of 9 cells of the grid have no run", self.done("analyse", "study.toml").stdout)


class Sensitivity(AnalyseTest):
    def test_few_samples_are_said_to_mean_nothing(self):
        self.made(SOBOL)
        page = self.done("analyse", "study.toml").stdout
        self.assertIn("do not mean anything yet", page)
        self.assertIn("| second index", page)
        report = self.analysis("--estimator", "saltelli")["sobol"][0]
        self.assertEqual(report["base_points"], 8)
        self.assertFalse(report["meaningful"])
        self.assertGreater(report["enough_base_points"], 8)
        self.assertEqual([p["parameter"] for p in report["parameters"]], ["population", "mutation-probability"])
        self.assertEqual(len(report["second"]), 1)
        self.assertNotEqual(self.analysis()["sobol"][0]["parameters"], report["parameters"])

    def test_elementary_effects_of_a_morris_design(self):
        text = SOBOL.replace('kind = "sobol"', 'kind = "morris"').replace("second-order = true\n", "")
        self.made(text)
        effects = self.analysis()["morris"][0]["parameters"]
        self.assertEqual([e["steps"] for e in effects], [8, 8])
        self.assertGreater(effects[0]["mu"], 0.0)  # more individuals, more front
        self.assertGreaterEqual(effects[0]["mu_star"], abs(effects[0]["mu"]) - 1e-12)
        self.assertIn("## Elementary effects (Morris)", self.done("analyse", "study.toml").stdout)


class Refusals(AnalyseTest):
    def test_every_mistake_is_answered_in_one_sentence(self):
        (self.folder / "study.toml").write_text(GRID)
        self.refused("has no store yet", "study.toml")
        self.refused("nothing.db", "nothing.db")
        self.made(GRID)
        self.refused("did you mean 'hypervolume'?", "study.toml", "--indicator", "hypervolum")
        self.refused("they have evaluations, feasible_share", "study.toml", "--indicator", "beauty")
        self.refused("is no pair", "study.toml", "--baseline", "population")
        self.refused("no setting has population=9", "study.toml", "--baseline", "population=9")
        self.refused("3 settings have population=8; name more", "study.toml", "--baseline", "population=8")
        self.refused("--estimator: 'jensen'", "study.toml", "--estimator", "jensen")
        self.refused("a store has no problems to solve", "study.db", "--exact")
        self.refused("belongs to the indicator hypervolume", "study.toml", "--exact", "--indicator", "seconds")
        self.refused("belongs to a study file", "study.db", "--store", "study.db")
        self.refused("--reach", "study.toml", "--reach", "2")
        (self.folder / "text.db").write_text("no store")
        self.refused("text.db", "text.db")


if __name__ == "__main__":
    program.main()
