"""millrace sweep and millrace export: what is made, found, refused, and how the store is shared."""

import csv
import io
import json
import signal
import sqlite3
import subprocess
import time

import program

STUDY = """\
problems = [{ name = "pingliang", scenarios = ["2030"] }]
algorithms = ["nsga2"]
seeds = 2

[budget]
generations = 5

[parameters]
population = [8, 12]
crossover-probability = { from = 0.5, to = 0.9, steps = 3 }
"""


class SweepTest(program.ProgramTest):
    def write(self, text=STUDY, name="study.toml"):
        (self.folder / name).write_text(text)
        return name

    def export(self, store="study.db", *more):
        return self.done("export", store, *more).stdout

    def rows(self, *more, store="study.db"):
        return list(csv.DictReader(io.StringIO(self.export(store, *more))))

    def sweep(self, *more, name="study.toml", code=0):
        result = self.call("sweep", name, *more)
        self.assertEqual(result.returncode, code, result.stderr)
        return result


class Runs(SweepTest):
    def test_all_combinations_are_made_and_then_found(self):
        self.write()
        self.assertIn("12 runs: 12 made, 0 found, 0 failed", self.sweep().stdout)
        self.assertEqual(self.files(), ["study.db", "study.toml"])
        rows = self.rows()
        self.assertEqual(len(rows), 12)
        self.assertEqual({(r["setting:population"], r["setting:crossover-probability"], r["seed"]) for r in rows},
                         {(p, c, s) for p in ("8", "12") for c in ("0.5", "0.7", "0.9") for s in ("1", "2")})
        self.assertEqual({r["status"] for r in rows}, {"finished"})
        self.assertEqual({r["evaluations"] for r in rows}, {"40", "60"})
        for row in rows:
            self.assertTrue(0.0 < float(row["hypervolume"]) < 1.0)
            self.assertEqual(row["feasible_share"], "1")
        before = self.export()
        self.assertIn("0 made, 12 found", self.sweep().stdout)
        self.assertEqual(self.export(), before)

    def test_a_run_has_the_address_and_the_front_of_millrace_run(self):
        self.write()
        self.sweep()
        self.done("run", "pingliang", "--scenario", "2030", "--algorithm", "nsga2", "--population", 12, "--generations",
                  5, "--crossover-probability", 0.7, "--seed", 2, "--output", "out")
        summary = self.json_of("out/summary.json")
        row = next(r for r in self.rows() if r["digest"] == summary["digest"])
        self.assertEqual((row["setting:population"], row["seed"]), ("12", "2"))
        self.assertEqual(float(row["hypervolume"]), summary["hypervolume"]["share_of_reference_box"])
        headings, front = self.table_of("out/front.csv")
        stored = [r for r in self.rows("--what", "fronts") if r["digest"] == summary["digest"]]
        objectives = [name for name in stored[0] if name.startswith("f:")]
        columns = [next(i for i, h in enumerate(headings) if h.startswith(name[2:] + " (")) for name in objectives]
        self.assertEqual([[float(r[name]) for name in objectives] for r in stored],
                         [[row[c] for c in columns] for row in front])

    def test_a_study_that_grows_makes_only_what_is_new(self):
        self.write()
        self.sweep()
        old = {r["digest"]: r for r in self.rows()}
        self.write(STUDY.replace("steps = 3", "steps = 5").replace("seeds = 2", "seeds = 3"))
        self.assertIn("30 runs: 18 made, 12 found", self.sweep().stdout)
        new = {r["digest"]: r for r in self.rows()}
        self.assertEqual(len(new), 30)
        for digest, row in old.items():
            self.assertEqual(new[digest], row)

    def test_the_export_does_not_depend_on_threads_or_on_the_order_of_the_runs(self):
        study = STUDY.replace("seeds = 2", "seeds = 2\ntrace-points = 3\nkeep-decisions = true")
        self.write(study)
        self.write(study, "other.toml")
        self.write(study.replace("seeds = 2", "seeds = [2]"), "part.toml")
        self.sweep("--threads", 1)
        self.sweep("--store", "other.db", "--threads", 3, name="part.toml")
        self.sweep("--threads", 2, name="other.toml")
        for what in ("runs", "fronts", "traces"):
            for form in ("csv", "jsonl"):
                options = ("--what", what, "--format", form)
                text = self.export("study.db", *options)
                self.assertGreaterEqual(text.count("\n"), 12)
                self.assertEqual(text, self.export("other.db", *options))

    def test_a_run_without_what_is_asked_for_now_is_made_again_to_the_same_front(self):
        self.write()
        self.sweep()
        fronts = self.export("study.db", "--what", "fronts")
        self.assertEqual(self.rows("--what", "traces"), [])
        self.write(STUDY.replace("seeds = 2", 'seeds = 2\ntrace-points = 4\n'
                                 'indicators = ["igd-plus", "epsilon-progress"]'))
        self.assertIn("12 made, 0 found", self.sweep().stdout)
        self.assertEqual(self.export("study.db", "--what", "fronts"), fronts)
        traces = self.rows("--what", "traces")
        self.assertEqual(len(traces), 12 * 4)
        self.assertEqual(set(traces[0]) - {"digest", "problem", "scenario", "algorithm", "seed"},
                         {"evaluations", "generation", "feasible_share", "hypervolume", "igd_plus", "epsilon_progress"})
        final = {r["digest"]: r for r in self.rows()}
        for digest, row in final.items():
            last = [t for t in traces if t["digest"] == digest][-1]
            for name in ("evaluations", "feasible_share", "epsilon_progress"):
                self.assertEqual(last[name], row[name])
            for name in ("hypervolume", "igd_plus"):
                self.assertAlmostEqual(float(last[name]), float(row[name]), 9)
        self.assertIn("0 made, 12 found", self.sweep().stdout)

    def test_conditions_apply_parameters_where_they_belong(self):
        self.write("""\
problems = [{ name = "dtlz2", objectives = 3 }]
algorithms = ["nsga2", "moead"]
seeds = 1
[budget]
evaluations = 60
[parameters]
population = 12
neighbourhood = { from = 4, to = 8, steps = 2, when = { algorithm = "moead" } }
crossover = ["sbx", "uniform"]
crossover-eta = { values = [10, 30], when = { crossover = "sbx" } }
""")
        self.assertIn("9 runs: 9 made", self.sweep().stdout)
        rows = self.rows()
        for row in rows:
            self.assertEqual(row["setting:neighbourhood"] != "", row["algorithm"] == "moead")
            self.assertEqual(row["setting:crossover-eta"] != "", row["setting:crossover"] == "sbx")
            self.assertEqual(row["evaluations"], "60")
        self.assertEqual(len({r["digest"] for r in rows}), 9)

    def test_designs(self):
        ranges = """
[parameters]
population = { from = 8, to = 40 }
mutation-probability = { from = 0.001, to = 0.5, log = true }
crossover = ["sbx", "uniform"]
"""
        start = 'problems = ["dtlz2"]\nalgorithms = ["nsga2"]\nseeds = 1\n[budget]\ngenerations = 2\n'
        for design, points in (('kind = "latin-hypercube"\nsamples = 7', 7), ('kind = "sobol"\nsamples = 4', 4 * 5),
                               ('kind = "sobol"\nsamples = 4\nsecond-order = true', 4 * 8),
                               ('kind = "morris"\nsamples = 3\nlevels = 4', 3 * 4),
                               ('kind = "grid"\nlevels = 3', 3 * 3 * 2)):
            self.write(start + ranges + "[baseline]\npopulation = 20\n[design]\n" + design)
            plan = json.loads(self.sweep("--dry-run", "--json").stdout)
            self.assertEqual(plan["points"], points + 1)
            self.assertLessEqual(plan["total"], points + 1)
        self.assertEqual(self.files(), ["study.toml"])
        self.write(start + ranges + '[design]\nkind = "latin-hypercube"\nsamples = 16\nseed = 5')
        self.sweep()
        rows = self.rows()
        self.assertEqual(len(rows), 16)
        values = sorted(float(r["setting:mutation-probability"]) for r in rows)
        for i, value in enumerate(values):
            self.assertTrue(0.001 * 500 ** (i / 16) * 0.999 <= value <= 0.001 * 500 ** ((i + 1) / 16) * 1.001)
        self.assertEqual(sorted(r["setting:crossover"] for r in rows), ["sbx"] * 8 + ["uniform"] * 8)

    def test_a_problem_without_a_box_is_measured_in_one_that_is_kept(self):
        self.write('problems = ["water"]\nalgorithms = ["nsga2", "nsga3"]\nseeds = 2\n[budget]\ngenerations = 4\n'
                   "[parameters]\npopulation = [12, 20]\n")
        self.sweep()
        hypervolumes = {r["digest"]: r["hypervolume"] for r in self.rows()}
        self.write((self.folder / "study.toml").read_text().replace("[12, 20]", "[12, 20, 40]"))
        self.sweep()
        for row in self.rows():
            if row["digest"] in hypervolumes:
                self.assertEqual(row["hypervolume"], hypervolumes[row["digest"]])
        base = sqlite3.connect(self.folder / "study.db")
        self.assertEqual(base.execute("SELECT reference_source FROM problems").fetchall(), [("runs",)])

    def test_problems_are_measured_where_their_front_is_known(self):
        self.write('indicators = ["igd-plus"]\nproblems = ["dtlz2", "pingliang"]\nalgorithms = ["nsga2"]\nseeds = 1\n'
                   "[budget]\ngenerations = 2\n")
        self.sweep()
        base = sqlite3.connect(self.folder / "study.db")
        sources = base.execute("SELECT name, reference_source, length(reference_front) > 0 FROM problems").fetchall()
        self.assertEqual(sorted(sources), [("dtlz2-m3", "front", 1)] + [("pingliang", "case", 1)] * 4)
        for row in self.rows():
            self.assertGreater(float(row["igd_plus"]), 0.0)


class Progress(SweepTest):
    def test_json_events(self):
        self.write()
        events = [json.loads(line) for line in self.sweep("--json").stdout.splitlines()]
        self.assertEqual(events[-1]["event"], "finished")
        self.assertEqual((events[-1]["made"], events[-1]["found"], events[-1]["failed"]), (12, 0, 0))

    def test_a_log_has_plain_lines(self):
        self.write(STUDY.replace("generations = 5", "generations = 300000").replace("seeds = 2", "seeds = 100"))
        running = program.start("sweep", "study.toml", "--threads", 1, folder=self.folder)
        self.addCleanup(running.kill)
        line = running.stderr.readline()
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=60)
        self.assertRegex(line, r"^study: \d+ of 600 runs, \d+ %"
                               r"(, [\d.]+ runs/[sh], [\d:]+( s)? left, best hypervolume 0\.\d+)?, failed 0$")
        self.assertNotIn("\033", line)


class Interruption(SweepTest):
    LONG = STUDY.replace("generations = 5", "generations = 3000").replace("seeds = 2", "seeds = 60")

    def test_ctrl_c_saves_and_the_same_command_continues(self):
        self.write(self.LONG)
        running = program.start("sweep", "study.toml", "--json", folder=self.folder)
        self.addCleanup(running.kill)
        running.stdout.readline()
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
        self.assertEqual(running.returncode, 3, err)
        event = json.loads(out.splitlines()[-1])
        self.assertEqual(event["event"], "stopped")
        self.assertEqual(len(self.rows()), event["made"])
        self.assertLess(event["made"], 360)
        plan = json.loads(self.sweep("--dry-run", "--json").stdout)
        self.assertEqual(plan["found"], event["made"])

    def test_a_second_sweep_waits_for_the_first_and_then_finds_its_runs(self):
        self.write(STUDY.replace("generations = 5", "generations = 2000").replace("seeds = 2", "seeds = 10"))
        first = program.start("sweep", "study.toml", "--threads", 1, "--json", folder=self.folder)
        self.addCleanup(first.kill)
        while not (self.folder / "study.db-lock").exists():
            time.sleep(0.01)
        second = program.start("sweep", "study.toml", "--threads", 1, folder=self.folder)
        self.addCleanup(second.kill)
        self.assertRegex(second.stderr.readline(), "another sweep writes into it; waiting")
        self.assertIsNone(first.poll())
        out, err = second.communicate(timeout=120)
        first.communicate(timeout=60)
        self.assertEqual((first.returncode, second.returncode), (0, 0), err)
        self.assertIn("60 runs: 0 made, 60 found", out)
        self.assertFalse((self.folder / "study.db-lock").exists())

    def test_a_reader_sees_whole_runs_while_a_sweep_works(self):
        self.write(self.LONG)
        running = program.start("sweep", "study.toml", "--json", folder=self.folder)
        self.addCleanup(running.kill)
        running.stdout.readline()
        rows = self.rows()
        fronts = self.rows("--what", "fronts")
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=60)
        self.assertLessEqual({r["digest"] for r in rows}, {r["digest"] for r in fronts})


class Failures(SweepTest):
    def test_a_run_that_fails_is_recorded_and_the_rest_goes_on(self):
        """A population that the process may not have the memory for, beside one that it has."""
        self.write(STUDY.replace("population = [8, 12]", "population = [8, 1000000]").replace("generations = 5", "generations = 1")
                   .replace("steps = 3", "steps = 2").replace("seeds = 2", "seeds = 1"))
        limited = subprocess.run(["bash", "-c", f"ulimit -v 400000; exec '{program.BINARY}' sweep study.toml --threads 2"],
                                 cwd=self.folder, capture_output=True, text=True, timeout=120, check=False)
        self.assertEqual(limited.returncode, 4, limited.stderr)
        self.assertIn("4 runs: 2 made, 0 found, 2 failed", limited.stdout)
        self.assertIn("--retry-failed", limited.stderr)
        for row in self.rows():
            expected = ("finished", "generations") if row["setting:population"] == "8" else ("failed", "not enough memory")
            self.assertEqual((row["status"], row["reason"]), expected)
            self.assertEqual(row["hypervolume"] == "", row["status"] == "failed")

    def test_a_failed_run_is_made_again_when_somebody_says_so(self):
        self.write()
        self.sweep()
        whole = [self.export("study.db", "--what", what) for what in ("runs", "fronts")]
        base = sqlite3.connect(self.folder / "study.db")
        base.execute("UPDATE runs SET status = 'failed', reason = 'it threw' WHERE seed = 2")
        base.commit()
        base.close()
        self.assertIn("12 runs: 0 made, 6 found, 6 failed", self.sweep(code=4).stdout)
        self.assertIn("12 runs: 6 made, 6 found, 0 failed", self.sweep("--retry-failed").stdout)
        self.assertEqual([self.export("study.db", "--what", what) for what in ("runs", "fronts")], whole)

    def test_a_file_that_may_not_grow_is_an_error_of_storage_and_the_sweep_continues_later(self):
        self.write(STUDY.replace("seeds = 2", "seeds = 60"))
        limited = subprocess.run(["bash", "-c", f"trap '' XFSZ; ulimit -f 200; exec '{program.BINARY}' sweep study.toml"],
                                 cwd=self.folder, capture_output=True, text=True, timeout=120, check=False)
        self.assertEqual(limited.returncode, 5, limited.stderr)
        self.assertRegex(limited.stderr, r"^(.*\n)*millrace: study\.db: the disk .*what was saved stays\n$")
        self.sweep()
        self.assertEqual(len(self.rows()), 360)
        undisturbed = self.export()
        self.sweep("--store", "again.db")
        self.assertEqual(self.export("again.db"), undisturbed)

    def test_an_export_to_a_full_disk_says_so(self):
        self.write()
        self.sweep()
        result = subprocess.run(["bash", "-c", f"'{program.BINARY}' export study.db --what fronts > /dev/full"],
                                cwd=self.folder, capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(result.returncode, 5)
        self.assertIn("cannot be written", result.stderr)


if __name__ == "__main__":
    program.main()
