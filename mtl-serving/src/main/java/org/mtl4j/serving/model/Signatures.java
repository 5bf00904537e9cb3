package org.mtl4j.serving.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mtl4j.serving.tensor.Signature;
import org.mtl4j.serving.tensor.TensorSpec;
import org.mtl4j.serving.tensor.TensorType;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The signatures in a SavedModel's messages.
 *
 * @param served by name those that requests can ask for: whose inputs and outputs are dense tensors
 *     of types that requests and TensorFlow Java have
 * @param refused by name the others, with the reason, a sentence
 */
record Signatures(SortedMap<String, Signature> served, SortedMap<String, String> refused) {
  /** What TensorFlow itself runs when it loads a model; nobody asks for it. */
  private static final String INTERNAL = "__saved_model_";

  Signatures {
    served = Collections.unmodifiableSortedMap(new TreeMap<>(served));
    refused = Collections.unmodifiableSortedMap(new TreeMap<>(refused));
  }

  /** The signatures of messages by name. */
  static Signatures of(Map<String, SignatureDef> messages) {
    SortedMap<String, Signature> served = new TreeMap<>();
    SortedMap<String, String> refused = new TreeMap<>();
    messages.forEach(
        (name, message) -> {
          List<String> reasons = new ArrayList<>();
          SortedMap<String, TensorSpec> inputs = specs("input", message.getInputsMap(), reasons);
          SortedMap<String, TensorSpec> outputs = specs("output", message.getOutputsMap(), reasons);
          if (reasons.isEmpty()) {
            served.put(name, new Signature(message.getMethodName(), inputs, outputs));
          } else if (!name.startsWith(INTERNAL)) {
            refused.put(name, String.join("; ", reasons) + ".");
          }
        });
    return new Signatures(served, refused);
  }

  private static SortedMap<String, TensorSpec> specs(
      String kind, Map<String, TensorInfo> messages, List<String> reasons) {
    SortedMap<String, TensorSpec> specs = new TreeMap<>();
    new TreeMap<>(messages)
        .forEach(
            (name, message) -> {
              Optional<TensorType> type = TensorType.of(message.getDtypeValue());
              Optional<String> reason = reason(message, type);
              reason.ifPresent(text -> reasons.add("%s \"%s\" %s".formatted(kind, name, text)));
              if (reason.isEmpty()) {
                specs.put(
                    name, new TensorSpec(type.orElseThrow(), sizes(message), message.getName()));
              }
            });
    return specs;
  }

  /** Why a tensor cannot be served; empty if it can. */
  private static Optional<String> reason(TensorInfo message, Optional<TensorType> type) {
    if (message.getName().isEmpty()) {
      return Optional.of("is a sparse or composite tensor, which no request can carry");
    }
    if (type.isEmpty()) {
      DataType unknown = message.getDtype();
      return Optional.of(
          "is of type %s, which no request can carry"
              .formatted(
                  unknown == DataType.UNRECOGNIZED ? message.getDtypeValue() : unknown.name()));
    }
    return NativeTensors.has(type.get())
        ? Optional.empty()
        : Optional.of("is of type %s, which TensorFlow Java has not".formatted(type.get().label()));
  }

  private static Optional<List<Long>> sizes(TensorInfo message) {
    TensorShapeProto shape = message.getTensorShape();
    return !message.hasTensorShape() || shape.getUnknownRank()
        ? Optional.empty()
        : Optional.of(shape.getDimList().stream().map(TensorShapeProto.Dim::getSize).toList());
  }
}
