"""ZDT and the water problem, from the formulas as printed. Plain Python floats, one individual and one index at a
time, in the notation (and the index origin) of the papers."""
import math

PI = math.pi


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
