"""Calibrators as scikit-learn 1.9 and SciPy find them: python golden.py > calibrators.csv

Inputs are the numbers of GoldenValues. Lines: what, case, then its numbers.
"""
import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, logsumexp
from sklearn.calibration import _sigmoid_calibration
from sklearn.isotonic import IsotonicRegression

N = 300


def numbers(first, count):
    return np.sin(1.7 * (first + np.arange(count)))


def noise(first, count):
    """The same numbers in an order of their own, as a sine goes with a sine."""
    return numbers(first, count)[7 * np.arange(count) ** 2 % count]


def line(*cells):
    print(",".join(c if isinstance(c, str) else repr(float(c)) for c in cells))


def least(loss, start):
    """The minimum to the last digits: BFGS, then Newton steps with numeric derivatives."""
    x = minimize(loss, start, method="BFGS", options={"gtol": 1e-9}).x
    for _ in range(20):
        h = 1e-4
        e = np.eye(len(x)) * h
        g = np.array([(loss(x + d) - loss(x - d)) / (2 * h) for d in e])
        H = np.array([[(loss(x + a + b) - loss(x + a - b) - loss(x - a + b) + loss(x - a - b)) / (4 * h * h)
                       for b in e] for a in e])
        x = x - np.linalg.solve(H, g)
    return x


x = 3 * numbers(0, N)
y = (2 * noise(5000, N) < 0.6 * x - 0.4).astype(float)
ones = np.ones(N)
w = 1 + 0.5 * noise(9000, N)
w = w * N / w.sum()
cases = {
    "plain": (x, ones, 0.0),
    "weighted": (x, w, 0.0),
    "offset": (x, ones, np.log(0.1)),
    "tied": (np.round(x), w, 0.0),
}
for name, (s, v, o) in cases.items():
    n1, n0 = v[y == 1].sum(), v[y == 0].sum()
    t = np.where(y == 1, (n1 + 1) / (n1 + 2), 1 / (n0 + 2))

    def loss(p):
        z = p[0] * s + p[1] + o
        return (v * (np.logaddexp(0, z) - t * z)).sum()

    def plain(p):
        z = p[0] * s + o
        return (v * (np.logaddexp(0, z) - y * z)).sum()

    line("platt", name, *least(loss, [1.0, -o]))
    if o == 0:
        a, b = _sigmoid_calibration(s, y, sample_weight=v)
        line("platt_sklearn", name, -a, -b)
    line("temperature", name, *least(plain, [1.0]))
    rates = IsotonicRegression().fit(s, y, sample_weight=v).predict(s)
    for rate in np.unique(rates):
        pool = rates == rate
        line("pool", name + "/%d" % list(np.unique(rates)).index(rate),
             v[pool].sum(), rate, np.average(s[pool], weights=v[pool]))

    # The curve: neighbours that are too steep become one, the first ones first.
    pools = [[v[rates == r].sum(), (v * y)[rates == r].sum(), (v * s)[rates == r].sum()] for r in np.unique(rates)]

    def points():
        m = np.array([q[2] / q[0] for q in pools])
        r = np.array([q[1] / q[0] for q in pools])
        low, high = r.copy(), r.copy()
        if r[0] < 1e-12:
            r[0] = min(1 / (pools[0][0] + 2), low[1] / 2)
        if r[-1] > 1 - 1e-12:
            r[-1] = 1 - min(1 / (pools[-1][0] + 2), (1 - high[-2]) / 2)
        return m, np.log(r / (1 - r))

    def steep():
        m, z = points()
        return [i for i in range(len(m) - 1) if z[i + 1] - z[i] > 16 * (m[i + 1] - m[i])]

    while steep():
        i = steep()[0]
        pools[i:i + 2] = [[a + b for a, b in zip(*pools[i:i + 2])]]
    m, z = points()
    q = np.linspace(m[0], m[-1], 7)
    line("curve", name, len(m), *np.interp(q, m, z - o))

classes = 2 * numbers(20000, 3 * N).reshape(N, 3)
labels = np.argmax(classes + 2.5 * noise(30000, 3 * N).reshape(N, 3), axis=1)


def of_classes(p):
    z = p[0] * classes
    return (w * (logsumexp(z, axis=1) - z[np.arange(N), labels])).sum()


line("temperature", "classes", *least(of_classes, [1.0]))
