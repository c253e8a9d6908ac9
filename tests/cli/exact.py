"""The exact front beside the evolved one: --method exact, --certify, --polish, and the trace of a run."""

import json
import shutil
import signal
import time

from program import PINGLIANG, ProgramTest, main, start

RUN = ["run", "pingliang", "--scenario", "2030", "--population", 40, "--generations", 30]


class Exact(ProgramTest):
    def refused(self, *arguments, says):
        before = self.files()
        result = self.call(*arguments)
        self.assertEqual(result.returncode, 2, result.stderr)
        for words in says:
            self.assertIn(words, result.stderr)
        self.assertEqual(len(result.stderr.strip().splitlines()), 1)
        self.assertEqual(self.files(), before)

    def summary(self, name):
        return self.json_of(f"{name}/summary.json")

    def test_certificates(self):
        result = self.done(*RUN, "--certify", "--polish", "--output", "r")
        self.assertIn("median gap", result.stdout)
        self.assertIn("polished", result.stdout)
        summary = self.summary("r")
        headings, front = self.table_of("r/front.csv")
        _, certificate = self.table_of("r/certificate.csv")
        self.assertEqual(len(certificate), len(front))
        gaps = sorted(row[1] for row in certificate)
        self.assertEqual(summary["certificate"]["median_gap"], gaps[len(gaps) // 2])
        self.assertEqual(summary["certificate"]["largest_gap"], gaps[-1])
        for _, gap, bound, largest in certificate:
            self.assertLessEqual(gap, bound + 1e-7)
            self.assertLessEqual(gap, largest + 1e-7)
            self.assertGreater(gap, -1e-7)
        # Polished solutions are no worse, and nothing is left to improve in all objectives.
        polished_headings, polished = self.table_of("r/polished.csv")
        self.assertEqual(polished_headings, headings)
        for evolved, exact in zip(front, polished, strict=True):
            for name, before, after in zip(headings, evolved, exact, strict=True):
                if "(min)" in name:
                    self.assertLessEqual(after, before + 1e-6 * abs(before) + 1e-6)
                if "(max)" in name:
                    self.assertGreaterEqual(after, before - 1e-6 * abs(before) - 1e-6)
        self.assertLess(summary["polished"]["largest_gap"], 1e-6)
        self.assertGreater(summary["polished"]["share_of_exact_hypervolume"],
                           summary["certificate"]["share_of_exact_hypervolume"])
        self.assertLess(summary["certificate"]["share_of_exact_hypervolume"], 1.0)
        # The specification's frozen box: ideal of the payoff table.
        ideal = {o["name"]: o["ideal"] for o in summary["exact_front"]["objectives"]}
        for name, value in [("carbon", 149335.961), ("benefit", 1904079.60), ("wastewater", 1943.64135)]:
            self.assertAlmostEqual(ideal[name], value, delta=1e-6 * value)

    def test_certificates_do_not_change_the_run(self):
        self.done(*RUN, "--output", "plain")
        self.done(*RUN, "--certify", "--polish", "--output", "certified")
        for name in ["front.csv"]:
            self.assertEqual((self.folder / "plain" / name).read_bytes(), (self.folder / "certified" / name).read_bytes())
        self.assertEqual(self.summary("plain")["digest"], self.summary("certified")["digest"])
        # A finished run is certified without running again, to the same files.
        later = self.done(*RUN, "--certify", "--polish", "--json", "--output", "plain")
        events = [json.loads(line) for line in later.stdout.splitlines()]
        self.assertTrue(next(e for e in events if e["event"] == "run")["found"])
        for name in ["certificate.csv", "polished.csv", "trace.csv"]:
            self.assertEqual((self.folder / "plain" / name).read_bytes(), (self.folder / "certified" / name).read_bytes())
        # And found as it is after that.
        before = (self.folder / "plain" / "summary.json").stat().st_mtime_ns
        again = self.done(*RUN, "--certify", "--polish", "--output", "plain")
        self.assertIn("found finished", again.stderr)
        self.assertIn("median gap", again.stdout)
        self.assertEqual((self.folder / "plain" / "summary.json").stat().st_mtime_ns, before)

    def test_trace(self):
        self.done(*RUN, "--certify", "--output", "r")
        headings, rows = self.table_of("r/trace.csv")
        self.assertEqual(headings, ["evaluations", "generation", "feasible share", "hypervolume",
                                    "share of exact hypervolume"])
        self.assertEqual([row[0] for row in rows], [120.0 * i for i in range(1, 11)])
        summary = self.summary("r")
        self.assertEqual(rows[-1][3], summary["hypervolume"]["share_of_reference_box"])
        self.assertEqual(rows[-1][4], summary["certificate"]["share_of_exact_hypervolume"])
        self.assertGreater(rows[-1][4], rows[0][4])
        self.assertEqual([p["evaluations"] for p in summary["trace"]], [row[0] for row in rows])
        self.assertGreater(summary["trace"][-1]["seconds"], 0)
        for threads in [2, 3]:
            self.done(*RUN, "--certify", "--threads", threads, "--output", f"t{threads}")
            for name in ["trace.csv", "certificate.csv"]:
                self.assertEqual((self.folder / f"t{threads}" / name).read_bytes(), (self.folder / "r" / name).read_bytes())

    def test_trace_without_generations(self):
        self.done("run", "zdt1", "--population", 8, "--stagnation", 3, "--output", "r")
        _, rows = self.table_of("r/trace.csv")
        self.assertEqual([row[0] for row in rows[:3]], [8.0, 16.0, 32.0])

    def test_interrupted(self):
        """An interrupted and resumed run leaves the same trace and certificates as a straight one."""
        run = ["run", "pingliang", "--scenario", "2030", "--population", 100, "--generations", 400, "--certify", "--polish"]
        self.done(*run, "--output", "straight")
        child = start(*run, "--output", "cut", folder=self.folder)
        deadline = time.monotonic() + 30
        while not (self.folder / "cut/checkpoint.bin").exists() and time.monotonic() < deadline:
            time.sleep(0.005)
        time.sleep(0.1)
        child.send_signal(signal.SIGINT)
        _, errors = child.communicate(timeout=60)
        self.assertIn(child.returncode, [0, 3], errors)
        self.assertEqual(child.returncode, 3, "it ended before it could be interrupted")
        self.assertFalse((self.folder / "cut/certificate.csv").exists())
        self.done("resume", "cut")
        for name in ["front.csv", "trace.csv", "certificate.csv", "polished.csv"]:
            self.assertEqual((self.folder / "cut" / name).read_bytes(), (self.folder / "straight" / name).read_bytes())

    def test_method_exact(self):
        result = self.done("run", "pingliang", "--method", "exact", "--directions", 30, "--output", "e")
        self.assertIn("30 points of the exact front", result.stdout)
        for year in ["2025", "2030", "2035", "2040"]:
            summary = self.summary(f"e/{year}")
            self.assertEqual(summary["front_size"], 30)
            self.assertEqual(summary["feasible_share"], 1.0)
            self.assertTrue(summary["exact_front"]["extent"]["nadir_exact"])
            self.assertGreater(summary["share_of_exact_hypervolume"], 0.6)
            self.assertLess(summary["share_of_exact_hypervolume"], 1.0)
        manifest = self.json_of("e/manifest.json")
        self.assertEqual((manifest["settings"]["method"], manifest["status"]), ("exact", "finished"))
        again = self.done("run", "pingliang", "--method", "exact", "--directions", 30, "--output", "e")
        self.assertIn("found finished", again.stderr)
        # What is missing is made again by resume, to the same bytes.
        before = (self.folder / "e/2030/front.csv").read_bytes()
        shutil.rmtree(self.folder / "e/2030")
        self.done("resume", "e", "--threads", 3)
        self.assertEqual((self.folder / "e/2030/front.csv").read_bytes(), before)
        # More points reach more of the hypervolume.
        self.done("run", "pingliang", "--method", "exact", "--population", 100, "--scenario", "2030", "--output", "more")
        self.assertGreater(self.summary("more")["share_of_exact_hypervolume"],
                           self.summary("e/2030")["share_of_exact_hypervolume"])

    def test_exact_points_have_no_gap(self):
        self.done("run", "pingliang", "--method", "exact", "--directions", 20, "--scenario", "2025", "--certify",
                  "--output", "e")
        self.assertLess(self.summary("e")["certificate"]["largest_gap"], 1e-6)

    def test_other_links(self):
        """A case without a box is measured in that of its payoff table, the trace too."""
        text = PINGLIANG.read_text(encoding="utf-8")
        begin, last = text.index("[reference]"), text.index("[reference.nadir]")
        text = text[:begin] + text[text.index("\n[", last) + 1:]
        (self.folder / "city.toml").write_text(text, encoding="utf-8")
        self.done("run", "city.toml", *RUN[2:], "--certify", "--output", "r")
        summary = self.summary("r")
        self.assertEqual(summary["exact_front"]["box"], "of the payoff table")
        self.assertEqual(self.table_of("r/trace.csv")[1][-1][4], summary["certificate"]["share_of_exact_hypervolume"])

    def test_refusals(self):
        self.refused("run", "dtlz2", "--certify", says=["--certify", "dtlz2", "not a linear program"])
        self.refused("run", "dtlz2", "--polish", says=["--polish", "not a linear program"])
        self.refused("run", "dtlz2", "--method", "exact", says=["--method exact", "not a linear program"])
        exact = ["run", "pingliang", "--method", "exact"]
        self.refused(*exact, "--generations", 5, says=["--generations", "evolution"])
        self.refused(*exact, "--algorithm", "nsga3", says=["--algorithm", "evolution"])
        self.refused(*exact, "--polish", says=["--polish", "evolution"])
        self.refused(*exact, "--theta", 5, says=["--theta", "--method exact"])
        self.refused(*exact, "--directions", 10, "--population", 10, says=["--directions", "--population"])
        self.refused(*exact, "--directions", 0, says=["--directions"])
        self.refused("run", "pingliang", "--directions", 5, says=["--directions", "--method exact"])
        self.refused("run", "pingliang", "--method", "exakt", says=["exakt", "exact"])


class DecideOverScenarios(ProgramTest):
    def test_years_and_all_of_them(self):
        self.done("run", "pingliang", "--scenario", "2025,2030", "--population", 20, "--generations", 10, "--output", "r")
        text = self.done("decide", "r").stdout
        self.assertIn("== 2025", text)
        self.assertIn("== over all scenarios", text)
        decided = json.loads(self.done("decide", "r", "--json").stdout)
        self.assertEqual(list(decided["scenarios"]), ["2025", "2030"])
        across = decided["across_scenarios"]
        self.assertEqual(len(across["fronts"]), 2)
        self.assertIn(across["chosen_from"]["scenario"], ["2025", "2030"])
        alone = json.loads(self.done("decide", "r/2025", "--json").stdout)
        self.assertEqual(decided["scenarios"]["2025"]["reason"], alone["reason"])

    def test_same_scheme_where_scenarios_agree(self):
        """Two scenarios of one city that differ in benefit alone: schemes are feasible in both as they are."""
        text = PINGLIANG.read_text(encoding="utf-8")
        demands = ["[1237.35, 1502.41, 1664.73, 1810.25]", "[1339.50, 1260.79, 1195.44, 1133.23]",
                   "[176.96, 224.52, 257.23, 292.61]"]
        for values in demands:
            self.assertIn(values, text)
            text = text.replace(values, str([float(values[1:].split(",")[0])] * 4))
        (self.folder / "city.toml").write_text(text, encoding="utf-8")
        self.done("run", "city.toml", "--scenario", "2025,2040", "--population", 40, "--generations", 30, "--output", "r")
        across = json.loads(self.done("decide", "r", "--json").stdout)["across_scenarios"]
        self.assertFalse(across["adapted"])
        self.assertTrue(across["feasible"])
        self.assertEqual(across["fronts"][0]["scheme"], across["fronts"][1]["scheme"])


if __name__ == "__main__":
    main()
