"""Dispatch cases: runs of every controller, their pictures, other seeds, reports, and what is refused."""

import csv
import json

from program import SOURCE, ProgramTest, main

CASE = SOURCE / "problems/dispatch/cases/dispatch.toml"
HEADING = "hour,carbon_intensity_kg_per_MWh,renewable_MWh"
SMALL = ["--population", "20", "--generations", "5", "--scenario", "base,drought", "--quiet"]


def hours(count, wind=100.0):
    return HEADING + "\n" + "".join(f"{t},200,{wind + t}\n" for t in range(count))


class Runs(ProgramTest):
    def rows(self, path):
        with open(self.folder / path, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def test_every_controller_leaves_a_front_and_pictures(self):
        for controller, variables in (("schedule", 72), ("robust_schedule", 72), ("rbf", 78), ("network", 57)):
            with self.subTest(controller):
                self.done("run", "dispatch", "--controller", controller, "--output", controller, *SMALL)
                for scenario in ("base", "drought"):
                    headings, rows = self.table_of(f"{controller}/{scenario}/front.csv")
                    self.assertGreater(len(rows), 0)
                    self.assertTrue(all("(min)" not in heading for heading in headings[:variables]))
                    self.assertIn("(min)", headings[variables])
                    self.check_pictures(f"{controller}/{scenario}")

    def check_pictures(self, folder):
        page = self.json_of(f"{folder}/dispatch.json")
        self.assertEqual([c["name"] for c in page["controllers"]], ["cheapest", "rule_based", "ppo_collapse"])
        self.assertEqual({row["policy"] for row in page["published_quoted"]}, {"rule_based", "ppo", "sac"})
        hourly = self.rows(f"{folder}/dispatch_hours.csv")
        self.assertEqual(len(hourly), 3 * 24)
        costs = self.rows(f"{folder}/dispatch_costs.csv")
        seeds = self.rows(f"{folder}/dispatch_seeds.csv")
        for controller in page["controllers"]:
            mine = [row for row in hourly if row["controller"] == controller["name"]]
            self.assertAlmostEqual(sum(float(row["carbon_kg"]) for row in mine), controller["carbon_kg"], delta=1e-3)
            self.assertAlmostEqual(sum(float(row["water_m3"]) for row in mine), controller["water_m3"], delta=1e-3)
            for row in mine:  # power: what comes in is what goes out, but for deficit and surplus
                came = sum(float(row[name]) for name in ("thermal_MWh", "hydro_MWh", "renewable_MWh", "deficit_MWh"))
                went = 350 + sum(float(row[name]) for name in ("capture_MWh", "water_MWh", "surplus_MWh"))
                self.assertAlmostEqual(came, went, places=6)
            parts = {row["part"]: float(row["gbp"]) for row in costs if row["controller"] == controller["name"]}
            total = parts.pop("total_gbp")
            self.assertAlmostEqual(sum(parts.values()), total, delta=1e-3)
            self.assertAlmostEqual(total, controller["total_gbp"], delta=1e-3)
            totals = [float(row["total_gbp"]) for row in seeds if row["controller"] == controller["name"]]
            self.assertEqual(len(totals), 100)
            self.assertAlmostEqual(max(totals), controller["over_seeds"]["total_gbp"]["worst"], delta=1e-3)
            self.assertAlmostEqual(sum(totals) / 100, controller["over_seeds"]["total_gbp"]["mean"], delta=1e-3)

    def test_any_number_of_threads_gives_the_same_files(self):
        for controller in ("robust_schedule", "network"):
            for threads in ("1", "2", "7"):
                self.done("run", "dispatch", "--controller", controller, "--threads", threads, "--output",
                          f"{controller}{threads}", *SMALL)
                self.done("reevaluate", f"{controller}{threads}", "--threads", threads, "--seeds", "40")
            for name in ("front.csv", "dispatch_seeds.csv", "reevaluated.csv"):
                texts = {(self.folder / f"{controller}{n}/base/{name}").read_bytes() for n in (1, 2, 7)}
                self.assertEqual(len(texts), 1, name)

    def test_other_seeds(self):
        self.done("run", "dispatch", "--controller", "network", "--output", "r", *SMALL)
        result = json.loads(self.done("reevaluate", "r", "--seeds", "100-149", "--json").stdout)
        self.assertEqual((result["first_seed"], result["seeds"]), (100, 50))
        for member in result["members"]:
            rows = self.rows(f"r/{member['scenario']}/reevaluated.csv")
            self.assertEqual(len(rows), len(self.rows(f"r/{member['scenario']}/front.csv")))
            least = min(float(row["total_gbp_mean"]) for row in rows)
            self.assertAlmostEqual(least, member["least_mean"]["total_gbp"]["mean"], delta=1e-6)
            for row in rows:
                values = [float(row[f"total_gbp_{name}"]) for name in ("mean", "cvar", "worst")]
                self.assertEqual(values, sorted(values))
        default = self.done("reevaluate", "r").stdout
        self.assertIn("seeds 0 to 99", default)

    def test_own_hours_of_two_days(self):
        (self.folder / "h.csv").write_text(hours(48))
        self.done("run", "dispatch", "--hours", "h.csv", "--output", "r", *SMALL)
        headings, _ = self.table_of("r/base/front.csv")
        self.assertTrue(headings[143].startswith("reclaim_47"))

    def test_profiles_and_goals(self):
        self.done("run", "dispatch", "--plant-profile", "table2", "--goals", "operating_cost,carbon,water,violation,wcmpi",
                  "--output", "r", *SMALL)
        headings, _ = self.table_of("r/base/front.csv")
        self.assertEqual([h.split(" ")[0] for h in headings[72:77]],
                         ["operating_cost", "carbon", "water", "violation", "wcmpi"])

    def test_reports(self):
        result = json.loads(self.done("dispatch", "M1", "--scenario", "base", "--json", timeout=200).stdout)
        self.assertTrue(result["met"])
        self.assertTrue(any("unmet cooling water" in note for note in result["notes"]))
        table = self.done("dispatch", "table2", "--scenario", "drought", timeout=200).stdout
        for part in ("11,282,834", "4,976,592", "3,371,307", "paper, quoted"):
            self.assertIn(part, table)


class Refusals(ProgramTest):
    def refused(self, sentence, *arguments):
        result = self.call(*arguments)
        self.assertEqual(result.returncode, 2, result.stderr)
        self.assertEqual(result.stderr.count("\n"), 1, result.stderr)
        self.assertIn(sentence, result.stderr)
        self.assertEqual(result.stdout, "")

    def refused_case(self, sentence, old, new):
        text = CASE.read_text()
        self.assertIn(old, text)
        (self.folder / "c.toml").write_text(text.replace(old, new, 1))
        self.refused(sentence, "run", "c.toml")
        self.assertEqual(self.files(), ["c.toml"])

    def refused_hours(self, sentence, text):
        (self.folder / "h.csv").write_text(text)
        self.refused(sentence, "run", "dispatch", "--hours", "h.csv")
        self.assertEqual(self.files(), ["h.csv"])

    def test_bad_hours(self):
        self.refused_hours("h.csv:1: hour: the file is empty", "")
        self.refused_hours("h.csv:7: hour: hour 5 is missing before hour 6", hours(24).replace("5,200,105.0\n", "", 1))
        self.refused_hours("carbon_intensity_kg_per_MWh: is nan", hours(24).replace("5,200,", "5,nan,", 1))
        self.refused_hours("renewable_MWh: is -1", hours(24).replace("105.0", "-1", 1))
        self.refused_hours("has 23 hours; write 24, or more whole days", hours(23))
        self.refused("nowhere.csv", "run", "dispatch", "--hours", "nowhere.csv")

    def test_inconsistent_limits(self):
        self.refused_case("above its maximum", "reservoir_start_MWh = 2776", "reservoir_start_MWh = 9000")
        self.refused_case("thermal_gbp_per_MWh: is -5", "thermal_gbp_per_MWh = 50", "thermal_gbp_per_MWh = -5")
        self.refused_case("carbon_gbp_per_t: is -50", "carbon_gbp_per_t = 50", "carbon_gbp_per_t = -50")

    def test_bad_options(self):
        self.refused("--controller: 'pid'", "run", "dispatch", "--controller", "pid")
        self.refused("--plant-profile: 'chemical'", "run", "dispatch", "--plant-profile", "chemical")
        self.refused("--goals: 'totals'", "run", "dispatch", "--goals", "totals")
        self.refused("is named twice", "run", "dispatch", "--goals", "total,total")
        self.refused("has no 'flood'", "run", "dispatch", "--scenario", "flood")
        self.refused("--controller", "run", "pingliang", "--controller", "rbf")
        self.refused("is no report", "dispatch", "M9")
        self.refused("holds no manifest.json", "reevaluate", ".")

    def test_bad_seeds(self):
        self.done("run", "dispatch", "--output", "r", *SMALL)
        for seeds in ("0", "5-2", "x", "1-", "-3", "20000"):
            with self.subTest(seeds):
                self.refused("is no range", "reevaluate", "r", f"--seeds={seeds}")
        self.refused("are for making controllers", "reevaluate", "r", "--seeds", "999990-1000009")


if __name__ == "__main__":
    main()
