"""Henan's industry from the command line: the interval program, evolved plans, and solutions that were given, not found."""

import json

from program import ProgramTest, main

SUPPLY = ["run", "henan", "--objective-set", "1,2,5", "--stress", 0.12, "--population", 40, "--generations", 4]
# Two objectives have few corners, so that their exact front is measured in no time.
PAIR = ["run", "henan", "--objective-set", "1,2", *SUPPLY[4:]]


class Industrial(ProgramTest):
    def refused(self, *arguments, says):
        result = self.call(*arguments)
        self.assertEqual(result.returncode, 2, result.stderr)
        for words in says:
            self.assertIn(words, result.stderr)
        self.assertEqual(len(result.stderr.strip().splitlines()), 1)
        self.assertEqual(self.files(), [])

    def summary(self, name):
        return self.json_of(f"{name}/summary.json")

    def test_interval_program(self):
        told = json.loads(self.done("run", "henan", "--method", "istp", "--json").stdout)
        scenarios = {s["scenario"]: s for s in told["scenarios"]}
        self.assertEqual(sorted(scenarios), [f"S{s}R{r}" for s in range(3) for r in range(1, 4)])
        for name in scenarios:
            self.assertLessEqual(scenarios[name]["lower"], scenarios[name]["uncoupled_lower"] * (1 + 1e-9))
            self.assertLess(scenarios[name]["uncoupled_lower"], scenarios[name]["upper"])
        for name in ["S0R1", "S1R1", "S2R1"]:
            self.assertAlmostEqual(scenarios[name]["uncoupled_lower"] * 1e-6, 19.2725, delta=0.0016)
        risks = [t for t in scenarios["S1R1"]["totals"] if t["quantity"].startswith("risk of Mining and washing")]
        self.assertAlmostEqual(risks[0]["upper"], 36.15, delta=0.01)
        self.assertEqual(len(told["contradictions"]), 6)

    def test_plans_stand_beside_the_front(self):
        self.done(*SUPPLY, "--output", "r")
        headings, front = self.table_of("r/front.csv")
        plan_headings, plans = self.table_of("r/plans.csv")
        self.assertIn("weight of benefit", headings)
        self.assertEqual(len(plans), len(front))
        ground = [c for c, h in enumerate(plan_headings) if h.startswith("groundwater of ")]
        self.assertEqual(len(ground), 120)
        of_front, of_plan = headings.index("groundwater (min) [1e6 m3]"), plan_headings.index("groundwater (min) [1e6 m3]")
        for line, plan in zip(front, plans, strict=True):
            self.assertAlmostEqual(5 * sum(plan[c] for c in ground), line[of_front], delta=1e-6)
            self.assertAlmostEqual(plan[of_plan], line[of_front], delta=1e-6)
        self.assertIn("plans.csv", self.done("decide", "r").stdout)
        # The whole plans are decisions of the full encoding.
        self.done(*SUPPLY, "--encoding", "full", "--seed-from", "r/plans.csv", "--output", "s")
        self.assertFalse((self.folder / "s" / "plans.csv").exists())

    def test_anchors_are_counted_apart(self):
        for encoding in ["full", "first-stage", "places", "merits"]:
            with self.subTest(encoding=encoding):
                run = [*PAIR, "--encoding", encoding, "--certify", "--seed-anchors", "--output", encoding]
                told = self.done(*run, timeout=120)
                summary = self.summary(encoding)
                seeds = summary["seeds"]
                self.assertEqual(seeds["individuals"], 2)
                self.assertIn("seeds of S2R3: 2 of the first 40 individuals are exact solutions", told.stdout)
                self.assertIn(f"{len(seeds['solutions'])} of the {summary['front_size']} solutions", told.stdout)
                _, front = self.table_of(f"{encoding}/front.csv")
                self.assertLessEqual(len(seeds["solutions"]), 2)
                self.assertTrue(all(1 <= line <= len(front) for line in seeds["solutions"]))
                certificate = summary["certificate"]
                self.assertLessEqual(certificate["share_of_exact_hypervolume"], certificate["share_with_seeds"])
                self.assertLessEqual(certificate["share_with_seeds"], 1.0)
                if encoding == "full":
                    # Exact solutions: nothing dominates them, and a share with them alone is larger.
                    self.assertEqual(len(seeds["solutions"]), 2)
                    self.assertLess(certificate["share_of_exact_hypervolume"], certificate["share_with_seeds"])
                    # Found again with its count, not computed again.
                    again = self.done(*run)
                    self.assertIn("found finished", again.stderr)
                    self.assertIn("seeds of S2R3: 2 of", again.stdout)

    def test_anchors_of_a_city(self):
        run = ["run", "pingliang", "--scenario", "2030", "--population", 40, "--generations", 3]
        self.done(*run, "--output", "plain")
        self.assertNotIn("seeds", self.summary("plain"))
        self.done(*run, "--seed-anchors", "--certify", "--output", "seeded")
        self.assertEqual(self.summary("seeded")["seeds"]["individuals"], 5)
        self.assertNotEqual(self.summary("plain")["digest"], self.summary("seeded")["digest"])
        certificate = self.summary("seeded")["certificate"]
        self.assertLess(certificate["share_of_exact_hypervolume"], certificate["share_with_seeds"])
        # The same run, resumed from its manifest, is the same.
        self.assertIn("found finished", self.done("resume", "seeded").stderr)

    def test_an_archive_is_certified_too(self):
        self.done(*PAIR, "--archive", "nondominated", "--certify", "--output", "r", timeout=120)
        certificate = self.summary("r")["certificate"]
        self.assertGreaterEqual(certificate["archive"]["share_of_exact_hypervolume"],
                                certificate["share_of_exact_hypervolume"])

    def test_refusals(self):
        self.refused("run", "henan", "--seed-anchors", "--seed-from", "x.csv", says=["--seed-from and --seed-anchors"])
        self.refused("run", "dtlz2", "--seed-anchors", says=["--seed-anchors: dtlz2", "not a linear program"])
        for options in [["--objective-set", "equity"], ["--connection-charge", 100]]:
            for wish in [["--seed-anchors"], ["--certify"], ["--polish"], ["--method", "exact"]]:
                self.refused("run", "henan", *options, *wish, says=[" ".join(map(str, wish)), "not a linear program"])
        self.refused("run", "henan", "--method", "exact", "--encoding", "places", says=["--encoding", "whole plans"])
        self.refused("run", "henan", "--method", "exact", "--seed-anchors", says=["--seed-anchors: belongs to evolution"])
        self.refused("run", "henan", "--scenario", "S0R1", "--encoding", "merits", says=["limit of energy"])

    def test_what_is_left_to_the_whole_plan(self):
        for options in [["--scenario", "S0R1"], ["--no-repair"]]:
            self.done(*SUPPLY, *options, "--force", "--output", "r")
            headings, _ = self.table_of("r/front.csv")
            self.assertEqual(sum(h.startswith("shortage of ") for h in headings), 360)


if __name__ == "__main__":
    main()
