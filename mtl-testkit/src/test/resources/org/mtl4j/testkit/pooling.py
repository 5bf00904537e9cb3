"""Makes the golden values of weighted pooling: python pooling.py

TensorFlow 2.21's embedding_lookup_sparse pools, in float64, four lists of three vectors by weights
that a formula gives; one weight is 0, and all of the last list's are. It writes, beside itself,
pooling.csv: per combiner the pooled vectors, and the derivatives by the vectors of the sum of the
pooled numbers times factors. The build reads the file and never runs this script.
"""

import csv
import math
import pathlib

import numpy as np
import tensorflow as tf

LISTS, VALUES, DIM = 4, 3, 2


def numbers(first, count):
    """Numbers between -1 and 1 that Java can make too."""
    return np.array([math.sin(1.7 * (first + i)) for i in range(count)])


weights = np.abs(numbers(100, LISTS * VALUES))
weights[4] = 0
weights[9:] = 0
places = [[i // VALUES, i % VALUES] for i in range(LISTS * VALUES)]
ids = tf.SparseTensor(places, tf.range(LISTS * VALUES, dtype=tf.int64), [LISTS, VALUES])
sparse_weights = tf.SparseTensor(places, weights, [LISTS, VALUES])
factors = numbers(200, LISTS * DIM).reshape(LISTS, DIM)
rows = []
for combiner in ["mean", "sum", "sqrtn"]:
    table = tf.Variable(numbers(0, LISTS * VALUES * DIM).reshape(-1, DIM))
    with tf.GradientTape() as tape:
        pooled = tf.nn.embedding_lookup_sparse(table, ids, sparse_weights, combiner=combiner)
        total = tf.reduce_sum(pooled * factors)
    gradient = tf.convert_to_tensor(tape.gradient(total, table))
    rows.append([combiner, "pooled", *pooled.numpy().ravel().tolist()])
    rows.append([combiner, "gradient", *gradient.numpy().ravel().tolist()])
with open(pathlib.Path(__file__).parent / "pooling.csv", "w", newline="") as file:
    csv.writer(file, lineterminator="\n").writerows(rows)
