package org.mtl4j.core.graph;

import java.util.SplittableRandom;
import org.mtl4j.core.provenance.Seed;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * A dense variable of a graph: small enough to be read and written whole.
 *
 * @param name its name in checkpoints and exports, say {@code mmoe/gate_click/kernel}
 * @param shape its shape, fully known
 * @param initializer its first values
 * @param handle the resource that holds the value
 * @param value the one operation that reads it: every pass over the graph shares it, and gradients
 *     are taken with respect to it
 */
public record Variable(
    String name,
    Shape shape,
    Initializer initializer,
    Operand<? extends TType> handle,
    Operand<TFloating> value) {
  /** Number of elements. */
  public long size() {
    return shape.size();
  }

  /** The first values, in row-major order, drawn from the seed's child of the variable's name. */
  public double[] initialValues(Seed root) {
    SplittableRandom random = root.child("variables/" + name).random();
    double[] values = new double[Math.toIntExact(size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = initializer.next(random, i);
    }
    return values;
  }
}
