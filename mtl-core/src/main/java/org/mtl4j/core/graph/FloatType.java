package org.mtl4j.core.graph;

import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/**
 * The type of a graph's floating tensors. Layers are written once, against {@code
 * Operand<TFloating>}; the graph's context says at run time what that is: float32 to train and
 * serve, float64 to check gradients by finite differences.
 */
public enum FloatType {
  /** 32 bits: training, evaluation and serving. */
  FLOAT32(TFloat32.class),
  /** 64 bits: checks of the mathematics. */
  FLOAT64(TFloat64.class);

  private final Class<? extends TFloating> tensorClass;

  FloatType(Class<? extends TFloating> tensorClass) {
    this.tensorClass = tensorClass;
  }

  /** TensorFlow's class of the type, seen as the common {@code TFloating}. */
  @SuppressWarnings("unchecked") // a graph holds one floating type only: the context's
  public Class<TFloating> tensorClass() {
    return (Class<TFloating>) tensorClass;
  }
}
