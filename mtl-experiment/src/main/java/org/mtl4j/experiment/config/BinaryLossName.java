package org.mtl4j.experiment.config;

import java.util.Optional;
import org.mtl4j.core.task.BinaryLoss;

/** What a binary task minimises, as {@code loss} names it. */
public enum BinaryLossName {
  /** Cross-entropy. */
  LOG_LOSS,
  /** Focal loss. */
  FOCAL,
  /** The support vector machine's loss. */
  HINGE;

  /** The focal loss's exponent in its paper's experiments. */
  private static final double USUAL_GAMMA = 2;

  /**
   * The loss.
   *
   * @param gamma the focal loss's exponent
   * @throws IllegalArgumentException if an exponent is given for another loss, or is out of range
   */
  BinaryLoss of(Optional<Double> gamma) {
    if (this == FOCAL) {
      return new BinaryLoss.Focal(gamma.orElse(USUAL_GAMMA));
    }
    if (gamma.isPresent()) {
      throw new IllegalArgumentException(
          "focal_gamma: expected none without loss: focal, found " + gamma.get());
    }
    return this == HINGE ? new BinaryLoss.Hinge() : new BinaryLoss.LogLoss();
  }
}
