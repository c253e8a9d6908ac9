"""The same bytes of front.csv for any number of threads and any instruction set, for every algorithm."""

import json

from program import ProgramTest, main

# Large enough for the parallel code to run. The populations are those of whole lattices of reference directions:
# directions for other numbers take seconds to spread.
RUNS = {"pingliang": ["--scenario", "2040", "--population", 2380, "--generations", 6],
        "dtlz2": ["--population", 2016, "--generations", 6]}


class Determinism(ProgramTest):
    def front(self, name, *arguments):
        self.done("run", *arguments, "--output", name)
        return (self.folder / name / "front.csv").read_bytes()

    def algorithms(self):
        """Those for several objectives; the others have their bits compared by test_determinism."""
        names = [item["name"] for item in json.loads(self.done("list", "algorithms", "--json").stdout)]
        return [name for name in names if name != "shade"]

    def test_threads(self):
        for algorithm in self.algorithms():
            for problem, options in RUNS.items():
                with self.subTest(algorithm=algorithm, problem=problem):
                    run = [problem, *options, "--algorithm", algorithm]
                    fronts = [self.front(f"{algorithm}-{problem}-{threads}", *run, "--threads", threads)
                              for threads in [1, 2, 7]]
                    self.assertGreater(len(fronts[0]), 5000)
                    self.assertEqual(fronts[0], fronts[1])
                    self.assertEqual(fronts[0], fronts[2])
                    other = self.front(f"{algorithm}-{problem}-seed", *run, "--seed", 2)
                    self.assertNotEqual(fronts[0], other)

    def test_instruction_sets(self):
        result = self.call("run", "dtlz2", "--simd", "none")
        present = result.stderr.split("this machine has ")[1].strip().split(", ")
        targets = [name for name in ["AVX2", "AVX3"] if name in present]
        if len(targets) < 2:
            self.skipTest(f"this machine has {present}")
        for algorithm in self.algorithms():
            for problem, options in RUNS.items():
                with self.subTest(algorithm=algorithm, problem=problem):
                    fronts = [self.front(f"{algorithm}-{problem}-{target}", problem, *options, "--algorithm",
                                         algorithm, "--simd", target) for target in targets]
                    self.assertEqual(fronts[0], fronts[1])
                    manifest = self.json_of(f"{algorithm}-{problem}-AVX2/manifest.json")
                    self.assertEqual(manifest["simd"], "AVX2")

    def test_operators(self):
        """Every sampling and crossover, once."""
        base = ["pingliang", "--scenario", "2025", "--generations", 4, "--population", 1001]
        for extra in [["--sampling", "latin-hypercube"], ["--sampling", "sobol"], ["--crossover", "uniform"],
                      ["--crossover", "differential"], ["--no-repair"]]:
            with self.subTest(extra=extra):
                name = "".join(map(str, extra))
                self.assertEqual(self.front(name + "1", *base, *extra, "--threads", 1),
                                 self.front(name + "3", *base, *extra, "--threads", 3))


if __name__ == "__main__":
    main()
