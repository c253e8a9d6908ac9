"""Checks the shape of the source tree: which folder may include and link which, sizes, names, banned constructs.

Usage: structure.py ROOT. Prints one line a breach, as path:line: sentence, and fails where there is any.
"""

import pathlib
import re
import sys

BASE = ["engine/data", "engine/random", "engine/parallel", "engine/problem"]
STEPS = ["engine/select", "operators", "engine/indicator", "engine/archive"]

# What the files of a folder may include besides their own folder, and which modules its target may link.
ALLOWED = {
    "engine/data": [],
    "engine/random": ["engine/data"],
    "engine/parallel": ["engine/data"],
    "engine/problem": ["engine/data", "engine/parallel"],
    "engine/select": ["engine/data", "engine/parallel", "engine/random"],
    "engine/indicator": ["engine/data", "engine/parallel", "engine/random"],
    "engine/statistics": ["engine/data", "engine/random"],
    "engine/exact": BASE + ["engine/indicator"],
    "engine/archive": ["engine/data", "engine/parallel", "engine/select"],
    "engine/decide": ["engine/data", "engine/problem"],
    "operators": ["engine/data", "engine/random", "engine/parallel"],
    "engine/algorithm": BASE + STEPS,
    "engine/run": BASE + STEPS + ["engine/algorithm"],
    # Each family of problems stands alone, on what reads case files; some solve linear programs of their own.
    "problems/case": ["engine/problem"],
    "problems/*": ["engine/data", "engine/problem", "engine/random", "problems/case"],
    "problems/urban": ["engine/data", "engine/problem", "engine/random", "engine/study", "problems/case"],
    "problems/industrial": BASE + ["engine/exact", "problems/case"],
    "problems/dispatch": BASE + ["engine/exact", "problems/case"],
    "problems/park": BASE + ["engine/exact", "problems/case"],
    "engine/store": ["engine/data"],
    "engine/study": ["engine/data", "engine/random", "engine/statistics"],
    "cli": ["engine/*", "operators", "problems/*"],
}
# These build on everything and nothing builds on them.
OUTER = ["tests", "bench"]
TOP_FOLDERS = ["engine", "operators", "problems", "cli", "tests", "bench"]

HEADER_LINES = 150  # a header is shorter
SOURCE_LINES = 400  # so is every other file
CODE = {".hpp", ".cpp", ".h"}

BANNED_NAMES = {"util", "utils", "helper", "helpers", "common", "manager", "misc"}
BANNED_IN_CODE = [
    (r"\bstd::hash\b", "std::hash differs between standard libraries"),
    (r"\bstd::\w+_distribution\b", "standard distributions differ between libraries; draw with engine/random"),
]
BANNED_IN_PRODUCT = [(r"#\s*include\s*<random>", "<random> is not addressed; draw with engine/random")]
BANNED_IN_CMAKE = [
    (r"-march=native", "-march=native ties results to one machine; kernels dispatch at run time"),
    (r"-ffast-math|-Ofast", "value-changing optimisation makes results depend on the compiler"),
]

_TOKEN = re.compile(r'R"(?P<tag>[^()\\\s]{0,16})\(.*?\)(?P=tag)"|"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/', re.DOTALL)


def without_comments(text):
    """The same text, comments blanked out, line numbers kept."""
    def blank(match):
        token = match.group()
        return re.sub(r"[^\n]", " ", token) if token.startswith("/") else token
    return _TOKEN.sub(blank, text)


def without_cmake_comments(file):
    return re.sub(r"#.*", "", file.read_text(encoding="utf-8"))


def folder_of(path):
    """Folder of the include rule that a path (relative, with slashes) belongs to, or None outside of all."""
    parts = path.split("/")
    if parts[0] not in TOP_FOLDERS:
        return None
    return "/".join(parts[:2]) if parts[0] in ("engine", "problems") and len(parts) > 2 else parts[0]


def rule_of(folder):
    return ALLOWED.get(folder, ALLOWED["problems/*"] if folder.startswith("problems/") else None)


def may_use(folder, other):
    if folder == other:
        return True
    if folder in OUTER:
        return folder == "tests" or other != "cli"
    return any(other == name or (name.endswith("/*") and other.startswith(name[:-1])) for name in rule_of(folder))


class Check:
    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.breaches = []
        self.files = sorted(p for top in TOP_FOLDERS for p in (self.root / top).rglob("*") if p.is_file())

    def run(self):
        for file in self.files:
            if file.suffix in CODE:
                path = file.relative_to(self.root).as_posix()
                folder = folder_of(path)
                self.check_name(path, file)
                if folder in OUTER or rule_of(folder) is not None:
                    self.check_code(path, folder, file.read_text(encoding="utf-8"))
                else:
                    self.report(path, 1, f"{folder} has no include rule yet: add it to tests/structure/structure.py")
        self.check_links()
        for file in self.cmake_files():
            path = file.relative_to(self.root).as_posix()
            self.check_banned(path, without_cmake_comments(file), BANNED_IN_CMAKE)
        return self.breaches

    def report(self, path, line, sentence):
        self.breaches.append(f"{path}:{line}: {sentence}")

    def check_name(self, path, file):
        words = set(re.split(r"[_\-.]", file.name.lower()))
        for word in sorted(words & BANNED_NAMES):
            self.report(path, 1, f"'{word}' in a file's name says nothing: name the idea")

    def check_code(self, path, folder, text):
        code = without_comments(text)
        product = folder not in OUTER
        lines = text.count("\n")
        limit = HEADER_LINES if product and path.endswith(".hpp") else SOURCE_LINES
        if lines >= limit:
            self.report(path, lines, f"{lines} lines; a file of this kind has fewer than {limit}")
        # Highway compiles the kernels of an -inl.h once a target, which #pragma once would prevent.
        if path.endswith(".hpp") and not re.search(r"^#pragma once$|HWY_TARGET_TOGGLE", code, re.MULTILINE):
            self.report(path, 1, "a header needs #pragma once")
        self.check_banned(path, code, BANNED_IN_CODE + (BANNED_IN_PRODUCT if product and folder != "cli" else []))
        for number, line in enumerate(code.splitlines(), 1):
            match = re.match(r'\s*#\s*include\s*["<]([^">]+)[">]', line)
            if match:
                self.check_include(path, folder, number, match.group(1))

    def check_include(self, path, folder, number, included):
        other = folder_of(included)
        if other is None:
            beside = (self.root / path).parent / included
            if folder not in OUTER and beside.exists():
                self.report(path, number, f"include {included} by its path from the root of the tree")
        elif not may_use(folder, other):
            self.report(path, number, f"{folder} must not include {other}")

    def check_banned(self, path, text, patterns):
        for pattern, reason in patterns:
            for match in re.finditer(pattern, text):
                self.report(path, text.count("\n", 0, match.start()) + 1, f"{match.group()}: {reason}")

    def cmake_files(self):
        own = [self.root / "CMakeLists.txt", self.root / "CMakePresets.json", *(self.root / "cmake").glob("*")]
        return [f for f in own if f.is_file()] + [f for f in self.files if f.name == "CMakeLists.txt"]

    def check_links(self):
        """The link lines of millrace_module say the same as the includes may."""
        call = re.compile(r"millrace_module\s*\(\s*(\w+)(.*?)\)\s*$", re.DOTALL | re.MULTILINE)
        modules = []
        for file in self.files:
            if file.name == "CMakeLists.txt":
                path = file.relative_to(self.root).as_posix()
                text = without_cmake_comments(file)
                for match in call.finditer(text):
                    modules.append((match.group(1), path, text.count("\n", 0, match.start()) + 1, match.group(2)))
        folders = {name: folder_of(path) for name, path, _, _ in modules}
        for name, path, line, arguments in modules:
            folder = folder_of(path)
            if folder not in OUTER and rule_of(folder) is None:
                self.report(path, line, f"{folder} has no include rule yet: add it to tests/structure/structure.py")
                continue
            for linked in re.findall(r"\bmillrace(?:::|_)(\w+)", arguments):
                if linked in folders and not may_use(folder, folders[linked]):
                    self.report(path, line, f"module {name} ({folder}) must not link {linked} ({folders[linked]})")


def main():
    breaches = Check(sys.argv[1]).run()
    print("\n".join(breaches) or "The tree keeps its structure.")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
