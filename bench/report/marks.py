"""The marks that millrace is held to, and where each is found in the results of scripts/bench."""

import dataclasses
import typing


@dataclasses.dataclass
class Mark:
    what: str
    limit: float
    unit: str
    # From the results to the measured value, or to None where it is not there.
    find: typing.Callable
    at_least: bool = False
    # Share of the limit that may be missing, where the mark itself says so or a clock cannot tell.
    slack: float = 0.0

    @property
    def limit_text(self):
        text = f"{'>=' if self.at_least else '<='} {self.limit:g}{self.unit}"
        return text + (f", within {100 * self.slack:.0f} %" if self.slack else "")

    def value(self, results):
        try:
            return self.find(results)
        except (KeyError, StopIteration):
            return None

    def verdict(self, value):
        distance = self.limit / value if self.at_least else value / self.limit
        if distance <= 1.0 + self.slack:
            return "met"
        return f"**missed** by {100 * (distance - 1):.0f} %" if distance < 2 else f"**missed** {distance:.1f} times"


def generation(population, thread=0):
    return lambda results: next(r["generation_ms"][thread] for r in results["scaling"]["generations"]
                                if r["group"] == "population" and r["population"] == population)


def kernel(program, name, key="cpu_ms"):
    return lambda results: results["kernel"]["kernels"][program][name][key]


def contest(part, library, algorithm, key, **wanted):
    def find(results):
        return next(r[key] for r in results["versus"]["evolution"][part]
                    if r["library"] == library and r["algorithm"] == algorithm
                    and all(r[name] == value for name, value in wanted.items()))
    return find


def times_as_fast(part, ours, theirs, **wanted):
    def find(results):
        return (contest(part, "pagmo2", theirs, "generation_ms", **wanted)(results) /
                contest(part, "millrace", ours, "generation_ms", **wanted)(results))
    return find


def sort_ratio(points, objectives):
    return lambda results: next(r["peer_ms"] / r["half_ms"] for r in results["versus"]["sorting"]
                                if (r["points"], r["objectives"]) == (points, objectives))


def was_busy(results):
    """Whether other work kept the machine from giving `scaling` its cores: by itself it loads no more than all of them."""
    machine = results["scaling"]["machine"]
    return max(machine["load_average"][0], machine["load_average_at_end"][0]) > machine["cores"] + 0.5


def two_threads(find_times):
    """How much faster two threads are; None on a machine of one core and on a busy one."""
    def find(results):
        if results["scaling"]["threads"][1:2] != [2] or was_busy(results):
            return None
        one, two, *_ = find_times(results)
        return one / two
    return find


def generation_times(population):
    return lambda results: next(r["generation_ms"] for r in results["scaling"]["generations"]
                                if r["group"] == "population" and r["population"] == population)


def volume_times(objectives, points):
    return lambda results: next(r["ms"] for r in results["scaling"]["hypervolume"]
                                if (r["objectives"], r["points"]) == (objectives, points))


def slowest_with_threads(results):
    scaling = results["scaling"]
    if was_busy(results):
        return None
    times = [r["generation_ms"] for r in scaling["generations"]] + [r["ms"] for r in scaling["hypervolume"]]
    return max(ms / one for one, *more in times for ms in more)


def sweep(algorithm, key):
    return lambda results: next(r[key] for r in results["sweeps"]["runs"] if r["algorithm"] == algorithm)


def sort(points, objectives, stop, shape):
    return kernel("sorting", f"sort_points/n:{points}/m:{objectives}/stop:{stop}/shape:{shape}/threads:1")


def igd(objectives, population):
    return contest("genetic", "millrace", "nsga3", "igd", problem="dtlz2", objectives=objectives, population=population)


DTLZ2 = {"problem": "dtlz2", "objectives": 5}

MARKS = [
    Mark("NSGA-III generation, DTLZ2 M=5, 1,001 directions", 0.40, " ms", generation(1004)),
    Mark("the same, times as fast as pagmo2's NSGA-II", 110, "x",
         times_as_fast("genetic", "nsga3", "nsga2", population=1004, **DTLZ2), at_least=True),
    Mark("the same, times as fast as pagmo2's NSGA-III (from 2.20)", 200, "x",
         times_as_fast("genetic", "nsga3", "nsga3", population=1004, **DTLZ2), at_least=True),
    Mark("NSGA-III generation, 10,626 directions", 10, " ms", generation(10628)),
    Mark("the same, times as fast as pagmo2's NSGA-II", 500, "x",
         times_as_fast("genetic", "nsga3", "nsga2", population=10628, **DTLZ2), at_least=True),
    Mark("NSGA-III generation, 126 directions", 0.040, " ms", generation(128)),
    Mark("NSGA-III generation, 210 directions", 0.040, " ms", generation(212)),
    Mark("126 directions, times as fast as pagmo2's NSGA-II", 15, "x",
         times_as_fast("genetic", "nsga3", "nsga2", population=128, **DTLZ2), at_least=True),
    Mark("MOEA/D generation, 1,001 subproblems, M=5", 0.15, " ms",
         contest("decomposition", "millrace", "moead", "generation_ms", population=1001)),
    Mark("the same, times as fast as pagmo2's", 60, "x",
         times_as_fast("decomposition", "moead", "moead", population=1001), at_least=True),
    Mark("MOEA/D generation, 10,626 subproblems", 2, " ms",
         contest("decomposition", "millrace", "moead", "generation_ms", population=10626)),
    Mark("MOEA/D, 10,626 subproblems, set-up", 50, " ms",
         contest("decomposition", "millrace", "moead", "setup_ms", population=10626)),
    Mark("sorting, merged, 2,000 x 5, stop at N", 0.20, " ms", sort(2000, 5, 1000, 0)),
    Mark("sorting, merged, 20,000 x 5, stop at N", 5, " ms", sort(20000, 5, 10000, 0)),
    Mark("the same, times as fast as pagmo2", 600, "x", sort_ratio(20000, 5), at_least=True),
    Mark("sorting, 100,000 x 5, one front", 40, " ms", sort(100000, 5, 100000, 1)),
    Mark("sorting, 100,000 x 3, uniform", 40, " ms", sort(100000, 3, 100000, 2)),
    Mark("hypervolume, M=4, N=1,000", 1.2, " ms", kernel("hypervolume", "hypervolume_exact/m:4/n:1000/threads:1")),
    Mark("hypervolume, M=5, N=1,000", 10, " ms", kernel("hypervolume", "hypervolume_exact/m:5/n:1000/threads:1")),
    Mark("hypervolume, M=6, N=1,000", 150, " ms", kernel("hypervolume", "hypervolume_exact/m:6/n:1000/threads:1")),
    Mark("hypervolume, M=8, N=200", 600, " ms", kernel("hypervolume", "hypervolume_exact/m:8/n:200/threads:1")),
    Mark("all contributions, M=5, N=500", 80, " ms", kernel("hypervolume", "contributions_exact/m:5/n:500/threads:1")),
    Mark("two threads, population 10,628", 1.6, "x", two_threads(generation_times(10628)), at_least=True),
    Mark("two threads, hypervolume M=5, N=1,000", 1.9, "x", two_threads(volume_times(5, 1000)), at_least=True),
    Mark("two threads, hypervolume M=6, N=1,000", 1.9, "x", two_threads(volume_times(6, 1000)), at_least=True),
    Mark("more threads against one, the worst of all sizes", 1, "x the time", slowest_with_threads, slack=0.05),
    Mark("urban case, individuals evaluated a second", 100, " M",
         lambda results: kernel("urban", "evaluate/0", "items_per_second")(results) / 1e6, at_least=True),
    Mark("IGD, DTLZ2 M=3, 105 directions, 200 generations", 0.0533, "", igd(3, 108), slack=0.01),
    Mark("IGD, M=5, 126 directions", 0.230, "", igd(5, 128), slack=0.01),
    Mark("IGD, M=3, 990 directions", 0.0163, "", igd(3, 992), slack=0.01),
    Mark("IGD, M=5, 1,001 directions", 0.119, "", igd(5, 1004), slack=0.01),
    Mark("10,000 runs of Pingliang, 100 x 200, NSGA-II, on two cores", 60, " s",
         sweep("nsga2", "seconds_for_10000_on_two_cores")),
    Mark("the same, NSGA-III", 60, " s", sweep("nsga3", "seconds_for_10000_on_two_cores")),
    Mark("ten-point traces of them, share of the time", 0.2, "", sweep("nsga2", "trace_share")),
    Mark("their store, share of the time", 0.05, "", sweep("nsga2", "store_share")),
]


def primitives(results):
    limits = results["kernel"]["kernels"]["limits"]
    return [
        ("fused multiply-adds", limits["fma"]["operations_per_second"], "GFLOP/s"),
        ("reads from 16 KiB", limits["read/16"]["bytes_per_second"], "GB/s"),
        ("reads from 512 KiB", limits["read/512"]["bytes_per_second"], "GB/s"),
        ("reads from 8 MiB", limits["read/8192"]["bytes_per_second"], "GB/s"),
        ("reads from 512 MiB", limits["read/524288"]["bytes_per_second"], "GB/s"),
        ("random doubles (Philox4x32-10)", limits["draw"]["items_per_second"], "G/s"),
        ("powers", limits["power"]["items_per_second"], "G/s"),
        ("64-bit keys sorted, 2,000 at a time", limits["sort_keys/2000"]["items_per_second"], "G/s"),
        ("64-bit keys sorted, 20,000 at a time", limits["sort_keys/20000"]["items_per_second"], "G/s"),
        ("dominance tests, M=5, ranks of 16 bits", limits["dominance"]["items_per_second"], "G/s"),
    ]


@dataclasses.dataclass
class Distance:
    population: int
    # Seconds of keys, dominance tests, draws and powers.
    parts: list
    generation_ms: float


def distances(results):
    """What a generation of M=5 would take if it did nothing but its primitives, and what it takes."""
    limits = results["kernel"]["kernels"]["limits"]
    rate = {name: row["items_per_second"] for name, row in limits.items() if "items_per_second" in row}
    rows = []
    for r in results["scaling"]["generations"]:
        if r["group"] != "population":
            continue
        n, m, d = r["population"], r["objectives"], r["variables"]
        keys = rate["sort_keys/2000" if n < 5000 else "sort_keys/20000"]
        parts = [2 * n * m / keys, (2 * n) ** 2 / 2 / rate["dominance"], n * d / rate["draw"], n * d / 2 / rate["power"]]
        rows.append(Distance(n, parts, r["generation_ms"][0]))
    return rows
