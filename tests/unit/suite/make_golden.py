#!/usr/bin/env python3
"""Writes golden_*.csv of the benchmark suite: x, objectives and constraints from the formulas as printed.

The formulas are in printed_*.py, a family each.
Usage: make_golden.py [FOLDER]   (default: the folder of this file)
"""
import os
import random
import sys

sys.dont_write_bytecode = True  # the formulas are modules beside this file

from printed_dtlz import (c1_dtlz1, c1_dtlz3, c2_dtlz2, c3_dtlz1, c3_dtlz4, convex_c2_dtlz2, convex_dtlz2, dtlz,
                          scaled)
from printed_maf import maf, maf_box
from printed_wfg import wfg
from printed_zdt import water, zdt, zdt5


def decisions(draw, lower, upper, count):
    """Corners, the middle, a mixed corner, a point near the optimum of DTLZ and WFG, then random ones."""
    n = len(lower)
    share = [[0.0] * n, [1.0] * n, [0.5] * n, [float(i % 2) for i in range(n)],
             [0.25 if i < n // 2 else 0.3499 for i in range(n)]]
    share += [[draw.random() for _ in range(n)] for _ in range(count)]
    return [[lo + s * (up - lo) for s, lo, up in zip(row, lower, upper)] for row in share]


def bit_strings(draw, count):
    """A string of 30 bits and ten of 5, among them the ends of the front and the deceptive attractor."""
    yield ["0" * 30] + ["1" * 5] * 10
    yield ["1" * 30] + ["1" * 5] * 10
    yield ["0" * 30] + ["0" * 5] * 10
    for _ in range(count):
        share = draw.choice([0.2, 0.5, 0.8, 1.0])
        yield ["".join("1" if draw.random() < share else "0" for _ in range(n)) for n in [30] + [5] * 10]


def maf_cases(draw):
    for M in (2, 3, 5, 8, 10, 15):
        for number in range(1, 16):
            if M == 2 and number in (8, 9, 13):
                continue
            lower, upper = maf_box(number, M)
            points = decisions(draw, lower, upper, 2 if M <= 5 else 1)
            if number in (8, 9):
                points += [[draw.uniform(-2, 2), draw.uniform(-2, 2)] for _ in range(3)]
            for x in points if M in (2, 3, 5) or number not in (7, 14, 15) else points[2:]:
                yield "maf%d" % number, x, maf(number, x, M), []


def write(folder, file, cases):
    with open(os.path.join(folder, "golden_" + file + ".csv"), "w") as out:
        out.write("# x, objectives and constraints (g <= 0) from the printed formulas: make_golden.py, plain floats\n")
        out.write("# problem;x;f;g\n")
        text = lambda values: " ".join(repr(v) for v in values)
        for name, x, f, g in cases:
            out.write(";".join([name, text(x), text(f), text(g)]) + "\n")


def main(folder):
    draw = random.Random(20140418)
    free, bound, walking, pairs, rain = [], [], [], [], []
    constrained = {"c1-dtlz1": (1, c1_dtlz1), "c1-dtlz3": (3, c1_dtlz3), "c2-dtlz2": (2, c2_dtlz2),
                   "c3-dtlz1": (1, c3_dtlz1), "c3-dtlz4": (4, c3_dtlz4)}
    bases = {"scaled-dtlz1": (1, {3: 10, 8: 3, 10: 2, 15: 1.2}), "scaled-dtlz2": (2, {3: 10, 8: 3, 10: 3, 15: 2})}
    for M in (2, 3, 5, 8, 10, 15):
        randoms = 3 if M <= 5 else 1
        for number in range(1, 8):
            n = M - 1 + {1: 5, 7: 20}.get(number, 10)
            for x in decisions(draw, [0.0] * n, [1.0] * n, randoms):
                free.append(("dtlz%d" % number, x, dtlz(number, x, M), []))
        n = M + 9
        for x in decisions(draw, [0.0] * n, [1.0] * n, randoms):
            f = convex_dtlz2(x, M)
            free.append(("convex-dtlz2", x, f, []))
            bound.append(("convex-c2-dtlz2", x, f, convex_c2_dtlz2(f)))
        for name, (number, constraint) in constrained.items():
            n = M - 1 + (5 if number == 1 else 10)
            for x in decisions(draw, [0.0] * n, [1.0] * n, randoms):
                f = dtlz(number, x, M)
                bound.append((name, x, f, constraint(f)))
        for name, (number, base) in bases.items():
            n = M - 1 + (5 if number == 1 else 10)
            for x in decisions(draw, [0.0] * n, [1.0] * n, randoms) if M in base else []:
                free.append((name, x, scaled(dtlz(number, x, M), base[M]), []))
        for number in range(1, 10) if M not in (8, 10) else ():
            k = 4 if M == 2 else 2 * (M - 1)
            n = k + 20
            for z in decisions(draw, [0.0] * n, [2.0 * (i + 1) for i in range(n)], randoms):
                walking.append(("wfg%d" % number, z, wfg(number, z, M, k), []))
    for number in (1, 2, 3, 4, 6):
        n = 30 if number < 4 else 10
        lower, upper = ([0.0] + [-5.0] * 9, [1.0] + [5.0] * 9) if number == 4 else ([0.0] * n, [1.0] * n)
        for x in decisions(draw, lower, upper, 10):
            pairs.append(("zdt%d" % number, x, zdt(number, x), []))
    for x in decisions(draw, [0.01, 0.01, 0.01], [0.45, 0.10, 0.10], 25):
        f, g = water(x)
        rain.append(("water", x, f, g))
        rain.append(("re61", x, f + [sum(max(0.0, v) for v in g)], []))
    for strings in bit_strings(draw, 12):
        pairs.append(("zdt5", [int(bit) for bit in "".join(strings)], zdt5(strings), []))
    for file, cases in (("dtlz", free), ("constrained_dtlz", bound), ("wfg", walking), ("zdt", pairs), ("water", rain)):
        write(folder, file, cases)
    write(folder, "maf", maf_cases(random.Random(20170207)))


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] in ("-h", "--help"):
        print(__doc__)
    else:
        main(sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__)))
