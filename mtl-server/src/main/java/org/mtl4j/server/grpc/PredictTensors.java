package org.mtl4j.server.grpc;

import java.util.List;
import java.util.SortedMap;
import org.mtl4j.serving.tensor.TensorValue;

/**
 * What a request to predict comes to.
 *
 * @param inputs by name: those of the signature, of its types and shapes
 * @param outputs names of those that are wanted, each once
 */
public record PredictTensors(SortedMap<String, TensorValue> inputs, List<String> outputs) {
  /** Copies the names. */
  public PredictTensors {
    outputs = List.copyOf(outputs);
  }
}
