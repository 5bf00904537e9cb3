package org.mtl4j.serving.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mtl4j.serving.tensor.Signature;
import org.mtl4j.serving.tensor.TensorSpec;
import org.mtl4j.serving.tensor.TensorType;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/** The signatures in a SavedModel's messages. */
final class Signatures {
  private Signatures() {}

  /** Those that requests can ask for: whose inputs and outputs are dense tensors of known types. */
  static SortedMap<String, Signature> of(Map<String, SignatureDef> messages) {
    SortedMap<String, Signature> signatures = new TreeMap<>();
    messages.forEach(
        (name, message) -> {
          SortedMap<String, TensorSpec> inputs = specs(message.getInputsMap());
          SortedMap<String, TensorSpec> outputs = specs(message.getOutputsMap());
          if (inputs.size() == message.getInputsCount()
              && outputs.size() == message.getOutputsCount()) {
            signatures.put(name, new Signature(message.getMethodName(), inputs, outputs));
          }
        });
    return signatures;
  }

  private static SortedMap<String, TensorSpec> specs(Map<String, TensorInfo> messages) {
    SortedMap<String, TensorSpec> specs = new TreeMap<>();
    messages.forEach(
        (name, message) -> {
          Optional<TensorType> type = TensorType.of(message.getDtypeValue());
          if (type.isPresent() && !message.getName().isEmpty()) {
            specs.put(name, new TensorSpec(type.get(), sizes(message), message.getName()));
          }
        });
    return specs;
  }

  private static Optional<List<Long>> sizes(TensorInfo message) {
    TensorShapeProto shape = message.getTensorShape();
    return !message.hasTensorShape() || shape.getUnknownRank()
        ? Optional.empty()
        : Optional.of(shape.getDimList().stream().map(TensorShapeProto.Dim::getSize).toList());
  }
}
