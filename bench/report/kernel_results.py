"""Takes what a reader needs from the JSON files of Google Benchmark: of repetitions the fastest, no host, no path.

Usage: kernel_results.py FILE.json ... ; prints one JSON document, benchmarks by the name of their file.
"""

import json
import pathlib
import sys

MILLISECONDS = {"ns": 1e-6, "us": 1e-3, "ms": 1.0, "s": 1e3}
# Of an entry, what is not a counter.
FIXED = {"name", "run_name", "run_type", "repetitions", "repetition_index", "threads", "iterations", "real_time",
         "cpu_time", "time_unit", "family_index", "per_family_instance_index", "label", "error_occurred",
         "error_message"}


def fastest(benchmarks):
    """Milliseconds of CPU and of the wall for each benchmark: of each the least of the repetitions."""
    best = {}
    for entry in benchmarks:
        if entry.get("error_occurred"):
            raise SystemExit(f"{entry['name']}: {entry['error_message']}")
        if entry["run_type"] != "iteration":
            continue
        name = entry["run_name"].removesuffix("/real_time")
        unit = MILLISECONDS[entry["time_unit"]]
        row = best.setdefault(name, {"cpu_ms": float("inf"), "wall_ms": float("inf")})
        if entry["cpu_time"] * unit < row["cpu_ms"]:
            row.update({key: value for key, value in entry.items() if key not in FIXED})
            row["cpu_ms"] = entry["cpu_time"] * unit
        row["wall_ms"] = min(row["wall_ms"], entry["real_time"] * unit)
    return best


def machine(context):
    return {"processor": context["processor"], "cores": context["num_cpus"], "compiler": context["compiler"],
            "simd": context["simd"], "date": context["date"][:10], "load_average": context["load_avg"]}


def main():
    documents = {pathlib.Path(path).stem: json.loads(pathlib.Path(path).read_text()) for path in sys.argv[1:]}
    first = next(iter(documents.values()))
    kernels = {name: fastest(document["benchmarks"]) for name, document in sorted(documents.items())}
    print(json.dumps({"machine": machine(first["context"]), "kernels": kernels}, indent=1))


if __name__ == "__main__":
    main()
