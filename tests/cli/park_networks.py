"""Water networks that nobody has tuned anything for: evolution with its defaults beside the certified optimum."""

import json
import random

from program import ProgramTest, main


def network(seed):
    """A case of one of three kinds, with 2 to 5 processes or sources, up to 3 treatments and up to 3 contaminants."""
    draw = random.Random(seed)
    kind = ["using", "treating", "total"][seed % 3]
    names = [f"C{k}" for k in range(draw.choice([1, 2, 3]))]
    case = {"name": f"random{seed}", "contaminants": names, "options": {"self_recycle": bool(seed % 2)}, "flow_cap": 600.0,
            "objective": {"type": {"using": "freshwater", "treating": "treated_flow", "total": "freshwater+treated"}[kind]}}
    if kind == "treating":
        case["sources"] = [{"id": f"S{i}", "flow": float(draw.randint(10, 60)),
                            "conc": [float(draw.randint(50, 1500)) for _ in names]} for i in range(draw.choice([2, 3, 4]))]
    else:
        case["freshwater"] = [{"id": "W", "conc": [0.0] * len(names), "cost": 1.0}]
        count = draw.choice([3, 4, 5] if kind == "using" else [2, 3])
        case["processes"] = [process(draw, i, kind, len(names)) for i in range(count)]
    if kind != "using":
        removals = [[draw.choice([0.0, 0.5, 0.8, 0.9, 0.95, 0.99]) for _ in names] for _ in range(draw.choice([2, 3]))]
        for k in range(len(names)):  # Every contaminant can be removed somewhere.
            removals[k % len(removals)][k] = 0.97
        case["treatments"] = [{"id": f"T{i}", "removal": removal, "cin_max": [20000.0] * len(names)}
                              for i, removal in enumerate(removals)]
    limits = {} if kind == "using" else {"cmax": [draw.choice([20.0, 40.0, 60.0]) for _ in names]}
    case["discharge"] = [{"id": "E", **limits}]
    return case


def process(draw, i, kind, contaminants):
    entering = [0.0 if i == 0 else float(draw.choice([10, 25, 50, 100])) for _ in range(contaminants)]
    leaving = [limit + draw.choice([50, 100, 200, 400]) for limit in entering]
    if kind == "using":
        return {"id": f"P{i}", "cin_max": entering, "cout_max": leaving,
                "load": [1000.0 * draw.randint(1, 30) for _ in range(contaminants)]}
    flow = draw.choice([20, 40, 60])
    return {"id": f"P{i}", "flow": flow, "cin_max": entering,
            "load": [round(flow * (b - a) * draw.uniform(0.3, 0.9)) for a, b in zip(entering, leaving)]}


class Networks(ProgramTest):
    def test_evolution_beside_the_certified_optimum(self):
        closed = 0
        for seed in range(1, 13):
            case = network(seed)
            (self.folder / "case.json").write_text(json.dumps(case), encoding="utf-8")
            bound = json.loads(self.done("run", "./case.json", "--method", "global", "--evaluations", 100, "--json").stdout)
            self.done("run", "./case.json", "--evaluations", 10000, "--threads", 1, "--output", f"run{seed}")
            summary = self.json_of(f"run{seed}/summary.json")
            best = summary["objectives"][0]["best_of_front"]
            with self.subTest(seed=seed, best=best, certified=bound["lower_bound"]):
                self.assertGreater(summary["feasible_in_population"], 0)
                self.assertGreaterEqual(best, bound["lower_bound"] * (1 - 1e-6))
                self.assertLessEqual(best, bound["best"] * (1 + 1e-4))
            closed += bound["closed"]
        self.assertGreaterEqual(closed, 10)


if __name__ == "__main__":
    main()
