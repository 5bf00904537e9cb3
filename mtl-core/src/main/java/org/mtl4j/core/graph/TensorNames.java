package org.mtl4j.core.graph;

import org.tensorflow.Operand;

/** Names of tensors, as sessions and signatures take them. */
public final class TensorNames {
  private TensorNames() {}

  /** The operation's name and which of its outputs it is: {@code dense/add:0}. */
  public static String of(Operand<?> tensor) {
    return tensor.op().name() + ":" + tensor.asOutput().index();
  }
}
