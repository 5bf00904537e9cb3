package org.mtl4j.core.model;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * The labels of one output in a training graph.
 *
 * @param labels [B]: 0 or 1, a class index, or a value in its unit; of a set of classes [B,
 *     classes]: 1 where the set has the class, else 0; 0 where the row has no say
 * @param weights [B]: example weights, 0 where the row has no say
 * @param comparison which rows are compared, for a loss that ranks; empty: each stands by itself
 */
public record Supervision(
    Operand<TFloating> labels, Operand<TFloating> weights, Optional<Comparison> comparison) {
  /** Labels of rows that stand by themselves. */
  public Supervision(Operand<TFloating> labels, Operand<TFloating> weights) {
    this(labels, weights, Optional.empty());
  }
}
