"""Bad input: one sentence on standard error that names what is wrong, exit code 2, and nothing written."""

import os

from program import PINGLIANG, ProgramTest, main


class RefusalTest(ProgramTest):
    def refused(self, *arguments, says):
        before = self.files()
        result = self.call(*arguments, timeout=20)
        with self.subTest(arguments=arguments):
            self.assertEqual(result.returncode, 2, result.stderr)
            self.assertEqual(result.stdout, "")
            lines = result.stderr.splitlines()
            self.assertEqual(len(lines), 1, result.stderr)
            self.assertTrue(lines[0].startswith("millrace: "), lines[0])
            for word in [says] if isinstance(says, str) else says:
                self.assertIn(word, lines[0])
            self.assertEqual(self.files(), before)


class CommandLine(RefusalTest):
    def test_verbs_and_options(self):
        self.refused(says=["verb is missing", "millrace run pingliang"])
        self.refused("rum", says=["'rum'", "did you mean 'run'"])
        self.refused("run", says=["problem is missing", "millrace run pingliang"])
        self.refused("run", "--seed", "3", says="problem is missing")
        self.refused("run", "dtlz2", "--treads", "3", says=["--treads", "--threads"])
        self.refused("run", "dtlz2", "--treads=3", says=["--treads", "--threads"])
        self.refused("run", "dtlz2", "zdt1", says="zdt1")
        self.refused("run", "dtlz2", "--population", says=["--population", "value"])
        self.refused("run", "dtlz2", "--seed", "1", "--seed", "2", says=["--seed", "once"])
        self.refused("--seed", "1", says="--seed")
        self.refused("metrics", says="front is missing")
        self.refused("list", says="millrace list problems")
        self.refused("list", "problem", says="did you mean 'problems'")
        self.refused("resume", says="folder is missing")
        self.refused("resume", "nowhere", says=["nowhere", "manifest.json"])

    def test_names(self):
        self.refused("run", "pinglang", says="did you mean 'pingliang'")
        self.refused("run", "", says="millrace list problems")
        self.refused("run", "dtlz2", "--algorithm", "nsga4", says="did you mean 'nsga3'")
        self.refused("run", "dtlz2", "--sampling", "sobl", says="did you mean 'sobol'")
        self.refused("run", "dtlz2", "--crossover", "sb", says="did you mean 'sbx'")
        self.refused("run", "dtlz2", "--simd", "AVX9", says=["--simd", "AVX9", "this machine has"])
        self.refused("run", "pingliang", "--scenario", "2031", says=["2031", "2025, 2030, 2035, 2040"])
        self.refused("run", "pingliang", "--scenario", "2025,2025", says="twice")
        self.refused("run", "dtlz2", "--scenario", "2025", says="benchmark")
        self.refused("run", "dtlz2", "--no-repair", says="--no-repair")
        self.refused("run", "pingliang", "--objectives", "3", says="--objectives")

    def test_excursions(self):
        self.refused("run", "c1-dtlz1", "--excursion", "0.6", says=["--excursion:", "0 to 0.5"])
        self.refused("run", "c1-dtlz1", "--excursion", "-0.1", says=["--excursion:", "0 to 0.5"])
        self.refused("run", "c1-dtlz1", "--excursion", "far", says="--excursion")
        self.refused("run", "c1-dtlz1", "--excursion", "0.2", "--seconds", "1", says=["--excursion:", "generations"])
        self.refused("run", "pingliang", "--method", "exact", "--excursion", "0.2", says="--excursion")
        self.refused("run", "dtlz2", "--algorithm", "nsga3", "--no-normalise", says=["--no-normalise", "moea-dd"])

    def test_whole_numbers(self):
        for option in ["population", "generations", "evaluations", "stagnation", "epsilon-stagnation", "objectives", "variables", "threads",
                       "seed"]:
            for value in ["abc", "-5", "1e9", "1.5", "nan", "", "99999999999999999999999"]:
                self.refused("run", "dtlz2", f"--{option}", value, says=[f"--{option}: must be a whole number", value])
        self.refused("run", "dtlz2", "--population", "0", says="--population: must be a whole number from 4")
        self.refused("run", "dtlz2", "--threads", "99999", says="4096")
        self.refused("run", "dtlz2", "--population", "1000000000", says=["GB of memory", "at most"])
        self.refused("run", "dtlz2", "--objectives", "50", "--population", "100000000", says="GB of memory")
        self.refused("run", "dtlz2", "--variables", "100000000000", says="1000000 variables")
        self.refused("run", "dtlz2", "--variables", "1", says="variables")
        self.refused("run", "dtlz2", "--objectives", "1", says="objectives")
        self.refused("run", "dtlz2", "--sampling", "sobol", "--variables", "100000", says="--sampling")

    def test_real_numbers(self):
        options = {"crossover-probability": [], "crossover-eta": [], "mutation-probability": [], "mutation-eta": [],
                   "differential-weight": ["--crossover", "differential"],
                   "differential-rate": ["--crossover", "differential"], "seconds": [], "target-hypervolume": []}
        for option, others in options.items():
            for value in ["nan", "inf", "-inf", "abc", "1e999"]:
                self.refused("run", "dtlz2", f"--{option}", value, *others, says=f"--{option}: must be a finite number")
            self.refused("run", "dtlz2", f"--{option}", "-0.5", *others, says=option.split("-")[-1])
        self.refused("run", "dtlz2", "--mutation-probability", "1.5", says="from 0 to 1")
        self.refused("run", "dtlz2", "--target-hypervolume", "2", says="at most 1")
        self.refused("run", "dtlz2", "--crossover-eta", "3", "--crossover", "uniform", says="--crossover-eta")
        self.refused("run", "dtlz2", "--differential-rate", "0.3", says="--crossover differential")

    def test_archives(self):
        self.refused("run", "dtlz2", "--archive", "epsilom", says=["--archive", "did you mean 'epsilon'"])
        self.refused("run", "dtlz2", "--epsilon", "0.1", says=["--epsilon: belongs to --archive epsilon"])
        self.refused("run", "dtlz2", "--archive", "nondominated", "--epsilon", "0.1", says="--epsilon: belongs to")
        self.refused("run", "dtlz2", "--archive", "epsilon", "--epsilon", "0.1,0.2", says=["--epsilon:", "3 objectives"])
        self.refused("run", "dtlz2", "--archive", "epsilon", "--epsilon", "0.1,0,1", says=["--epsilon: ", "above 0"])
        self.refused("run", "dtlz2", "--archive", "epsilon", "--epsilon", "0.1,nan", says="--epsilon: must be a finite")

    def test_generated_cities(self):
        self.refused("generate", "city.toml", "--sources", 0, says="--sources")
        self.refused("generate", "city.toml", "--links-per-user", 0, says="--links-per-user")
        (self.folder / "taken.toml").write_text("")
        self.refused("generate", "taken.toml", says=["taken.toml", "--force"])

    def test_folders(self):
        (self.folder / "file").write_text("")
        self.refused("run", "dtlz2", "--output", "file", says=["--output", "file"])
        self.refused("run", "dtlz2", "--output", "file/deeper", says=["--output", "file"])
        # Kernel file systems refuse even root; a container may have left one unmounted.
        kernel = {"/proc": ["/proc/millrace", "/proc/a/b"], "/sys": ["/sys", "/sys/kernel/millrace"]}
        for folder in [f for mount, folders in kernel.items() if os.path.ismount(mount) for f in folders]:
            self.refused("run", "dtlz2", "--output", folder, says=["--output", "not writable"])
        (self.folder / "locked").mkdir(mode=0o500)
        if os.geteuid() != 0:
            self.refused("run", "dtlz2", "--output", "locked", says=["--output", "not writable"])
        (self.folder / "odd").mkdir()
        (self.folder / "odd/manifest.json").write_text("{ not json")
        self.refused("run", "dtlz2", "--output", "odd", says="manifest.json")
        self.refused("resume", "odd", says="manifest.json")
        (self.folder / "odd/manifest.json").write_text("{}")
        self.refused("resume", "odd", says="manifest.json")


class Cases(RefusalTest):
    """An edited copy of a good case file, one fault at a time."""

    def edited(self, old, new, count=1, says=(), line=True):
        text = PINGLIANG.read_text(encoding="utf-8")
        self.assertIn(old, text)
        (self.folder / "city.toml").write_text(text.replace(old, new, count), encoding="utf-8")
        words = list(says)
        if line:
            number = text[:text.index(old)].count("\n") + 1
            words.append(f"city.toml:{number}: ")
        self.refused("run", "city.toml", says=words)

    def test_faults_of_the_file(self):
        self.edited('title = "', 'titel = "', says=["titel", "'title'"])
        self.edited('name = "pingliang"\n', "", says=["name", "missing", "name = "], line=False)
        self.edited("demand = 213.00\n", "", says=["demand", "missing"], line=False)
        self.edited("demand = 213.00", 'demand = "much"', says=["demand", "must be a number", '"much"'])
        self.edited("demand = 213.00", "demand = -213.00", says=["demand", "ecological", "-213"])
        self.edited("demand = 213.00", "demand = nan", says=["demand", "nan", "finite"])
        self.edited("demand = 213.00", "demand = inf", says=["demand", "inf", "finite"])
        self.edited("demand = 213.00", "demand = [1, 2]", says=["demand", "2 values for 4 scenarios"])
        self.edited("demand = 213.00", "demand = ", says=["city.toml"])
        self.edited("use_rate = [0.40", "use_rate = [1.40", says=["use_rate", "recycled", "share from 0 to 1"])
        self.edited('links = ["domestic", "industrial"]', 'links = ["domestc", "industrial"]',
                    says=["links", "domestc", "'domestic'"])
        self.edited("lower = 0.9", "lower = 1.2", says=["lower", "1.2", "1.1"])
        self.edited('"hinge"', '"hing"', says=["shortage_rule", "hinge"])
        self.edited('"carbon", "benefit"', '"carbon", "benefitt"', says=["objectives", "'benefit'"])
        self.edited('volume = "1e4 m3"', 'volume = "1e4 gallons"', says=["volume", "1e4 m3"])

    def test_too_little_water(self):
        # 2025: supply 4817.43; with a twentieth of it the lower bounds of 90 % cannot be met.
        text = PINGLIANG.read_text(encoding="utf-8")
        for old, new in [("available = 730", "available = 500"), ("available = 1760", "available = 760"),
                         ("available = [1591.55, 1727.71, 1801.53, 1865.61]", "available = [1591.55, 1727.71, 1801.53, 865]")]:
            self.assertIn(old, text)
            text = text.replace(old, new)
        (self.folder / "city.toml").write_text(text, encoding="utf-8")
        self.refused("run", "city.toml", says=["city.toml:", "in 2030 domestic demand needs at least 1,352.2",
                                               "links allow 1,260 (surface 500 and groundwater 760)", "92.2", "1e4 m3"])

    def test_files(self):
        self.refused("run", "nowhere.toml", says=["nowhere.toml", "No such file"])
        (self.folder / "dir.toml").mkdir()
        self.refused("run", "dir.toml", says=["dir.toml", "directory"])
        (self.folder / "empty.toml").write_text("")
        self.refused("run", "empty.toml", says=["empty.toml:1: ", "case"])
        (self.folder / "binary.toml").write_bytes(bytes(range(256)) * 10)
        self.refused("run", "binary.toml", says="binary.toml:1")
        (self.folder / "secret.toml").write_text("")
        (self.folder / "secret.toml").chmod(0)
        if os.geteuid() != 0:
            self.refused("run", "secret.toml", says=["secret.toml", "Permission denied"])


class Seeds(RefusalTest):
    """A file of designs that fit, one fault at a time."""

    HEADINGS = [f"x{j}" for j in range(1, 11)] + ["f1 (min)", "f2 (min)", "total violation"]
    ROWS = [[0.5] + [0.0] * 9 + [0.5, 0.3, 0.0], [0.25] + [1.0] * 9 + [0.25, 5.0, 0.0]]

    def refused_seeds(self, headings, rows, says, problem="zdt4"):
        lines = [headings, *([str(value) for value in row] for row in rows)]
        (self.folder / "seeds.csv").write_text("\n".join(",".join(line) for line in lines if line) + "\n")
        self.refused("run", problem, "--seed-from", "seeds.csv", says=says)

    def changed(self, row, column, value):
        rows = [list(r) for r in self.ROWS]
        rows[row][column] = value
        return rows

    def test_files(self):
        self.refused("run", "zdt4", "--seed-from", "nowhere.csv", says=["nowhere.csv", "No such file"])
        self.refused("run", "zdt4", "--seed-from", ".", says="is a folder")
        self.refused_seeds([], [], says="is empty")
        self.refused_seeds(self.HEADINGS, [], says=["seeds.csv", "no designs"])
        self.refused_seeds([], self.ROWS, says=["seeds.csv:1: ", "no headings"])
        self.refused_seeds(self.HEADINGS, [*self.ROWS, [1.0]], says=["seeds.csv:4: ", "1 field"])

    def test_columns(self):
        self.refused_seeds(self.HEADINGS[1:], [row[1:] for row in self.ROWS], says=["seeds.csv:1: ", "'x1'", "zdt4"])
        self.refused_seeds(["y1", *self.HEADINGS[1:]], self.ROWS, says=["seeds.csv:1: ", "'y1'", "no variable of zdt4"])
        self.refused_seeds(["x2", *self.HEADINGS[1:]], self.ROWS, says=["seeds.csv:1: ", "'x2' occurs twice"])

    def test_values(self):
        self.refused_seeds(self.HEADINGS, self.changed(1, 3, "nan"), says=["seeds.csv:3: column x4: ", "not finite"])
        self.refused_seeds(self.HEADINGS, self.changed(0, 3, "inf"), says=["seeds.csv:2: column x4: ", "not finite"])
        self.refused_seeds(self.HEADINGS, self.changed(0, 3, "much"), says=["seeds.csv:2: column x4: ", "'much'"])
        self.refused_seeds(self.HEADINGS, self.changed(1, 0, 1.5), says=["seeds.csv:3: column x1: ", "1.5", "0 to 1"])
        self.refused_seeds(self.HEADINGS, self.changed(1, 1, -5.5), says=["seeds.csv:3: column x2: ", "-5 to 5"])
        bits = [f"x{j}" for j in range(1, 81)]
        self.refused_seeds(bits, [[0] * 79 + [0.5]], says=["seeds.csv:2: column x80: ", "whole number", "binary"],
                           problem="zdt5")
        # Refused for every scenario before the first of them is begun.
        self.done("run", "pingliang", "--scenario", "2025", "--generations", 2, "--output", "a")
        self.refused("run", "pingliang", "--seed-from", "a/front.csv",
                     says=["a/front.csv:", ": column ", "outside the bounds of pingliang 20"])


class Metrics(RefusalTest):
    def table(self, name, text):
        (self.folder / name).write_text(text)
        return name

    def test_tables(self):
        good = self.table("good.csv", "f1,f2\n1,2\n2,1\n")
        self.refused("metrics", "nowhere.csv", says=["nowhere.csv", "No such file"])
        self.refused("metrics", ".", says="is a folder")
        self.refused("metrics", self.table("empty.csv", ""), says=["empty.csv", "is empty"])
        self.refused("metrics", self.table("ragged.csv", "f1,f2\n1,2\n3\n"), says=["ragged.csv:3: ", "1 field", "2"])
        self.refused("metrics", self.table("text.csv", "f1,f2\n1,2\n3,much\n"), says=["text.csv:3: ", "f2", "much"])
        self.refused("metrics", self.table("nan.csv", "f1,f2\n1,nan\n"), says=["nan.csv", "f2", "finite"])
        self.refused("metrics", self.table("heading.csv", "f1,f2\n"), says=["heading.csv", "no points"])
        three = self.table("three.csv", "f1,f2,f3\n1,2,3\n")
        self.refused("metrics", good, "--reference", three, says=["--reference", "3 objectives", "2"])
        self.refused("metrics", good, "--reference", "heading.csv", says=["heading.csv", "no points"])
        self.refused("metrics", good, "--objectives", "f9", says=["good.csv:1: ", "f9"])
        self.refused("metrics", good, "--reference-point", "1", says=["--reference-point", "2 objectives"])
        self.refused("metrics", good, "--reference-point", "nan,1", says=["--reference-point", "finite"])
        result = self.done("metrics", good, "--reference", good, "--reference-point", "3,3")
        self.assertIn("igd_plus", result.stdout)


if __name__ == "__main__":
    main()
