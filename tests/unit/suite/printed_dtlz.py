"""DTLZ and its constrained forms, from the formulas as printed. Plain Python floats,
one individual and one index at a time, in the notation (and the index origin) of the papers."""
import math

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
