"""Golden values of intervals: numpy and scipy, by the definitions.

/opt/peer/bin/python golden_intervals.py > intervals.csv

DeLong's variance is taken here as in DeLong et al. (1988): the matrix of all pairs, structural components as its
means, numpy.cov of them. The rows are those of a linear congruential generator, which the test repeats.
"""
import numpy as np
from scipy import stats


def rows(n, seed):
    x, out = seed, []
    for _ in range(3 * n):
        x = (1103515245 * x + 12345) % 2**31
        out.append((x >> 8) % 1000)
    u = np.array(out).reshape(n, 3)
    labels = (u[:, 0] < 400).astype(float)
    a = np.round((u[:, 1] / 1000 + labels * 0.3), 1)  # ties
    b = u[:, 2] / 1000 + labels * 0.2
    return labels, a, b


def components(labels, scores):
    x, y = scores[labels == 1], scores[labels == 0]
    psi = (x[:, None] > y[None, :]) + 0.5 * (x[:, None] == y[None, :])
    return psi.mean(axis=1), psi.mean(axis=0), psi.mean()


print("name,value")
for n, seed in ((60, 1), (400, 7)):
    labels, a, b = rows(n, seed)
    v10, v01, auc = zip(*(components(labels, s) for s in (a, b)))
    s = np.cov(np.array(v10)) / (labels == 1).sum() + np.cov(np.array(v01)) / (labels == 0).sum()
    z = stats.norm.ppf(0.975)
    for i, name in enumerate("ab"):
        error = np.sqrt(s[i, i])
        print(f"auc {name} {n},{float(auc[i])!r}")
        print(f"low {name} {n},{float(max(0, auc[i] - z * error))!r}")
        print(f"high {name} {n},{float(min(1, auc[i] + z * error))!r}")
    d = auc[0] - auc[1]
    error = np.sqrt(s[0, 0] + s[1, 1] - 2 * s[0, 1])
    print(f"difference {n},{float(d)!r}")
    print(f"difference low {n},{float(d - z * error)!r}")
    print(f"p {n},{float(2 * stats.norm.sf(abs(d / error)))!r}")
for q in (0.0, 0.1, 0.5, 1.0, 1.959963984540054, 2.5, 2.8284271247461903, 3.0, 5.0, 8.0, 20.0):
    print(f"two-sided {float(q)!r},{float(2 * stats.norm.sf(q))!r}")
