package org.mtl4j.server.execution;

import java.util.Collection;
import java.util.SortedMap;
import org.mtl4j.serving.tensor.TensorValue;

/**
 * Work that is no function of tensors, run as if it were one.
 *
 * @param work what is done
 * @param origin whose it is
 */
record Work(Runnable work, Origin origin) implements Computation {
  @Override
  public SortedMap<String, TensorValue> run(
      SortedMap<String, TensorValue> inputs, Collection<String> outputs) {
    work.run();
    return inputs;
  }

  @Override
  public boolean byRows() {
    return false;
  }
}
