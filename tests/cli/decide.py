"""millrace decide: from a front to one scheme and its reasons."""

import json

from program import ProgramTest, main

FRONT = ("x1,x2,cost (min) [CNY],shortage (min) [m3],benefit (max) [t],violation of supply [m3],total violation\n"
         "1,0,210,34,95,0,0\n2,0,250,22,120,0,0\n3,0,300,15,118,0,0\n4,0,280,12,90,0,0\n5,0,400,5,150,0,0\n")


class Decide(ProgramTest):
    def table(self, name, text):
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return name

    def chosen(self, *arguments):
        return json.loads(self.done("decide", *arguments, "--json").stdout)

    def test_methods(self):
        front = self.table("front.csv", FRONT)
        lines = {("--method", "topsis"): 6, ("--weights", "5,3,2"): 3, ("--weights", "entropy"): 6,
                 ("--weights", "critic"): 3, ("--method", "knee"): 6,
                 ("--method", "pseudo-weights", "--weights", "5,3,2"): 3,
                 ("--aspiration", "cost=260,benefit=110"): 3, ("--aspiration", "shortage=5"): 6,
                 ("--method", "balanced"): 4}
        for options, line in lines.items():
            with self.subTest(options=options):
                result = self.chosen(front, *options)
                self.assertEqual(result["fronts"][0]["line"], line)
                self.assertEqual(result["scheme"], {"x1": line - 1, "x2": 0})
                self.assertEqual(result["solutions"], 5)

    def test_text(self):
        text = self.done("decide", self.table("front.csv", FRONT), "--weights", "5,3,2").stdout
        for words in ["TOPSIS with given weights (cost 0.5, shortage 0.3, benefit 0.2)", "0.6512 of 1, the highest of 5",
                      "front.csv: the chosen scheme is in line 3", "benefit (max) [t]",
                      "- accepts 19 % more cost for 35 % less shortage and 26 % more benefit compared with the best cost "
                      "(line 2)",
                      "- gives up 20 % of benefit and accepts 340 % more shortage for 38 % less cost compared with the best "
                      "benefit (line 6)"]:
            self.assertIn(words, text)

    def test_infeasible_and_dominated_rows_take_no_part(self):
        rows = FRONT + "6,0,100,1,500,9,1\n7,0,260,22,120,0,0\n8,0,250,22,120,0,0\n"
        result = self.chosen(self.table("front.csv", rows), "--weights", "5,3,2")
        self.assertEqual((result["infeasible_left_out"], result["dominated_left_out"], result["solutions"]), (1, 2, 5))
        self.assertEqual(result["fronts"][0]["line"], 3)
        worst = self.chosen(self.table("bad.csv", "a (min),total violation\n2,3\n1,3\n"))
        self.assertFalse(worst["feasible"])
        self.assertEqual(worst["fronts"][0]["line"], 3)

    def test_plain_columns_are_minimised(self):
        self.assertEqual(self.chosen(self.table("a.csv", "0,10\n2,1\n10,0\n"), "--method", "knee")["fronts"][0]["line"], 2)
        self.assertEqual(self.chosen(self.table("b.csv", "a,b\n7,7\n"))["fronts"][0]["line"], 2)

    def test_regret_over_scenarios(self):
        wet = self.table("wet.csv", "x,cost (min),gap (min)\n1,10,5\n2,20,3\n3,30,1\n")
        dry = self.table("dry.csv", "x,cost (min),gap (min)\n1,10,8\n2,12,2\n3,30,0\n")
        result = self.chosen(wet, dry)
        self.assertEqual(result["method"], "regret")
        self.assertEqual([front["line"] for front in result["fronts"]], [3, 3])
        self.assertEqual(result["score"], {"name": "largest regret", "value": 0.5})
        self.assertIn("(cost in wet.csv)", result["reason"])

    def test_a_run_and_its_balanced_scheme(self):
        for problem, box in [("dtlz2", "of this front"), ("pingliang", "of the problem")]:
            scenario = ["--scenario", "2030"] if problem == "pingliang" else []
            self.done("run", problem, *scenario, "--generations", "10", "--population", "40", "--output", problem)
            result = self.chosen(problem, "--method", "balanced")
            summary = self.json_of(f"{problem}/summary.json")
            self.assertEqual([o["chosen"] for o in result["fronts"][0]["objectives"]],
                             [o["balanced"] for o in summary["objectives"]])
            self.assertEqual(result["fronts"][0]["box"], box)

    def refused(self, *arguments, says):
        result = self.call("decide", *arguments)
        with self.subTest(arguments=arguments):
            self.assertEqual((result.returncode, result.stdout), (2, ""), result.stderr)
            self.assertEqual(result.stderr.count("\n"), 1, result.stderr)
            for words in says:
                self.assertIn(words, result.stderr)

    def test_refusals(self):
        front = self.table("front.csv", FRONT)
        self.refused(says=["front is missing"])
        self.refused("nowhere.csv", says=["nowhere.csv", "No such file"])
        self.refused(".", "--method", "kne", says=["--method", "did you mean 'knee'"])
        self.refused(front, "--weights", "1,2", says=["--weights", "2 numbers for 3 objectives"])
        self.refused(front, "--weights", "1,2,much", says=["--weights", "'much'", "entropy"])
        self.refused(front, "--weights", "critik", says=["did you mean 'critic'"])
        self.refused(front, "--weights", "1,-2,3", says=["-2"])
        self.refused(front, "--weights", "0,0,0", says=["above 0"])
        self.refused(front, "--weights", "1,nan,0", says=["--weights", "nan"])
        self.refused(front, "--method", "knee", "--weights", "equal", says=["--weights", "not to knee"])
        self.refused(front, "--method", "knee", "--aspiration", "cost=1", says=["--aspiration", "not to knee"])
        self.refused(front, "--method", "aspiration", says=["--aspiration carbon="])
        self.refused(front, "--aspiration", "cots=1", says=["front.csv", "'cots'", "did you mean 'cost'"])
        self.refused(front, "--aspiration", "cost=cheap", says=["'cost=cheap'", "cost=10"])
        self.refused(front, "--aspiration", "cost=1,cost=2", says=["cost is given twice"])
        self.refused(front, "--method", "regret", says=["a CSV file for each scenario"])
        self.refused(front, front, "--method", "topsis", says=["topsis takes one front"])

    def test_refused_files(self):
        front = self.table("front.csv", FRONT)
        self.refused(self.table("text.csv", "a (min)\n1\nlow\n"), says=["text.csv:3: column a (min): 'low'"])
        self.refused(self.table("nan.csv", "b,a (min)\n1,2\n1,nan\n"), says=["nan.csv:3: column a: ", "not finite"])
        self.refused(self.table("short.csv", "a (min),b (max)\n1,2\n3\n"), says=["short.csv:3: "])
        self.refused(self.table("none.csv", "a (min)\n"), says=["none.csv", "no points"])
        self.refused(self.table("empty.csv", ""), says=["empty.csv", "is empty"])
        (self.folder / "bare").mkdir()
        self.refused("bare", says=["bare", "holds no front.csv"])
        for year in ["2025", "2030"]:
            (self.folder / "study").mkdir(exist_ok=True)
            self.table(f"study/{year}/front.csv", FRONT)
        self.refused("study", says=["study: holds 2 fronts", "study/2025, study/2030"])
        self.refused(front, self.table("less.csv", FRONT[:FRONT.index("5,0,400")]), says=["less.csv: has 4", "has 5"])
        self.refused(front, self.table("other.csv", FRONT.replace("\n3,0,", "\n3,1,")),
                     says=["other.csv:4: column x2", "line 4 of front.csv"])
        self.refused(front, self.table("named.csv", FRONT.replace("cost", "price")), says=["named.csv", "other objectives"])
        self.table("broken/front.csv", FRONT)
        self.table("broken/summary.json", "{")
        self.refused("broken", says=["broken/summary.json"])


if __name__ == "__main__":
    main()
