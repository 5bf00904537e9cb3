package org.mtl4j.core.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * A variable of shape [rows, width] that may be too large to be read whole: it is only ever
 * gathered from and scattered to by row, so that a step costs what it touches. It holds embedding
 * tables and the optimisers' slots beside them.
 */
public final class RowTable {
  private final String name;
  private final long rows;
  private final int width;
  private final Initializer initializer;
  private final Operand<? extends TType> handle;
  private final FloatType type;

  RowTable(
      String name,
      long rows,
      int width,
      Initializer initializer,
      Operand<? extends TType> handle,
      FloatType type) {
    this.name = name;
    this.rows = rows;
    this.width = width;
    this.initializer = initializer;
    this.handle = handle;
    this.type = type;
  }

  /** The variable's name. */
  public String name() {
    return name;
  }

  /** Number of rows. */
  public long rows() {
    return rows;
  }

  /** Values a row. */
  public int width() {
    return width;
  }

  /** The first values of every row. */
  public Initializer initializer() {
    return initializer;
  }

  /** The type of every value. */
  public FloatType type() {
    return type;
  }

  /** The resource that holds the rows. */
  public Operand<? extends TType> handle() {
    return handle;
  }

  /** The rows of the given ids [n]: [n, width]. It has no gradient towards the table. */
  public Operand<TFloating> gather(Ops tf, Operand<TInt64> ids) {
    return tf.resourceGather(handle, ids, type.tensorClass());
  }

  /**
   * Writes rows [n, width] at the ids [n]; of two equal ids one wins. Other than n rows fail the
   * run that writes them.
   *
   * @throws IllegalArgumentException if the graph knows the values to be of another shape
   */
  public Op write(Ops tf, Operand<TInt64> ids, Operand<TFloating> values) {
    Shape found = values.asOutput().shape();
    if (!found.isCompatibleWith(Shape.of(Shape.UNKNOWN_SIZE, width))) {
      throw new IllegalArgumentException(
          "The table %s was expected to be given rows of %d values to write, shape [-1, %d]; found the shape %s."
              .formatted(name, width, width, found));
    }
    // The native kernel trusts in the shape, and ends the process where it is another.
    Operand<TInt64> shape =
        tf.concat(
            List.of(tf.shape(ids, TInt64.class), tf.constant(new long[] {width})), tf.constant(0));
    return tf.resourceScatterUpdate(handle, ids, tf.reshape(values, shape));
  }
}
