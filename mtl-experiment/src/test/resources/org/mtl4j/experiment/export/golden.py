"""Predictions of an export by stock Python TensorFlow, as JSON on standard output.

usage: golden.py EXPORT ROWS.json

golden.json beside this file was made so, with TensorFlow 2.21, from the export of GoldenModel.
"""
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tensorflow as tf

model = tf.saved_model.load(sys.argv[1])
rows = json.load(open(sys.argv[2], encoding="utf-8"))
signature = model.signatures["serving_default"]
feeds = {}
for name, spec in signature.structured_input_signature[1].items():
    values = [row.get(name) for row in rows]
    if spec.dtype == tf.string:
        # As objects: numpy's own texts lose a NUL at their end.
        feeds[name] = tf.constant(np.array(["" if v is None else v for v in values], object))
    else:
        feeds[name] = tf.constant(np.array([np.nan if v is None else v for v in values], np.float32))
outputs = {name: tensor.numpy().tolist() for name, tensor in signature(**feeds).items()}
print(json.dumps(outputs))
