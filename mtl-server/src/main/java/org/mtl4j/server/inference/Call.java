package org.mtl4j.server.inference;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mtl4j.serving.tensor.TensorValue;

/**
 * What a request asks a version.
 *
 * @param signature the signature's name
 * @param inputs by name
 * @param outputs names of those that are wanted
 */
public record Call(
    String signature, SortedMap<String, TensorValue> inputs, Collection<String> outputs) {
  /** Copies the containers. */
  public Call {
    inputs = new TreeMap<>(inputs);
    outputs = new TreeSet<>(outputs);
  }
}
