"""The urban model once more, written from its description and independent of the program: objectives and limits of one
allocation, straight from the case file."""

import tomllib

# Size of a unit's base: kg, kWh and g a unit.
BASES = {"kg": 1.0, "t": 1e3, "kt": 1e6}


def size_of(text, bases):
    """Size of '[number] base [words]' in the base quantity; of a currency where `bases` is empty."""
    words = text.split()
    try:
        number = float(words[0])
        words = words[1:]
    except ValueError:
        number = 1.0
    return number * (bases[words[0]] if bases else 1.0)


class Allocation:
    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = tomllib.load(file)
        case = self.data["case"]
        self.scenarios = case["scenarios"]
        self.objectives = case["objectives"]
        self.hinge = case.get("shortage_rule", "hinge") == "hinge"
        units = self.data["units"]
        volume = size_of(units["volume"], {"m3": 1.0, "hm3": 1e6, "km3": 1e9})
        self.carbon_scale = volume / size_of(units.get("carbon", "t"), BASES)
        self.money_scale = volume / size_of(units.get("money", "1"), {})
        self.bounds = self.data.get("demand_bounds", {})

    def value(self, item, key, scenario, otherwise=0.0):
        value = item.get(key, otherwise)
        return float(value[scenario] if isinstance(value, list) else value)

    def links(self):
        """(source, user) of every decision, in the order of the table."""
        users = [user["name"] for user in self.data["users"]]
        return [(source["name"], user) for source in self.data["sources"] for user in users
                if user in source["links"]]

    def shown(self, x, scenario):
        """The five objectives of the allocation x[source, user], in the sense a person is shown."""
        t = self.scenarios.index(scenario)
        total = dict.fromkeys(["carbon", "benefit", "shortage", "wastewater", "groundwater"], 0.0)
        for source in self.data["sources"]:
            taken = sum(v for (s, _), v in x.items() if s == source["name"])
            total["carbon"] += taken * self.value(source, "carbon_kg_per_m3", t) * self.carbon_scale
            total["groundwater"] += taken if source.get("groundwater", False) else 0.0
        for user in self.data["users"]:
            supply = sum(v for (_, u), v in x.items() if u == user["name"])
            lack = self.value(user, "demand", t) - supply
            total["carbon"] += supply * self.value(user, "carbon_kg_per_m3", t) * self.carbon_scale
            total["benefit"] += supply * self.value(user, "benefit_per_m3", t) * self.money_scale
            total["shortage"] += self.value(user, "shortage_weight", t) * (max(0.0, lack) if self.hinge else lack)
            total["wastewater"] += supply * self.value(user, "discharge", t)
        return [total[name] for name in self.objectives]

    def worst_violation(self, x, scenario):
        """The largest overstepping of any limit, as a share of that limit's quantity."""
        t = self.scenarios.index(scenario)
        worst = max(0.0, -min(x.values()))
        for source in self.data["sources"]:
            taken = sum(v for (s, _), v in x.items() if s == source["name"])
            available = self.value(source, "available", t)
            least = self.value(source, "use_rate", t) * available
            worst = max(worst, (taken - available) / available, (least - taken) / available)
        for user in self.data["users"]:
            supply = sum(v for (_, u), v in x.items() if u == user["name"])
            demand = self.value(user, "demand", t)
            lower = self.value(user, "demand_lower", t, self.bounds.get("lower", 0.9)) * demand
            upper = self.value(user, "demand_upper", t, self.bounds.get("upper", 1.1)) * demand
            worst = max(worst, (supply - upper) / demand, (lower - supply) / demand)
        return worst
