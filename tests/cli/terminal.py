"""What a person sees while it runs: plain lines in a pipe, JSON lines, silence, or one live line on a terminal."""

import errno
import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import termios
import unicodedata

from program import BINARY, ProgramTest, main

SLOW = ["run", "dtlz2", "--population", 990, "--seconds", 1.2, "--threads", 1]


def shown_width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


class Output(ProgramTest):
    def test_a_pipe_gets_no_escape_codes(self):
        result = self.done(*SLOW)
        self.assertNotRegex(result.stdout + result.stderr, "[\x1b\r]")
        self.assertIn("results: ", result.stdout)

    def test_json_lines(self):
        result = self.done(*SLOW, "--json")
        events = [json.loads(line) for line in result.stdout.splitlines()]
        self.assertEqual(result.stderr, "")
        self.assertEqual([event["event"] for event in events][-2:], ["run", "finished"])
        self.assertEqual(events[0]["event"], "progress")
        self.assertTrue(os.path.isdir(events[-1]["folder"]))
        again = [json.loads(line) for line in self.done(*SLOW, "--json").stdout.splitlines()]
        self.assertTrue(again[0]["found"])
        self.assertEqual(again[0]["summary"], events[-2]["summary"])

    def test_lists_as_json(self):
        for kind in ["problems", "algorithms", "operators"]:
            items = json.loads(self.done("list", kind, "--json").stdout)
            self.assertEqual(set(items[0]), {"name", "kind", "description"})
            self.assertEqual([line.split()[0] for line in self.done("list", kind).stdout.splitlines()],
                             [item["name"] for item in items])

    def test_quiet(self):
        result = self.done("run", "pingliang", "--generations", 5, "--quiet")
        self.assertEqual(result.stderr, "")
        self.assertIn("carbon (min) [t CO2]", result.stdout)

    def test_help_names_every_algorithm(self):
        text = " ".join(self.done("run", "--help").stdout.split())
        for item in json.loads(self.done("list", "algorithms", "--json").stdout):
            self.assertIn(item["name"], text)
        self.assertRegex(self.done("--version").stdout, r"^millrace \d+\.\d+\.\d+")

    def test_tables_line_up(self):
        lines = self.done("run", "pingliang", "--generations", 5).stdout.splitlines()
        rules = [k for k, line in enumerate(lines) if set(line) == {"-", " "}]
        self.assertEqual(len(rules), 2)
        for k in rules:
            rows = [lines[k - 1], *lines[k + 1:k + 5]]
            self.assertEqual({shown_width(row) for row in rows}, {len(lines[k])})


class Terminal(ProgramTest):
    def on_terminal(self, columns, *arguments):
        """All that the program writes to a terminal of that width."""
        try:
            master, slave = pty.openpty()
        except OSError as error:
            self.skipTest(f"no pseudo-terminal here ({error})")
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        program = subprocess.Popen([BINARY, *map(str, arguments)], cwd=self.folder, stdin=slave, stdout=slave,
                                   stderr=slave)
        os.close(slave)
        text = b""
        while True:
            try:
                block = os.read(master, 65536)
            except OSError as error:
                if error.errno != errno.EIO:
                    raise
                break
            if not block:
                break
            text += block
        os.close(master)
        self.assertEqual(program.wait(), 0)
        return text.decode()

    def test_one_live_line(self):
        for columns in [200, 80, 60]:
            text = self.on_terminal(columns, "run", "pingliang", "--scenario", "2025", "--population", 210, "--seconds",
                                    1.5, "--threads", 1, "--output", f"columns{columns}")
            frames = [frame for frame in re.split("\r\x1b\\[K", text)[1:-1] if frame]
            self.assertGreater(len(frames), 3)
            for frame in frames:
                self.assertNotIn("\n", frame)
                self.assertLess(shown_width(frame), columns)
                self.assertRegex(frame, r"^2025  .*\d %  .*\d+ s left  hv 0\.\d{4}.*feasible 100 %$")
            if columns >= 80:
                self.assertIn("█", frames[-1])
                self.assertRegex(frames[-1], r" [kM] eval/s")
            # The line is gone before the tables come.
            self.assertNotIn("eval/s", re.split("\r\x1b\\[K", text)[-1])


if __name__ == "__main__":
    main()
