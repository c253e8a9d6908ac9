"""What a sweep says of stores and study files that it cannot use, and how a store is read by others."""

import json
import re
import sqlite3

import program
from sweep import STUDY, SweepTest


class Stores(SweepTest):
    def test_a_store_of_a_newer_version_is_refused(self):
        self.write()
        self.sweep()
        base = sqlite3.connect(self.folder / "study.db")
        base.execute("PRAGMA user_version = 99")
        base.close()
        content = (self.folder / "study.db").read_bytes()
        for arguments in (("sweep", "study.toml"), ("export", "study.db"), ("sweep", "study.toml", "--dry-run")):
            result = self.call(*arguments)
            self.assertEqual(result.returncode, 2, result.stderr)
            self.assertIn("study.db: was written by a newer millrace (store version 99", result.stderr)
        self.assertEqual((self.folder / "study.db").read_bytes(), content)

    def test_sentences_for_what_is_no_store(self):
        self.write()
        (self.folder / "text.db").write_text("not a database " * 50)
        for arguments, sentence in ((("export", "nothing.db"), "no such store"), (("export", "text.db"), "is not a store"),
                                    (("sweep", "study.toml", "--store", "text.db"), "is not a store"),
                                    (("sweep", "study.toml", "--store", "no/where.db"), "no/where.db: cannot be written")):
            result = self.call(*arguments)
            self.assertEqual(result.returncode, 2, result.stderr)
            self.assertEqual(result.stderr.count("\n"), 1)
            self.assertIn(sentence, result.stderr)
        self.assertEqual(self.files(), ["study.toml", "text.db"])

    def test_export_options(self):
        self.write(STUDY.replace('algorithms = ["nsga2"]', 'algorithms = ["nsga2", "nsga3"]'))
        self.sweep()
        self.assertEqual({r["algorithm"] for r in self.rows("--algorithm", "nsga3")}, {"nsga3"})
        self.assertEqual(self.rows("--problem", "unknown"), [])
        self.assertNotIn("seconds", self.rows()[0])
        self.assertGreater(float(self.rows("--times")[0]["seconds"]), 0.0)
        self.done("export", "study.db", "--output", "runs.csv")
        self.assertEqual((self.folder / "runs.csv").read_text(), self.export())
        lines = [json.loads(line) for line in self.export("study.db", "--format", "jsonl").splitlines()]
        self.assertEqual([line["digest"] for line in lines], [r["digest"] for r in self.rows()])
        self.assertEqual(json.loads(lines[0]["options"])["seed"], lines[0]["seed"])
        self.assertIn("--what: 'run' is not known; did you mean 'runs'?", self.call("export", "study.db", "--what", "run").stderr)


class Refusals(SweepTest):
    """One sentence with file:line: key, exit code 2, nothing written."""

    CASES = (
        (("population = [8, 12]", "populaton = [8, 12]"), "study.toml:9: populaton: ", "write 'population' instead"),
        (("population = [8, 12]", "population = []"), "study.toml:9: population: ", "is an empty list"),
        (("population = [8, 12]", "population = [8, 8]"), "study.toml:9: population: ", "has 8 twice"),
        (("population = [8, 12]", "population = [2, 8]"), "study.toml:9: population: ", "is 2, outside 4 to"),
        (("population = [8, 12]", "population = [8.5]"), "study.toml:9: population: ", "whole number"),
        (("population = [8, 12]", 'population = "many"'), "study.toml:9: population: ", "takes numbers"),
        (("population = [8, 12]", "population = { from = 9 }"), "study.toml:9: to: ", "is missing"),
        (("population = [8, 12]", "population = { from = 9, to = 5 }"), "study.toml:9: from: ", "goes up"),
        (("population = [8, 12]", "population = { from = 9, to = 50, levels = 2 }"), "study.toml:9: levels: ", "is not a key"),
        (("from = 0.5, to = 0.9", "from = 0.5, to = 1.9"), "study.toml:10: crossover-probability: ", "is 1.9, outside 0 to 1"),
        (("from = 0.5, to", "from = 0, log = true, to"), "study.toml:10: from: ", "starts above 0"),
        (("population = [8, 12]", 'crossover = ["sbx", "sby"]'), "study.toml:9: crossover: ", "'sby' is not known"),
        (("population = [8, 12]", "theta = 5"), "study.toml:9: theta: ", "theta-dea, moead and moea-dd, not to nsga2; write theta = {"),
        (("population = [8, 12]", 'theta = { values = 5, when = { algorithm = "moead" } }'), "study.toml:9: theta: ",
         "not among algorithms"),
        (("population = [8, 12]", "crossover-eta = { values = [5], when = { crossover = \"sbx\" } }"),
         "study.toml:9: crossover-eta: ", "not a parameter above it"),
        (("seeds = 2", "seeds = []"), "study.toml:3: seeds: ", "is an empty list"),
        (("seeds = 2", "seeds = 0"), "study.toml:3: seeds: ", "whole number from 1"),
        (("seeds = 2", "seeds = [1, -1]"), "study.toml:3: seeds: ", "whole numbers from 0"),
        (("seeds = 2", ""), "study.toml:1: seeds: ", "is missing"),
        (('algorithms = ["nsga2"]', "algorithms = []"), "study.toml:2: algorithms: ", "is an empty list"),
        (('algorithms = ["nsga2"]', 'algorithms = ["nsga22"]'), "study.toml:2: algorithms: ", "did you mean 'nsga2'?"),
        (('{ name = "pingliang", scenarios = ["2030"] }', '"pingling"'), "study.toml:1: problems: ", "did you mean 'pingliang'?"),
        (('"2030"', '"2031"'), "study.toml:1: problems: ", "has no '2031'"),
        (("generations = 5", "generations = 5\nseconds = 3"), "study.toml:7: seconds: ", "is not a key of [budget]"),
        (("[parameters]", "[parameters]\ngenerations = [5, 6]"), "study.toml:6: generations: ", "is a parameter already"),
        (("[parameters]", "[design]\nkind = \"latin\"\n[parameters]"), "study.toml:9: kind: ", "'latin' is not known"),
        (("[parameters]", "[design]\nkind = \"morris\"\nsamples = 3\nlevels = 3\n[parameters]"), "study.toml:11: levels: ",
         "must be even"),
        (("[parameters]", "[design]\nkind = \"sobol\"\n[parameters]"), "study.toml:8: samples: ", "is missing"),
        (("[parameters]", "[design]\nkind = \"grid\"\nsamples = 8\n[parameters]"), "study.toml:10: samples: ", "remove it"),
        (("[parameters]", "[baseline]\ndelta = 1\n[parameters]"), "study.toml:9: delta: ", "is not a key of [baseline]"),
        (("[parameters]", "[parameters"), "study.toml:8: syntax: ", ""),
    )

    def test_every_mistake_has_its_sentence(self):
        for (old, new), place, words in self.CASES:
            with self.subTest(new):
                self.assertEqual(STUDY.count(old), 1, old)
                self.write(STUDY.replace(old, new))
                result = self.call("sweep", "study.toml")
                self.assertEqual(result.returncode, 2, result.stderr)
                self.assertEqual(result.stderr.count("\n"), 1, result.stderr)
                self.assertTrue(result.stderr.startswith("millrace: " + place), result.stderr)
                self.assertIn(words, result.stderr)
                self.assertEqual(self.files(), ["study.toml"])

    def test_no_study_file(self):
        for name, words in (("nothing.toml", "cannot be read"), (".", "is a directory")):
            result = self.call("sweep", name)
            self.assertEqual(result.returncode, 2)
            self.assertIn(words, result.stderr)


if __name__ == "__main__":
    program.main()
