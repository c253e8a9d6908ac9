"""Times sweeps: what a run costs with everything around it, what traces and the store add, and what side by side gives.

Usage: sweeps.py MILLRACE [--quick] [--output FILE]. One year of the Pingliang case at the paper's setting (population 100, 200
generations), as a sweep of `runs` seeds. Processor time is what counts on a machine with other work; wall-clock time beside it.
"""

import argparse
import datetime
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

STUDY = """\
problems = [{{ name = "pingliang", scenarios = ["2030"] }}]
algorithms = ["{algorithm}"]
seeds = {runs}
trace-points = {trace}

[budget]
generations = {generations}

[parameters]
population = {population}
crossover-probability = 0.9
mutation-probability = 0.01
"""


class Sweep:
    """One sweep into a new store: its last event, and what the process took."""

    def __init__(self, binary, folder, *options, **study):
        (folder / "study.toml").write_text(STUDY.format(**study))
        process = subprocess.Popen([binary, "sweep", "study.toml", "--json", *map(str, options)], cwd=folder,
                                   stdout=subprocess.PIPE)
        output = process.stdout.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        if os.waitstatus_to_exitcode(status) != 0:
            raise RuntimeError(f"a sweep failed: {output}")
        last = json.loads(output.splitlines()[-1])
        self.runs = last["made"]
        self.seconds = last["seconds"]
        self.store_seconds = last["store_seconds"]
        self.cpu_seconds = usage.ru_utime + usage.ru_stime
        self.store_bytes = (folder / "study.db").stat().st_size
        machine = subprocess.run([binary, "export", "study.db", "--times", "--format", "jsonl"], cwd=folder,
                                 stdout=subprocess.PIPE, check=True).stdout.splitlines()[0]
        self.machine = json.loads(json.loads(machine)["machine"])
        (folder / "study.db").unlink()

    @property
    def cpu_ms(self):
        return 1e3 * self.cpu_seconds / self.runs


def load_average():
    return list(os.getloadavg())


def processor():
    names = re.findall(r"^model name\s*:\s*(.*)$", pathlib.Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return names[0] if names else "unknown"


def costs(binary, folder, algorithm, runs):
    """The same sweep without and with traces, in turn, the least of three counting."""
    turns = [[Sweep(binary, folder, algorithm=algorithm, runs=runs, trace=trace, generations=200, population=100)
              for trace in (0, 10)] for _ in range(3)]
    plain = min((turn[0] for turn in turns), key=lambda sweep: sweep.cpu_seconds)
    traced = min((turn[1] for turn in turns), key=lambda sweep: sweep.cpu_seconds)
    row = {"algorithm": algorithm, "runs": plain.runs, "cpu_ms_a_run": plain.cpu_ms, "wall_seconds": plain.seconds,
           "seconds_for_10000_on_two_cores": 10_000 * plain.cpu_ms / 2e3,
           "trace_share": traced.cpu_seconds / plain.cpu_seconds - 1.0,
           "store_share": plain.store_seconds / plain.cpu_seconds, "store_bytes_a_run": plain.store_bytes / plain.runs}
    print(f"{algorithm:>10} {row['runs']:>6} {row['cpu_ms_a_run']:>11.2f} {row['wall_seconds']:>8.1f} "
          f"{row['seconds_for_10000_on_two_cores']:>11.1f} {100 * row['trace_share']:>8.1f} %"
          f" {100 * row['store_share']:>8.2f} % {row['store_bytes_a_run']:>8.0f}")
    return row, plain.machine


def throughput(binary, folder, what, runs, **study):
    """Side by side, one thread inside each run, against one after the other with all threads inside."""
    beside = Sweep(binary, folder, runs=runs, trace=0, **study)
    one_by_one = Sweep(binary, folder, "--at-once", 1, runs=runs, trace=0, **study)
    row = {"what": what, "runs": runs, "side_by_side_per_second": beside.runs / beside.seconds,
           "one_by_one_per_second": one_by_one.runs / one_by_one.seconds}
    row["ratio"] = row["side_by_side_per_second"] / row["one_by_one_per_second"]
    print(f"{what:>38} {runs:>6} {row['side_by_side_per_second']:>13.2f} {row['one_by_one_per_second']:>13.2f} "
          f"{row['ratio']:>7.2f}")
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--quick", action="store_true", help="fewer runs")
    parser.add_argument("--output", type=pathlib.Path)
    options = parser.parse_args()
    binary, folder = options.binary.resolve(), pathlib.Path(tempfile.mkdtemp(prefix="millrace-sweeps-"))
    load = load_average()
    share = 0.02 if options.quick else 1.0
    try:
        print(f"{'':>10} {'runs':>6} {'cpu ms/run':>11} {'wall s':>8} {'s for 10^4':>11} {'traces':>10} {'store':>10} "
              f"{'bytes/run':>8}")
        rows = []
        for algorithm, runs in (("nsga2", 2000), ("nsga3", 2000), ("age-moea2", 1000), ("sms-emoa", 100)):
            row, machine = costs(binary, folder, algorithm, max(4, int(runs * share)))
            rows.append(row)
        print(f"\n{'runs a second':>38} {'runs':>6} {'side by side':>13} {'one by one':>13} {'ratio':>7}")
        beside = [throughput(binary, folder, "population 100, 200 generations", max(4, int(1000 * share)),
                             algorithm="nsga2", population=100, generations=200),
                  throughput(binary, folder, "population 2,000, 200 generations", max(4, int(40 * share)),
                             algorithm="nsga2", population=2000, generations=200)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if options.output:
        document = {"machine": {"processor": processor(), "cores": machine["cores"], "compiler": machine["compiler"],
                                "simd": machine["simd"], "date": datetime.date.today().isoformat(), "load_average": load,
                                "load_average_at_end": load_average()},
                    "quick": options.quick, "runs": rows, "side_by_side": beside}
        options.output.write_text(json.dumps(document, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
