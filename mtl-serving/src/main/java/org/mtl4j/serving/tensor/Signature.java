package org.mtl4j.serving.tensor;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One of the functions of a SavedModel.
 *
 * @param method what it is for, such as {@code tensorflow/serving/predict}
 * @param inputs by name, in its order
 * @param outputs by name, in its order
 */
public record Signature(
    String method, SortedMap<String, TensorSpec> inputs, SortedMap<String, TensorSpec> outputs) {
  /** The name of the signature of requests that name none. */
  public static final String DEFAULT = "serving_default";

  /** Copies the maps. */
  public Signature {
    inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    outputs = Collections.unmodifiableSortedMap(new TreeMap<>(outputs));
  }
}
