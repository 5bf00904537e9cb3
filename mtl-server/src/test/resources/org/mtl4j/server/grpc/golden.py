# Writes golden_messages.tsv: what the Python of TensorFlow 2.21 makes of values.
#   python golden.py > golden_messages.tsv
import base64
import numpy as np
import tensorflow as tf
def put(kind, message, expected):
    print("\t".join([kind, expected, base64.b64encode(message.SerializeToString(deterministic=True)).decode()]))
def tensor(name, array, dtype=None, shape=None, values=None):
    proto = tf.make_tensor_proto(array, dtype=dtype, shape=shape)
    got = tf.make_ndarray(proto)
    dims = ",".join(str(d) for d in got.shape)
    if got.dtype == object:
        text = " ".join(base64.b64encode(v).decode() or "-" for v in got.reshape(-1))
    else:
        raw = np.ascontiguousarray(got).astype(got.dtype.newbyteorder("<")).tobytes()
        text = raw.hex()
    put("tensor", proto, name + "[" + dims + "] " + text)
tensor("float", [1.0, 2.5, 80.0])
tensor("float", np.array([[0.1, 1e-45], [3.4028235e38, -0.0]], np.float32))
tensor("float", np.array([np.nan, np.inf, -np.inf], np.float32))
tensor("float", 1.5, dtype=tf.float32, shape=[2, 3])
tensor("float", np.float32(7))
tensor("float", np.zeros((0,), np.float32))
tensor("float", np.zeros((2, 0), np.float32))
tensor("double", np.array([0.1, 1e300]))
tensor("double", 2.5, dtype=tf.float64)
tensor("half", np.array([0.5, 65504, -2], np.float16))
tensor("half", 0.5, dtype=tf.float16, shape=[3])
tensor("bfloat16", tf.constant([0.5, 1e30], tf.bfloat16).numpy())
tensor("bfloat16", 3.0, dtype=tf.bfloat16, shape=[2])
tensor("int32", np.array([-2147483648, 2147483647], np.int32))
tensor("int32", -5, dtype=tf.int32, shape=[4])
tensor("int64", np.array([[-2**63, 2**63 - 1]], np.int64))
tensor("int64", 9, dtype=tf.int64, shape=[2])
tensor("uint8", np.array([0, 255], np.uint8))
tensor("uint8", 200, dtype=tf.uint8, shape=[3])
tensor("uint16", np.array([0, 65535], np.uint16))
tensor("bool", np.array([True, False, True]))
tensor("bool", True, dtype=tf.bool, shape=[2])
tensor("string", [b"", b"\x00\xff", "Zürich 東京".encode()])
tensor("string", b"a", dtype=tf.string, shape=[])
tensor("string", [[b"a", b"b"], [b"c", b"d"]])
def example(expected, **features):
    f = {}
    for k, v in features.items():
        if isinstance(v[0], float): f[k] = tf.train.Feature(float_list=tf.train.FloatList(value=v))
        elif isinstance(v[0], int): f[k] = tf.train.Feature(int64_list=tf.train.Int64List(value=v))
        else: f[k] = tf.train.Feature(bytes_list=tf.train.BytesList(value=v))
    put("example", tf.train.Example(features=tf.train.Features(feature=f)), expected)
half = np.float32(0.5)
for x in [80.0, 0.1, -3.25, 1e-30, 16777216.0]:
    y = np.float32(x) * half + np.float32(2)
    example(str(y), x=[x])
example("2.0", other=[1.0, 2.0], city=["Zürich".encode()], ids=[1, -1])
example("3.0", x=[2.0], city=[b"\xff"], ids=[2**62])
