"""Makes the golden values of quantiles: python quantiles.py

scikit-learn 1.9.1's KBinsDiscretizer cuts numbers, some of which are equal, into buckets of equal
counts, and NumPy 2.4.6 gives their quantiles. It writes, beside itself, quantiles.csv: the numbers;
per number of buckets the cuts between them and the bucket of each number; per number of bins the
different quantiles. The build reads the file and never runs this script.
"""

import csv
import pathlib

import numpy as np
from sklearn.preprocessing import KBinsDiscretizer

# 157 steps: no cut falls on a number, whose bucket then hangs on how NumPy rounds the cut's place.
COUNT = 158


def numbers():
    """A heavy tail, a third of them rounded so that there are ties, and one outlier."""
    draws = np.random.default_rng(5).lognormal(1, 1.5, COUNT) - 2
    draws[::3] = np.round(draws[::3])
    draws[11] = 1e7
    return draws.astype(np.float32).astype(np.float64)


def main():
    x = numbers()
    with open(pathlib.Path(__file__).with_name("quantiles.csv"), "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["numbers", 0, *map(float, x)])
        for buckets in (2, 4, 10, 30):
            bins = KBinsDiscretizer(
                buckets, encode="ordinal", strategy="quantile", quantile_method="linear", subsample=None
            ).fit(x[:, None])
            writer.writerow(["cuts", buckets, *map(float, bins.bin_edges_[0][1:-1])])
            writer.writerow(["ids", buckets, *map(int, bins.transform(x[:, None])[:, 0])])
        for bins in (1, 7, 48):
            edges = np.unique(np.quantile(x, np.linspace(0, 1, bins + 1)))
            writer.writerow(["edges", bins, *map(float, edges)])


main()
