package org.mtl4j.core.model;

import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * What a model computes for one output, before any prediction: heads turn it into a loss and into
 * what users see.
 */
public sealed interface OutputTensor {
  /** The output's name. */
  String name();

  /** The tensor. */
  Operand<TFloating> tensor();

  /**
   * This tensor, which must be a logit.
   *
   * @throws IllegalArgumentException if it is none
   */
  default Logit asLogit() {
    if (this instanceof Logit logit) {
      return logit;
    }
    String found = this instanceof LogProbability ? "a log probability" : "a finished prediction";
    throw new IllegalArgumentException("output " + name() + ": expected a logit, found " + found);
  }

  /**
   * An unbounded score.
   *
   * @param name the output's name
   * @param tensor [B] of a binary output (log odds) or a regression (standard deviations from the
   *     training mean), [B, classes] of a multiclass or multilabel one
   */
  record Logit(String name, Operand<TFloating> tensor) implements OutputTensor {}

  /**
   * The natural logarithm of a probability, for products of probabilities.
   *
   * @param name the name of a binary output
   * @param tensor [B], at most 0
   */
  record LogProbability(String name, Operand<TFloating> tensor) implements OutputTensor {}

  /**
   * What users see, as it is: of an output that no label is compared with.
   *
   * @param name the output's name
   * @param tensor [B, columns]
   */
  record Finished(String name, Operand<TFloating> tensor) implements OutputTensor {}
}
