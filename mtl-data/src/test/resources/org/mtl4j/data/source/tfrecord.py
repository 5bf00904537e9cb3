"""The golden file of TfRecordSourceTest, and what stock TensorFlow reads from a file that the test wrote.

Run as: python tfrecord.py FOLDER; FOLDER holds java.tfrecord. The golden bytes in the test were made by TensorFlow 2.21.
"""

import base64
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import tensorflow as tf

folder = sys.argv[1]


def example(**features):
    message = tf.train.Example(features=tf.train.Features(feature=features))
    return message.SerializeToString(deterministic=True)


def ints(*values):
    return tf.train.Feature(int64_list=tf.train.Int64List(value=values))


def floats(*values):
    return tf.train.Feature(float_list=tf.train.FloatList(value=values))


def texts(*values):
    return tf.train.Feature(bytes_list=tf.train.BytesList(value=[v.encode() for v in values]))


records = [
    example(user=ints(7), price=floats(0.1), tags=texts("a", "ü"), seen=ints(1, -1)),
    example(user=ints(-9007199254740993), price=floats(), tags=tf.train.Feature()),
    example(user=ints(9223372036854775807), price=floats(1e20, -0.0, 16777216, float("nan")), tags=texts(" ")),
]
for name, compression in (("golden.tfrecord", ""), ("golden-gzip.tfrecord", "GZIP")):
    with tf.io.TFRecordWriter(os.path.join(folder, name), tf.io.TFRecordOptions(compression_type=compression)) as file:
        for record in records:
            file.write(record)

read = []
for record in tf.data.TFRecordDataset(os.path.join(folder, "java.tfrecord")):
    feature = tf.train.Example.FromString(record.numpy()).features.feature
    row = {}
    for name in feature:
        values = feature[name]
        row[name] = (
            list(values.int64_list.value)
            + list(values.float_list.value)
            + [v.decode() for v in values.bytes_list.value]
        )
    read.append(row)

with open(os.path.join(folder, "golden.tfrecord"), "rb") as file:
    print(base64.b64encode(file.read()).decode())
print(json.dumps(read, sort_keys=True, separators=(",", ":")))
