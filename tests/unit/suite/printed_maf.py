"""MaF1 to MaF15, from the formulas as printed. Plain Python floats, one individual and one index at a time, in the
notation (and the index origin) of the paper."""
import math
from fractions import Fraction

from printed_dtlz import dtlz
from printed_wfg import wfg

PI = math.pi


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
