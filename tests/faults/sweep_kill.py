"""Kills a sweep at random moments, again and again, and compares what it leaves with an undisturbed one.

Usage: sweep_kill.py MILLRACE [--kills N] [--seed S]. After every kill the same command is given again and nothing else is
done; the exports of runs, fronts and traces must be the same bytes in the end. N is 100 unless named.
"""

import argparse
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

STUDY = """\
problems = [{{ name = "pingliang", scenarios = ["2030"] }}, "water"]
algorithms = ["nsga2", "nsga3"]
seeds = {seeds}
trace-points = 5
keep-decisions = true
indicators = ["hypervolume", "igd-plus"]

[budget]
generations = 40

[design]
kind = "latin-hypercube"
samples = 24

[parameters]
population = {{ from = 8, to = 60, log = true }}
crossover-probability = {{ from = 0.5, to = 1.0 }}
mutation-probability = {{ from = 0.001, to = 0.2, log = true }}
"""


def call(binary, *arguments, folder):
    return subprocess.run([binary, *map(str, arguments)], cwd=folder, capture_output=True, check=False)


def exports(binary, store, folder):
    """What the store holds, and whether it is whole."""
    texts = []
    for what in ("runs", "fronts", "traces"):
        result = call(binary, "export", store, "--what", what, folder=folder)
        if result.returncode != 0:
            raise RuntimeError(f"export of {store} failed: {result.stderr.decode()}")
        texts.append(result.stdout)
    return texts


def disturb(binary, folder, kills, span, draw):
    """Kills the sweep so many times while it works. Returns kills that met it alive, and runs saved at each."""
    hit, saved = 0, []
    while hit < kills:
        sweep = subprocess.Popen([binary, "sweep", "study.toml", "--store", "killed.db", "--quiet"], cwd=folder,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(draw.uniform(0.0, span))
        sweep.send_signal(signal.SIGKILL)
        _, told = sweep.communicate()
        if sweep.returncode == 0:
            # It was done before: again from nothing, as a new sweep.
            saved.append("whole")
            for path in folder.glob("killed.db*"):
                path.unlink()
            continue
        if sweep.returncode != -signal.SIGKILL:
            raise RuntimeError(f"a sweep that was killed before did not go on: {told.decode()}")
        hit += 1
        if (folder / "killed.db").exists():
            result = call(binary, "export", "killed.db", folder=folder)
            empty = b"is empty" in result.stderr
            if result.returncode != 0 and not empty:
                raise RuntimeError(f"the store of a killed sweep cannot be read: {result.stderr.decode()}")
            saved.append(max(0, result.stdout.count(b"\n") - 1))
    return hit, saved


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    binary = options.binary.resolve()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="millrace-kill-"))
    try:
        (folder / "study.toml").write_text(STUDY.format(seeds=max(12, options.kills // 4)))
        start = time.monotonic()
        whole = call(binary, "sweep", "study.toml", "--store", "whole.db", "--quiet", folder=folder)
        if whole.returncode != 0:
            raise RuntimeError(whole.stderr.decode())
        # Kills come while it starts, works and writes (which it does from half a second on), most of them long before the
        # end of what is left.
        span = min(3.0, max(1.2, (time.monotonic() - start) / 4))
        hit, saved = disturb(binary, folder, options.kills, span, random.Random(options.seed))
        last = call(binary, "sweep", "study.toml", "--store", "killed.db", "--quiet", folder=folder)
        if last.returncode != 0:
            raise RuntimeError(f"the last sweep did not finish: {last.stderr.decode()}")
        expected, found = exports(binary, "whole.db", folder), exports(binary, "killed.db", folder)
        counts = [text.count(b"\n") - 1 for text in expected]
        if min(counts) < 100:
            raise RuntimeError(f"too little to compare: {counts}")
        if found != expected:
            raise RuntimeError("a sweep that was killed leaves other runs, fronts or traces")
        left = sorted(path.name for path in folder.iterdir() if path.name not in ("study.toml", "whole.db", "killed.db"))
        if left:
            raise RuntimeError(f"files are left over: {left}")
        print(f"{hit} kills; runs saved at each: {' '.join(map(str, saved))}; "
              f"{counts[0]} runs, {counts[1]} solutions and {counts[2]} points of traces are the same bytes")
        return 0
    except RuntimeError as failure:
        print(failure, file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
