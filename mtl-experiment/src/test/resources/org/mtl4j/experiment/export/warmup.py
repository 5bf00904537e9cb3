"""What stock Python TensorFlow makes of an export's warm-up file, as JSON on standard output.

usage: warmup.py EXPORT

The file is read as TensorFlow reads TFRecord files, checksums checked, and each record as a
PredictionLog with the numbers of TensorFlow Serving's definition; then the export answers it.
"""
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import tensorflow as tf
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from tensorflow.core.framework import tensor_pb2

FILE = descriptor_pb2.FileDescriptorProto(
    name="log.proto", package="log", syntax="proto3",
    dependency=[tensor_pb2.DESCRIPTOR.name])


def message(name, *fields):
    FILE.message_type.add(name=name).field.extend(
        descriptor_pb2.FieldDescriptorProto(
            name=field, number=number, type=11 if type_name else 9,
            type_name=type_name or None, label=label)
        for field, number, type_name, label in fields)


message("Spec", ("name", 1, "", 1), ("signature_name", 3, "", 1))
message("Input", ("key", 1, "", 1), ("value", 2, ".tensorflow.TensorProto", 1))
message("Request", ("model_spec", 1, ".log.Spec", 1), ("inputs", 2, ".log.Input", 3),
        ("output_filter", 3, "", 3))
message("Predict", ("request", 1, ".log.Request", 1))
message("PredictionLog", ("predict_log", 6, ".log.Predict", 1))
POOL = descriptor_pool.DescriptorPool()
for dependency in ("tensor_shape", "types", "resource_handle", "tensor"):
    module = __import__("tensorflow.core.framework." + dependency + "_pb2", fromlist=["DESCRIPTOR"])
    POOL.AddSerializedFile(module.DESCRIPTOR.serialized_pb)
POOL.Add(FILE)
LOG = message_factory.GetMessageClass(POOL.FindMessageTypeByName("log.PredictionLog"))

model = tf.saved_model.load(sys.argv[1])
answers = []
for record in tf.data.TFRecordDataset(
        os.path.join(sys.argv[1], "assets.extra", "tf_serving_warmup_requests")):
    request = LOG.FromString(record.numpy()).predict_log.request
    feeds = {}
    for entry in request.inputs:
        tensor = tensor_pb2.TensorProto.FromString(entry.value.SerializeToString())
        feeds[entry.key] = tf.constant(tf.make_ndarray(tensor))
    outputs = model.signatures[request.model_spec.signature_name](**feeds)
    answers.append({
        "signature": request.model_spec.signature_name,
        "rows": len(next(iter(feeds.values()))),
        "outputs": {name: tensor.numpy().ravel().tolist() for name, tensor in outputs.items()}})
print(json.dumps(answers))
