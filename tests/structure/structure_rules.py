"""Shows that structure.py can fail: every rule is broken once in a small tree, and once kept."""

import pathlib
import tempfile
import unittest

from structure import HEADER_LINES, SOURCE_LINES, Check

HEADER = "#pragma once\n"


def breaches(files):
    """What structure.py says of a tree made of {path: text}."""
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            file = pathlib.Path(root, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        return Check(root).run()


class Structure(unittest.TestCase):
    def assert_breach(self, files, expected):
        found = breaches(files)
        self.assertEqual(len(found), 1, found)
        self.assertIn(expected, found[0])

    def assert_clean(self, files):
        self.assertEqual(breaches(files), [])

    def test_includes_follow_the_table(self):
        self.assert_clean({"engine/select/a.hpp": HEADER + '#include "engine/data/b.hpp"\n#include <vector>\n'})
        self.assert_clean({"problems/suite/a.hpp": HEADER + '#include "problems/suite/dtlz/b.hpp"\n'})
        self.assert_clean({"cli/a.cpp": '#include "problems/urban/b.hpp"\n#include "engine/run/c.hpp"\n'})
        self.assert_clean({"tests/unit/a.cpp": '#include "tests/reference/b.hpp"\n#include "cli/c.hpp"\n'})
        for folder, other in [
            ("engine/data", "engine/parallel"),
            ("engine/select", "engine/problem"),
            ("engine/run", "cli"),
            ("engine/algorithm", "engine/run"),
            ("operators", "engine/select"),
            ("operators", "tests/reference"),
            ("problems/urban", "problems/suite"),
            ("problems/urban", "engine/select"),
            ("cli", "tests/unit"),
            ("bench/kernel", "cli"),
        ]:
            with self.subTest(folder=folder, other=other):
                self.assert_breach({f"{folder}/a.hpp": f'{HEADER}#include "{other}/b.hpp"\n'}, "must not include")
                self.assert_breach({f"{folder}/a.hpp": f"{HEADER}# include <{other}/b.hpp>\n"}, "a.hpp:2: ")

    def test_an_include_in_a_comment_is_none(self):
        self.assert_clean({"engine/data/a.cpp": '// #include "cli/b.hpp"\n/*\n#include "cli/b.hpp"\n*/\n'})

    def test_includes_are_written_from_the_root(self):
        self.assert_breach({"operators/a.cpp": '#include "b.hpp"\n', "operators/b.hpp": HEADER}, "from the root")

    def test_a_new_folder_needs_a_rule(self):
        self.assert_breach({"engine/novel/a.cpp": "\n"}, "no include rule")

    def test_links_follow_the_table(self):
        data = {"engine/data/CMakeLists.txt": "millrace_module(data SOURCES a.cpp)\n"}
        select = "millrace_module(select\n  SOURCES a.cpp\n  LINKS millrace::data fmt::fmt $<BUILD_INTERFACE:x>)\n"
        self.assert_clean(data | {"engine/select/CMakeLists.txt": select})
        upward = "set(x 1)\nmillrace_module(data SOURCES a.cpp PRIVATE_LINKS millrace::select)\n"
        self.assert_breach({"engine/data/CMakeLists.txt": upward, "engine/select/CMakeLists.txt": select},
                           "engine/data/CMakeLists.txt:2: module data")
        self.assert_clean({"engine/data/CMakeLists.txt": "# " + upward.split("\n")[1],
                           "engine/select/CMakeLists.txt": select})

    def test_sizes(self):
        for path, limit in [("cli/a.hpp", HEADER_LINES), ("cli/a.cpp", SOURCE_LINES), ("tests/a.hpp", SOURCE_LINES)]:
            self.assert_clean({path: HEADER + "\n" * (limit - 2)})
            self.assert_breach({path: HEADER + "\n" * (limit - 1)}, f"fewer than {limit}")

    def test_headers_are_guarded(self):
        self.assert_breach({"cli/a.hpp": "// #pragma once\n"}, "#pragma once")
        self.assert_clean({"operators/sbx-inl.h": "#if defined(A) == defined(HWY_TARGET_TOGGLE)\n#endif\n"})

    def test_names(self):
        for name in ["utils.cpp", "string_utils.cpp", "helpers.hpp", "common.cpp", "run_manager.hpp"]:
            self.assert_breach({f"cli/{name}": HEADER}, "name the idea")
        self.assert_clean({"cli/utility_of_water.cpp": "\n"})

    def test_banned_code(self):
        for text in ["std::hash<int> h;", "std::uniform_real_distribution<double> u;", "#include <random>"]:
            self.assert_breach({"operators/a.cpp": text + "\n"}, "operators/a.cpp:1: ")
            self.assert_clean({"operators/a.cpp": f"// {text}\n"})
        self.assert_clean({"tests/unit/a.cpp": "#include <random>\n"})

    def test_banned_flags(self):
        for flag in ["-march=native", "-ffast-math", "-Ofast"]:
            for path in ["CMakeLists.txt", "cmake/modules.cmake", "operators/CMakeLists.txt", "CMakePresets.json"]:
                self.assert_breach({path: f"x({flag})\n"}, f"{path}:1: {flag}")
            self.assert_clean({"CMakeLists.txt": f"# no {flag}\n"})


if __name__ == "__main__":
    unittest.main()
