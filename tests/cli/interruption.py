"""Runs that are stopped, killed or run out of disk: nothing is lost but the generation in flight, and the end is the same
bytes as that of a run that nobody disturbed."""

import contextlib
import json
import os
import random
import re
import resource
import shlex
import signal
import subprocess
import tempfile
import time

from program import ProgramTest, main, start

# About two seconds on one thread.
RUN = ["run", "pingliang", "--scenario", "2030", "--algorithm", "nsga3", "--population", 1001, "--generations", 1500,
       "--threads", 1]


class LongRun(ProgramTest):
    def undisturbed(self):
        self.done(*RUN, "--output", "whole")
        return (self.folder / "whole/front.csv").read_bytes()

    def wait_for(self, path, seconds=20):
        deadline = time.monotonic() + seconds
        # The empty file is the lock; it is replaced in one step by one that holds the first generation.
        while not ((self.folder / path).exists() and (self.folder / path).stat().st_size > 0):
            self.assertLess(time.monotonic(), deadline, path)
            time.sleep(0.005)


class Interruption(LongRun):
    def killed_after_progress(self, *arguments, delay):
        """Kills a run some time after it first told of its progress; the last generation that it told of."""
        program = start(*arguments, "--json", folder=self.folder)
        seen = json.loads(program.stdout.readline())
        self.assertEqual(seen["event"], "progress", seen)
        time.sleep(delay)
        program.kill()
        rest, _ = program.communicate()
        events = [json.loads(line) for line in rest.splitlines()]
        generations = [event["generation"] for event in [seen, *events] if event["event"] == "progress"]
        return generations[-1]

    def test_killed_and_continued(self):
        expected = self.undisturbed()
        run = [*RUN, "--output", "killed"]
        again = {"resume": ["resume", "killed", "--threads", 2], "run": run}
        for way in ["run", "resume"]:
            with self.subTest(way=way):
                reached = self.killed_after_progress(*run, "--force", delay=random.uniform(0.0, 0.3))
                self.assertFalse((self.folder / "killed/front.csv").exists())
                self.assertEqual(self.json_of("killed/manifest.json")["status"], "running")
                result = self.done(*again[way])
                continued = re.search(r"2030: continues after generation (\d+)", result.stderr)
                self.assertIsNotNone(continued, result.stderr)
                self.assertGreater(int(continued[1]), 0)
                self.assertGreaterEqual(int(continued[1]), reached)
                self.assertEqual((self.folder / "killed/front.csv").read_bytes(), expected)
                self.assertEqual(self.json_of("killed/summary.json")["generations"], 1500)
                self.assertEqual(self.json_of("killed/summary.json")["evaluations"], 1500 * 1001)

    def test_killed_again_and_again(self):
        expected = self.undisturbed()
        run = [*RUN, "--output", "killed"]
        last = 0
        for _ in range(8):
            program = start(*run, folder=self.folder)
            self.wait_for("killed/checkpoint.bin")
            time.sleep(random.uniform(0.0, 0.25))
            program.kill()
            _, told = program.communicate()
            continued = re.search(r"continues after generation (\d+)", told)
            if continued:
                self.assertGreaterEqual(int(continued[1]), last)
                last = int(continued[1])
        self.done(*run)
        self.assertEqual((self.folder / "killed/front.csv").read_bytes(), expected)
        self.assertEqual(sorted(os.listdir(self.folder / "killed")), ["front.csv", "manifest.json", "summary.json", "trace.csv"])

    def test_seeds_and_archive(self):
        self.done("run", "pingliang", "--scenario", 2030, "--generations", 20, "--output", "seeds")
        run = ["run", "pingliang", "--scenario", 2030, "--population", 212, "--generations", 250, "--threads", 1,
               "--archive", "nondominated", "--seed-from"]
        self.done(*run, "seeds/front.csv", "--output", "whole")
        program = start(*run, "seeds/front.csv", "--output", "killed", folder=self.folder)
        self.wait_for("killed/checkpoint.bin")
        time.sleep(0.2)
        program.kill()
        program.communicate()
        # What the run began with is in its folder.
        (self.folder / "seeds/front.csv").unlink()
        self.done("resume", "killed")
        for name in ["front.csv", "archive.csv"]:
            self.assertEqual((self.folder / "killed" / name).read_bytes(), (self.folder / "whole" / name).read_bytes())

    def test_stopped_once(self):
        expected = self.undisturbed()
        for signal_number, extra in [(signal.SIGINT, []), (signal.SIGTERM, ["--quiet"])]:
            program = start(*RUN, *extra, "--output", f"stopped{signal_number}", folder=self.folder)
            self.wait_for(f"stopped{signal_number}/checkpoint.bin")
            time.sleep(0.2)
            program.send_signal(signal_number)
            _, told = program.communicate(timeout=20)
            self.assertEqual(program.returncode, 3, told)
            said = re.search(r"stopped after generation (\d+); continue with: millrace (resume .*)", told)
            self.assertIsNotNone(said, told)
            folder = self.folder / f"stopped{signal_number}"
            manifest = self.json_of(folder / "manifest.json")
            self.assertEqual(manifest["status"], "stopped")
            self.assertFalse((folder / "front.csv").exists())
            # The sentence works as it stands, from any folder.
            with tempfile.TemporaryDirectory() as elsewhere:
                command = start(*shlex.split(said[2]), folder=elsewhere)
                _, told = command.communicate(timeout=60)
            self.assertEqual(command.returncode, 0, told)
            self.assertIn(f"continues after generation {said[1]}", told)
            self.assertEqual((folder / "front.csv").read_bytes(), expected)
            finished = self.json_of(folder / "manifest.json")
            self.assertEqual(finished["started"], manifest["started"])
            self.assertGreater(finished["wall_seconds"], manifest["wall_seconds"])

    def test_two_at_once(self):
        program = start(*RUN, "--output", "mine", folder=self.folder)
        self.wait_for("mine/checkpoint.bin")
        result = self.call(*RUN, "--output", "mine")
        program.kill()
        program.communicate()
        self.assertEqual(result.returncode, 5)
        self.assertIn("another millrace is working on this run", result.stderr)


@contextlib.contextmanager
def small_disk(folder, size):
    """A disk of that size at the folder, or None where mounting is not allowed."""
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True,
                             check=False).returncode == 0
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", folder], check=True)


class Disk(LongRun):
    def test_no_room_for_the_checkpoint(self):
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

        program = start(*RUN, "--output", "out", folder=self.folder, preexec_fn=limit)
        _, told = program.communicate(timeout=20)
        self.assertEqual(program.returncode, 5, told)
        self.assertRegex(told, r"millrace: .*checkpoint.bin: .*\(File too large\)")

    def test_disk_full(self):
        with small_disk(self.folder / "disk", "2m") as disk:
            if disk is None:
                self.skipTest("mounting a small disk is not allowed here")
            expected = self.undisturbed()
            program = start(*RUN, "--output", "disk/out", folder=self.folder)
            self.wait_for("disk/out/checkpoint.bin")
            with contextlib.suppress(OSError), open(disk / "filler", "wb", buffering=0) as filler:
                while True:
                    filler.write(bytes(4096))
            _, told = program.communicate(timeout=30)
            self.assertEqual(program.returncode, 5, told)
            self.assertRegex(told, r"millrace: .*front.csv: cannot write \(No space left on device\)")
            (disk / "filler").unlink()
            self.done("resume", "disk/out")
            self.assertEqual((disk / "out/front.csv").read_bytes(), expected)


if __name__ == "__main__":
    main()
