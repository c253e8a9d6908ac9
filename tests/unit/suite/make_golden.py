#!/usr/bin/env python3
"""Writes golden_*.csv of the benchmark suite: x, objectives and constraints from the formulas as printed.

Plain Python floats, one individual and one index at a time, in the notation (and the index origin) of the papers.
Usage: make_golden.py [FOLDER]   (default: the folder of this file)
"""
import math
import os
import random
import sys
from fractions import Fraction

PI = math.pi


def one_based(values):
    return [None] + list(values)


# --- Deb, Thiele, Laumanns, Zitzler: Scalable test problems for evolutionary multiobjective optimization (2005) ------

def dtlz(number, x, M):
    n = len(x)
    k = n - M + 1
    x = one_based(x)
    x_M = x[n - k + 1:]

    def spherical(theta, g):
        f = []
        for m in range(1, M + 1):
            value = 1.0 + g
            for i in range(1, M - m + 1):
                value *= math.cos(theta[i])
            if m > 1:
                value *= math.sin(theta[M - m + 1])
            f.append(value)
        return f

    g13 = 100 * (k + sum((v - 0.5) ** 2 - math.cos(20 * PI * (v - 0.5)) for v in x_M))
    g245 = sum((v - 0.5) ** 2 for v in x_M)
    if number == 1:
        f = []
        for m in range(1, M + 1):
            value = 0.5 * (1 + g13)
            for i in range(1, M - m + 1):
                value *= x[i]
            if m > 1:
                value *= 1 - x[M - m + 1]
            f.append(value)
        return f
    if number == 2:
        return spherical(one_based(v * PI / 2 for v in x[1:]), g245)
    if number == 3:
        return spherical(one_based(v * PI / 2 for v in x[1:]), g13)
    if number == 4:
        return spherical(one_based(math.pow(v, 100) * PI / 2 for v in x[1:]), g245)
    if number in (5, 6):
        g = g245 if number == 5 else sum(math.pow(v, 0.1) for v in x_M)
        theta = [PI / (4 * (1 + g)) * (1 + 2 * g * v) for v in x[1:]]
        theta[0] = x[1] * PI / 2
        return spherical(one_based(theta), g)
    g = 1 + 9 / len(x_M) * sum(x_M)
    h = M - sum(v / (1 + g) * (1 + math.sin(3 * PI * v)) for v in x[1:M])
    return x[1:M] + [(1 + g) * h]


def convex_dtlz2(x, M):
    f = dtlz(2, x, M)
    return [v ** 4 for v in f[:-1]] + [f[-1] ** 2]


def scaled(f, base):
    return [v * base ** i for i, v in enumerate(f)]


# --- Jain, Deb: NSGA-III, part II (2014); c(x) >= 0 there, g = -c here -----------------------------------------------

C1_DTLZ3_R = {2: 9, 3: 9, 5: 12.5, 8: 12.5, 10: 15, 15: 15}
C2_DTLZ2_R = {2: 0.2, 3: 0.4}
CONVEX_R = {2: 0.225, 3: 0.225, 5: 0.225, 8: 0.26, 10: 0.26, 15: 0.27}


def c1_dtlz1(f):
    return [-(1 - f[-1] / 0.6 - sum(v / 0.5 for v in f[:-1]))]


def c1_dtlz3(f):
    total = sum(v ** 2 for v in f)
    return [-(total - 16) * (total - C1_DTLZ3_R[len(f)] ** 2)]


def c2_dtlz2(f):
    M = len(f)
    r = C2_DTLZ2_R.get(M, 0.5)
    corners = min((f[i] - 1) ** 2 + sum(f[j] ** 2 for j in range(M) if j != i) - r ** 2 for i in range(M))
    centre = sum((v - 1 / math.sqrt(M)) ** 2 for v in f) - r ** 2
    return [min(corners, centre)]


def convex_c2_dtlz2(f):
    mean = sum(f) / len(f)
    return [-(sum((v - mean) ** 2 for v in f) - CONVEX_R[len(f)] ** 2)]


def c3_dtlz1(f):
    return [-(sum(v for i, v in enumerate(f) if i != j) + f[j] / 0.5 - 1) for j in range(len(f))]


def c3_dtlz4(f):
    return [-(f[j] ** 2 / 4 + sum(v ** 2 for i, v in enumerate(f) if i != j) - 1) for j in range(len(f))]


# --- Huband, Hingston, Barone, While: A review of multiobjective test problems ... (2006) ----------------------------

def correct(v):
    return min(max(v, 0.0), 1.0)


def b_poly(y, alpha):
    return correct(y ** alpha)


def b_flat(y, A, B, C):
    return correct(A + min(0, math.floor(y - B)) * A * (B - y) / B
                   - min(0, math.floor(C - y)) * (1 - A) * (y - C) / (1 - C))


def b_param(y, u, A, B, C):
    v = A - (1 - 2 * u) * abs(math.floor(0.5 - u) + A)
    return correct(y ** (B + (C - B) * v))


def s_linear(y, A):
    return correct(abs(y - A) / abs(math.floor(A - y) + A))


def s_decept(y, A, B, C):
    left = math.floor(y - A + B) * (1 - C + (A - B) / B) / (A - B)
    right = math.floor(A + B - y) * (1 - C + (1 - A - B) / B) / (1 - A - B)
    return correct(1 + (abs(y - A) - B) * (left + right + 1 / B))


def s_multi(y, A, B, C):
    q = abs(y - C) / (2 * (math.floor(C - y) + C))
    return correct((1 + math.cos((4 * A + 2) * PI * (0.5 - q)) + 4 * B * q ** 2) / (B + 2))


def r_sum(y, w):
    return correct(sum(a * b for a, b in zip(y, w)) / sum(w))


def r_nonsep(y, A):
    n = len(y)
    total = 0.0
    for j in range(n):
        total += y[j]
        for k in range(A - 1):
            total += abs(y[j] - y[(1 + j + k) % n])
    half = math.ceil(A / 2)
    return correct(total / (n / A * half * (1 + 2 * A - 2 * half)))


def linear(x, m, M):
    value = 1.0
    for i in range(M - m):
        value *= x[i]
    return value * (1 - x[M - m]) if m > 1 else value


def convex(x, m, M):
    value = 1.0
    for i in range(M - m):
        value *= 1 - math.cos(x[i] * PI / 2)
    return value * (1 - math.sin(x[M - m] * PI / 2)) if m > 1 else value


def concave(x, m, M):
    value = 1.0
    for i in range(M - m):
        value *= math.sin(x[i] * PI / 2)
    return value * math.cos(x[M - m] * PI / 2) if m > 1 else value


def mixed(x, A, alpha):
    return (1 - x[0] - math.cos(2 * A * PI * x[0] + PI / 2) / (2 * A * PI)) ** alpha


def disc(x, A, alpha, beta):
    return 1 - x[0] ** alpha * math.cos(A * x[0] ** beta * PI) ** 2


def groups(y, k, M, reduce):
    size = k // (M - 1)
    return [reduce(y[i * size:(i + 1) * size], range(i * size, (i + 1) * size)) for i in range(M - 1)]


def wfg(number, z, M, k):
    n = len(z)
    y = [z[i] / (2 * (i + 1)) for i in range(n)]
    mean = lambda v, _: r_sum(v, [1.0] * len(v))
    weighted = lambda v, index: r_sum(v, [2.0 * (i + 1) for i in index])
    tangled = lambda v, _: r_nonsep(v, len(v))
    param = (0.98 / 49.98, 0.02, 50)
    shift = lambda v: v[:k] + [s_linear(a, 0.35) for a in v[k:]]
    if number == 1:
        y = shift(y)
        y = y[:k] + [b_flat(v, 0.8, 0.75, 0.85) for v in y[k:]]
        y = [b_poly(v, 0.02) for v in y]
        t = groups(y, k, M, weighted) + [weighted(y[k:], range(k, n))]
    elif number in (2, 3):
        y = shift(y)
        pairs = [r_nonsep(y[i:i + 2], 2) for i in range(k, n, 2)]
        t = groups(y, k, M, mean) + [mean(pairs, None)]
    elif number in (4, 5):
        change = (lambda v: s_multi(v, 30, 10, 0.35)) if number == 4 else (lambda v: s_decept(v, 0.35, 0.001, 0.05))
        y = [change(v) for v in y]
        t = groups(y, k, M, mean) + [mean(y[k:], None)]
    elif number == 6:
        y = shift(y)
        t = groups(y, k, M, tangled) + [tangled(y[k:], None)]
    elif number == 7:
        y = [b_param(y[i], mean(y[i + 1:], None), *param) if i < k else y[i] for i in range(n)]
        y = shift(y)
        t = groups(y, k, M, mean) + [mean(y[k:], None)]
    elif number == 8:
        y = [y[i] if i < k else b_param(y[i], mean(y[:i], None), *param) for i in range(n)]
        y = shift(y)
        t = groups(y, k, M, mean) + [mean(y[k:], None)]
    else:
        y = [b_param(y[i], mean(y[i + 1:], None), *param) if i < n - 1 else y[i] for i in range(n)]
        y = [s_decept(v, 0.35, 0.001, 0.05) for v in y[:k]] + [s_multi(v, 30, 95, 0.35) for v in y[k:]]
        t = groups(y, k, M, tangled) + [tangled(y[k:], None)]
    A = [1] * (M - 1) if number != 3 else [1] + [0] * (M - 2)
    x = [max(t[-1], A[i]) * (t[i] - 0.5) + 0.5 for i in range(M - 1)] + [t[-1]]
    shape = convex if number <= 2 else linear if number == 3 else concave
    h = [shape(x, m, M) for m in range(1, M + 1)]
    if number == 1:
        h[-1] = mixed(x, 5, 1)
    if number == 2:
        h[-1] = disc(x, 5, 1, 1)
    return [x[-1] + 2 * (m + 1) * h[m] for m in range(M)]


# --- Zitzler, Deb, Thiele: Comparison of multiobjective evolutionary algorithms (2000) -------------------------------

def zdt(number, x):
    n = len(x)
    f1 = x[0] if number != 6 else 1 - math.exp(-4 * x[0]) * math.sin(6 * PI * x[0]) ** 6
    if number == 4:
        g = 1 + 10 * (n - 1) + sum(v ** 2 - 10 * math.cos(4 * PI * v) for v in x[1:])
    elif number == 6:
        g = 1 + 9 * (sum(x[1:]) / (n - 1)) ** 0.25
    else:
        g = 1 + 9 * sum(x[1:]) / (n - 1)
    if number in (1, 4):
        h = 1 - math.sqrt(f1 / g)
    elif number == 3:
        h = 1 - math.sqrt(f1 / g) - f1 / g * math.sin(10 * PI * f1)
    else:
        h = 1 - (f1 / g) ** 2
    return [f1, g * h]


def zdt5(strings):
    def v(ones):
        return 2 + ones if ones < 5 else 1

    f1 = 1 + strings[0].count("1")
    return [float(f1), sum(v(string.count("1")) for string in strings[1:]) / f1]


# --- Cheng, Li, Tian, Zhang, Yang, Jin, Yao: A benchmark test suite for evolutionary many-objective optimization (2017)

def maf_sphere(theta, M):
    return [math.prod(math.cos(t) for t in theta[:M - m]) * (math.sin(theta[M - m]) if m > 1 else 1)
            for m in range(1, M + 1)]


def maf_plane(x, M):
    return [math.prod(x[:M - m]) * (1 - x[M - m] if m > 1 else 1) for m in range(1, M + 1)]


def maf_vertices(M):
    return [(math.cos(PI / 2 - 2 * PI * i / M), math.sin(PI / 2 - 2 * PI * i / M)) for i in range(1, M + 1)]


def maf_line_distance(x, p, q):
    """Exact up to the division: near the line the two products of 1e8 would leave nothing."""
    (a, b), (c, d), (e, f) = [tuple(map(Fraction, v)) for v in (x, p, q)]
    return abs(float((c - a) * (f - b) - (e - a) * (d - b))) / math.dist(p, q)


def maf_large(number, x, M):
    D = len(x)
    c, shares = 0.1, []
    for _ in range(M):
        c = 3.8 * c * (1 - c)
        shares.append(c)
    sizes = [math.floor(c / sum(shares) * (D - M + 1) / 2) for c in shares]
    bend = (lambda j: j / D) if number == 14 else (lambda j: math.cos(j / D * PI / 2))
    linked = [(1 + bend(j)) * x[j - 1] - 10 * x[0] for j in range(M, D + 1)]
    rastrigin = lambda v: sum(a * a - 10 * math.cos(2 * PI * a) + 10 for a in v)
    rosenbrock = lambda v: sum(100 * (a * a - b) ** 2 + (a - 1) ** 2 for a, b in zip(v, v[1:]))
    griewank = lambda v: sum(a * a for a in v) / 4000 - math.prod(
        math.cos(a / math.sqrt(i + 1)) for i, a in enumerate(v)) + 1
    sphere = lambda v: sum(a * a for a in v)
    functions = (rastrigin, rosenbrock) if number == 14 else (griewank, sphere)
    G, begin = [], 0
    for i, size in enumerate(sizes):
        parts = [linked[begin + p * size:begin + (p + 1) * size] for p in range(2)]
        G.append(sum(functions[i % 2](part) for part in parts) / size / 2)
        begin += 2 * size
    if number == 14:
        return [(1 + g) * s for g, s in zip(G, maf_plane(x, M))]
    return [(1 + g + h) * (1 - s) for g, h, s in zip(G, G[1:] + [0], maf_sphere([v * PI / 2 for v in x], M))]


def maf(number, x, M):
    D = len(x)
    x_M = x[M - 1:]
    g = sum((v - 0.5) ** 2 for v in x_M)
    waves = 100 * (D - M + 1 + sum((v - 0.5) ** 2 - math.cos(20 * PI * (v - 0.5)) for v in x_M))
    if number == 1:
        return [(1 + g) * (1 - s) for s in maf_plane(x, M)]
    if number == 2:
        size = (D - M + 1) // M
        parts = [x[M - 1 + m * size:M - 1 + (m + 1) * size] for m in range(M - 1)] + [x[M - 1 + (M - 1) * size:]]
        g = [sum((v / 2 + 0.25 - 0.5) ** 2 for v in part) for part in parts]
        return [(1 + a) * s for a, s in zip(g, maf_sphere([PI / 2 * (v / 2 + 0.25) for v in x], M))]
    if number == 3:
        f = [(1 + waves) * s for s in maf_sphere([v * PI / 2 for v in x], M)]
        return [v ** 4 for v in f[:-1]] + [f[-1] ** 2]
    if number == 4:
        f = [(1 + waves) * (1 - s) for s in maf_sphere([v * PI / 2 for v in x], M)]
        return [2 ** (m + 1) * v for m, v in enumerate(f)]
    if number == 5:
        f = [(1 + g) * s for s in maf_sphere([v ** 100 * PI / 2 for v in x], M)]
        return [2 ** (M - m) * v for m, v in enumerate(f)]
    if number == 6:
        theta = [x[0] * PI / 2] + [PI / (4 * (1 + g)) * (1 + 2 * g * v) for v in x[1:M - 1]]
        return [(1 + 100 * g) * s for s in maf_sphere(theta, M)]
    if number == 7:
        return dtlz(7, x, M)
    if number == 8:
        return [math.dist(x, p) for p in maf_vertices(M)]
    if number == 9:
        points = maf_vertices(M)
        return [maf_line_distance(x, p, q) for p, q in zip(points, points[1:] + points[:1])]
    if number in (10, 11, 12):
        return wfg({10: 1, 11: 2, 12: 9}[number], x, M, M - 1)
    if number == 13:
        y = {j: x[j - 1] - 2 * x[1] * math.sin(2 * PI * x[0] + j * PI / D) for j in range(1, D + 1)}
        mean = lambda J: 2 * sum(y[j] ** 2 for j in J) / len(J)
        f = [math.sin(x[0] * PI / 2) + mean(range(4, D + 1, 3)),
             math.cos(x[0] * PI / 2) * math.sin(x[1] * PI / 2) + mean(range(5, D + 1, 3)),
             math.cos(x[0] * PI / 2) * math.cos(x[1] * PI / 2) + mean(range(3, D + 1, 3))]
        return f + [f[0] ** 2 + f[1] ** 10 + f[2] ** 10 + mean(range(4, D + 1))] * (M - 3)
    return maf_large(number, x, M)


def maf_box(number, M):
    """Lower and upper bounds at the size of the competition."""
    if number in (8, 9):
        return [-10000.0] * 2, [10000.0] * 2
    if number == 13:
        return [0.0] * 2 + [-2.0] * 3, [1.0] * 2 + [2.0] * 3
    if number in (14, 15):
        return [0.0] * 20 * M, [1.0] * (M - 1) + [10.0] * (19 * M + 1)
    n = M + 19 if number == 7 else M + 9
    return [0.0] * n, [2.0 * (i + 1) if number in (10, 11, 12) else 1.0 for i in range(n)]


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


# --- Ray, Tai, Seow: Multiobjective design optimization by an evolutionary algorithm (2001) --------------------------

def water(x):
    a, b, c = x
    f = [106780.37 * (b + c) + 61704.67, 3000 * a, 305700 * 2289 * b / (0.06 * 2289) ** 0.65,
         250 * 2289 * math.exp(-39.75 * b + 9.9 * c + 2.74), 25 * (1.39 / (a * b) + 4940 * c - 80)]
    g = [0.00139 / (a * b) + 4.94 * c - 0.08 - 1, 0.000306 / (a * b) + 1.082 * c - 0.0986 - 1,
         12.307 / (a * b) + 49408.24 * c + 4051.02 - 50000, 2.098 / (a * b) + 8046.33 * c - 696.71 - 16000,
         2.138 / (a * b) + 7883.39 * c - 705.04 - 10000, 0.417 * a * b + 1721.26 * c - 136.54 - 2000,
         0.164 / (a * b) + 631.13 * c - 54.48 - 550]
    return f, g


# --- The files -------------------------------------------------------------------------------------------------------

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
