"""Runs the millrace program as a person would: command line in, exit code, text and files out."""

import csv
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

BINARY = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None
SOURCE = pathlib.Path(__file__).resolve().parents[2]
PINGLIANG = SOURCE / "problems/urban/cases/pingliang.toml"


def start(*arguments, folder, **options):
    return subprocess.Popen([BINARY, *map(str, arguments)], cwd=folder, stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)


class ProgramTest(unittest.TestCase):
    """Every test has an empty folder of its own, self.folder, in which the program runs."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="millrace-cli-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def call(self, *arguments, timeout=60):
        return subprocess.run([BINARY, *map(str, arguments)], cwd=self.folder, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=timeout, check=False)

    def done(self, *arguments, timeout=60):
        """The result of a call that has to succeed."""
        result = self.call(*arguments, timeout=timeout)
        self.assertEqual(result.returncode, 0, f"{arguments}: {result.stderr}")
        return result

    def files(self):
        return sorted(os.path.relpath(p, self.folder) for p in self.folder.rglob("*"))

    def json_of(self, path):
        return json.loads((self.folder / path).read_text())

    def table_of(self, path):
        """Headings and rows of numbers of a front.csv."""
        with open(self.folder / path, newline="", encoding="utf-8") as file:
            headings, *rows = csv.reader(file)
        return headings, [[float(field) for field in row] for row in rows]


def main():
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]])
