package org.mtl4j.server.warmup;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mtl4j.serving.tensor.TensorValue;

/**
 * A request of a warm-up file; what classifies or regresses gives its examples as an input.
 *
 * @param record its number in the file, from 1, for messages
 * @param signature the signature's name
 * @param inputs tensors by the names of inputs
 * @param outputs those that are wanted; none: all
 */
public record WarmUpRequest(
    int record, String signature, SortedMap<String, TensorValue> inputs, List<String> outputs) {
  /** Copies the containers. */
  public WarmUpRequest {
    inputs = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, TensorValue>) inputs));
    outputs = List.copyOf(outputs);
  }
}
