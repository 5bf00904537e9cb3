package org.mtl4j.core.training;

import java.util.List;
import org.mtl4j.core.graph.FloatType;

/**
 * One tensor of a trained state as checkpoints and exports see it: a dense variable, or a logical
 * table's rows, or an optimiser's slot of either.
 *
 * @param name its name, say {@code embedding/item} or {@code
 *     optimizer/adam_m/head_click/logit/bias}
 * @param shape its shape
 * @param type its elements
 * @param byRows whether it is a table, which comes in pieces of whole rows; others come whole
 */
public record StateTensor(String name, List<Long> shape, FloatType type, boolean byRows) {
  /** Copies the shape. */
  public StateTensor {
    shape = List.copyOf(shape);
  }

  /** Its size in bytes. */
  public long bytes() {
    return shape.stream().reduce(1L, Math::multiplyExact) * Tensors.width(type);
  }
}
