package org.mtl4j.server.execution;

import java.util.Collection;
import java.util.SortedMap;
import org.mtl4j.serving.tensor.TensorValue;

/** A function of tensors, such as a signature of a loaded model. Safe for several threads. */
public interface Computation {
  /**
   * Computes outputs.
   *
   * @param inputs by name
   * @param outputs names of those that are wanted
   * @return per name its tensor
   * @throws RuntimeException whatever it fails with, which its requests then fail with
   */
  SortedMap<String, TensorValue> run(
      SortedMap<String, TensorValue> inputs, Collection<String> outputs);

  /**
   * Whether the first dimension of all inputs and outputs are rows, of which none has a say in
   * another's: only then can requests be put together.
   */
  boolean byRows();

  /** Whose it is. */
  default Origin origin() {
    return Origin.UNKNOWN;
  }
}
