"""Writes cases/henan.toml from the completed case (case.json) and the tables of the paper as CSV.

Usage: make_henan.py FOLDER_WITH_THE_DATA > cases/henan.toml. Only needed when those data change.
"""

import csv
import json
import pathlib
import sys

FOLDER = pathlib.Path(sys.argv[1])
CASE = json.loads((FOLDER / "case.json").read_text())
PERIODS, LEVELS = ["2021-2025", "2026-2030", "2031-2035"], ["low", "medium", "high"]


def rows(name):
    with open(FOLDER / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def text(value):
    return json.dumps(value, ensure_ascii=False)


def table(title, values, sources):
    print(f"\n{title}")
    for key, value in values.items():
        print(f"{key} = {text(value)}")
    for key, source in sources.items():
        print(f"sources.{key} = {text(source)}")


def general():
    print("""# Industrial water of Henan province, 40 sectors, 2021-2035.
# "paper": J. Water Clim. Change 13(1):139 (2022). Every number has its status and source:
# [E] explicit in the paper, [D] derived from published numbers, [I] inferred by convention or ablation, [S] synthetic.
""")
    table("[case]", {
        "family": "industrial", "name": "henan", "title": "Henan province, industrial water of 40 sectors, 2021-2035",
        "provenance": "Water management for industrial development, energy: comprehensive risk, Henan province, "
                      "J. Water Clim. Change 13(1):139 (2022); completed where the paper prints too little",
        "assumptions": [
            "Benefits, costs, wastewater coefficients and most caps on risk are synthetic or calibrated: three scalars "
            "were fitted to thirteen published benefits, so that their agreement is a fit and no validation.",
            "The lower bounds of the benefit are unique only by surcharges that decide between plans of equal worth.",
            "The largest gross requirements (chemicals, electric power) scale with synthetic reuse rates; their fresh "
            "requirement is derived from the paper.",
        ]}, {})
    table("[units]", {"water": "1e6 m3", "money": "1e6 RMB", "energy": "1e6 kWh", "carbon": "kt CO2"}, {})


def resources():
    for name, period in zip(PERIODS, CASE["periods"]):
        table("[[periods]]", {"name": name, "years": period["years"]},
              {"years": "[E] five years a period, three periods from 2021"})
    for level in CASE["levels"]:
        table("[[levels]]", {"name": level["id"], "probability": level["p"]}, {"probability": "[E] Table 1"})
    region = CASE["regions"][0]
    table("[[regions]]", {"name": "province", "surface": region["surface"], "ground": region["ground"]}, {
        "surface": "[E] Table 1; a list a period, an interval a level",
        "ground": "[E] Table 2 for 2021-2025; [D] later: printed [1780, 1840] and [1760, 1820] repeat the surface "
                  "water of Table 1, Table 5 uses 2179.78 and 2159.97 (correction T2); lower bounds by analogy"})
    table("[diverted]", {"available": CASE["diverted"]}, {"available": "[E] Table 2"})


def energy():
    e = CASE["energy"]
    explicit = "[E] text, first period"
    table("[energy]", {k: e[k] for k in ("surface", "ground", "diverted", "reuse", "wastewater")}
          | {"progress": e["progress_per_period"]}, {
              "surface": explicit, "ground": explicit, "diverted": explicit,
              "reuse": "[S] calibrated on the totals of S0 and S1, together with wastewater: the two are not "
                       "identified separately",
              "wastewater": "[S] calibrated, see reuse",
              "progress": "[S] all unit energies fall by 1 % a period besides the pace of the limits of S0"})
    for name, limit in e["limit"].items():
        values, sources = {"name": name}, {}
        if limit:
            values["limit"], sources["limit"] = limit, "[E] Table 3; counts fresh and reused water"
        table("[[energy_scenarios]]", values, sources)


def money():
    names = {"water": "WC", "surface_treatment": "PCS", "ground_treatment": "PCG", "diverted_treatment": "PCD",
             "diverted_purchase": "CD", "reuse": "CR", "wastewater": "CW"}
    cost = {k: CASE["cost"][v] for k, v in names.items()}
    cost |= {"cost_growth": CASE["cost_growth"], "benefit_growth": CASE["benefit_growth"],
             "penalty_factor": CASE["penalty_factor"], "off_route_surcharge": 0.6, "off_route_energy": 1.35}
    sources = {k: "[S] the paper names this cost and prints no value" for k in names}
    sources |= {"cost_growth": "[S] 3 % a period", "benefit_growth": "[S] 5 % a period",
                "penalty_factor": "[S] the convention that a penalty exceeds the benefit",
                "off_route_surcharge": "[S] no user of this case is off the route",
                "off_route_energy": "[S] no user of this case is off the route"}
    table("[cost]", cost, sources)


def risk():
    r = CASE["risk"]
    for name, xi in r["xi"].items():
        table("[[risk_levels]]", {"name": name, "xi": xi}, {"xi": "[E] formula (3o)"})
    table("[risk]", {"k_lower_model": r["k"]["fminus"], "k_upper_model": r["k"]["fplus"], "a": r["a"], "b": r["b"],
                     "c": r["c"], "eta_max": r["eta_max"], "alpha_max": r["alpha_max"], "benefit_max": r["B_max"]}, {
        "k_lower_model": "[D] scale of the caps that Tables 4 and 5 show",
        "k_upper_model": "[D] coal: 44.8 and 93.06 give the ratio 0.98884 to k_lower_model",
        "a": "[S] the paper names the weights and prints none", "b": "[S] as a", "c": "[S] as a",
        "eta_max": "[S] largest reuse rate of the sectors below", "alpha_max": "[S] largest discharge below",
        "benefit_max": "[S] largest benefit below"})
    c = CASE["carbon"]
    table("[carbon]", {"grid": c["grid_kg_per_kWh"], "wastewater": c["wastewater_kg_per_m3"]},
          {"grid": "[S] kg a kWh, by period", "wastewater": "[S] kg a m3"})
    t = CASE["trend"]
    table("[trend]", {"target": t["W"], "requirement": t["D"], "reuse_increment": t["reuse_increment"]},
          {"target": "[D] Table 4", "requirement": "[D] Tables 4 and 5, coal numbers of the text",
           "reuse_increment": "[D] Tables 4 and 5"})


def reuse_source(given):
    if "SYNTHETIC" in given:
        return "[S] " + given.replace("SYNTHETIC ", "").replace("; small value", "; a small value")
    weak = " (weakly determined: the rounding of the tables leaves a range wider than 0.06)"
    return "[D] " + given.replace("weakly inverted (small sector)", "inverted from Tables 4 and 5" + weak)


def sectors():
    def tables(name, keys):
        out = {}
        for row in rows(name):
            for key, (lo, hi) in keys.items():
                out.setdefault((int(row["i"]), key), []).append([float(row[lo]), float(row[hi])])
        return out

    printed = tables("table4_surface_target.csv", {"surface_low": ("lo_printed", "hi_printed")})
    printed |= tables("table5_ground_diverted_target.csv",
                      {"ground": ("ground_lo", "ground_hi"), "diverted": ("diverted_lo", "diverted_hi")})
    completed = {int(row["i"]): row for row in rows("completion_sector.csv")}
    for s in CASE["sectors"]:
        i, given = s["i"], s["provenance"]
        values = {"name": s["name"], "code": s["code"], "region": "province"}
        if s["fixed_demand"]:
            values["fixed_demand"] = True
        if not s["reuse_grows"]:
            values["reuse_grows"] = False
        values |= {"target": s["W"], "requirement": s["D"], "reuse_rate": s["r"], "benefit": s["B"],
                   "discharge": s["alpha"], "cap_lower_model": s["cap"]["fminus"],
                   "cap_upper_model": s["cap"]["fplus"], "gamma": s["gamma"], "tie_ground": s["tie_ground"],
                   "tie_diverted": s["tie_diverted"]}
        benefit = {"explicit": "[E] text", "synthetic": "[S] " + completed[i]["B_source"].replace("SYNTHETIC ", "")}
        cap = {"derived": "[D] shortage that Tables 4 and 5 show", "synthetic": "[S] k gamma"}[given["cap"]]
        lower = {38: "[D] from the totals of 2026-2035 in Table 4", 40: "[E] text"}.get(i, "[E] Table 4")
        table("[[sectors]]", values, {
            "target": f"{lower}; upper bound [D] 1.1/0.9 of it",
            "requirement": "[E] text" if i == 1 else "[D] fresh requirement 2.2777 W- over 1 - r, plus or minus 5 %",
            "reuse_rate": reuse_source(given["r"]), "benefit": benefit[given["B"]],
            "discharge": "[S] " + completed[i]["alpha_source"].replace("SYNTHETIC", "engineering judgement")
            .replace("engineering judgement solved", "solved"),
            "cap_lower_model": cap, "cap_upper_model": cap + ", times k_upper_model over k_lower_model",
            "gamma": "[S] the rule of [risk]", "tie_ground": "[S] decides between plans of equal worth",
            "tie_diverted": "[S] decides between plans of equal worth; order of the users of Table 5"})
        cells = ", ".join(f"{key} = {text(printed[i, key])}" for key in ("surface_low", "ground", "diverted"))
        print(f"printed = {{ {cells} }}")
        print('sources.printed = "[E] Tables 4 and 5 as printed (rounded to 0.01)"')


def published():
    kinds = {"net benefit": "benefit", "allocation total surface": "surface",
             "allocation total groundwater": "ground", "allocation total diverted": "diverted"}
    for row in rows("text_numbers.csv"):
        quantity, values = row["quantity"], {}
        if quantity in kinds:
            values["quantity"] = kinds[quantity]
        elif quantity.startswith("risk RK"):
            values["quantity"] = "risk"
        elif quantity.startswith("i="):
            values["quantity"] = quantity.split()[1]
        else:
            continue
        place = row["scenario"].split()
        values |= {"energy": place[0][:2], "risk": place[0][2:]}
        if "i=" in quantity:
            values["sector"] = CASE["sectors"][int(quantity.split("i=")[1].split()[0]) - 1]["name"]
        period = next((p[2:] for p in place if p.startswith("t=")), None)
        if "period 3" in row["note"]:
            period = "3"
        if period:
            values["period"] = PERIODS[int(period) - 1]
        if place[-1] in LEVELS:
            values["level"] = place[-1]
        values["value"] = [float(row["lo"]), float(row["hi"])]
        table("[[published]]", values, {"value": "[E] text"})
    for row in rows("table2_ground_diverted.csv"):
        if row["note"]:
            table("[[published]]", {"quantity": "available ground", "period": PERIODS[int(row["t"]) - 1],
                                    "value": [float(row["lo_printed"]), float(row["hi_printed"])]},
                  {"value": "[E] Table 2 as printed"})
    for row in rows("typos.csv"):
        table("[[corrections]]", {k: row[k] for k in ("id", "where", "printed", "used", "evidence")}, {})


for part in (general, resources, energy, money, risk, sectors, published):
    part()
