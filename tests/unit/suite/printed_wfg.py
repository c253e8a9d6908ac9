"""WFG1 to WFG9, from the formulas as printed. Plain Python floats, one individual and one index at a time, in the
notation (and the index origin) of the paper."""
import math

PI = math.pi


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
