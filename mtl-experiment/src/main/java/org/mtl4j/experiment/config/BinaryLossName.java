package org.mtl4j.experiment.config;

import java.util.Locale;
import java.util.Optional;
import org.mtl4j.core.task.BinaryLoss;

/** What a binary task minimises, as {@code loss} names it. */
public enum BinaryLossName {
  /** Cross-entropy. */
  LOG_LOSS,
  /** Focal loss. */
  FOCAL,
  /** The support vector machine's loss. */
  HINGE,
  /** Pairs of rows of a query. */
  BPR,
  /** Softmax over the rows of a query. */
  LISTWISE;

  /** The focal loss's exponent in its paper's experiments. */
  private static final double USUAL_GAMMA = 2;

  /**
   * The loss.
   *
   * @param gamma the focal loss's exponent
   * @throws IllegalArgumentException if an exponent is given for another loss, or is out of range
   */
  BinaryLoss of(Optional<Double> gamma) {
    if (this != FOCAL && gamma.isPresent()) {
      throw new IllegalArgumentException(
          "focal_gamma: expected none without loss: focal, found " + gamma.get());
    }
    return switch (this) {
      case LOG_LOSS -> new BinaryLoss.LogLoss();
      case FOCAL -> new BinaryLoss.Focal(gamma.orElse(USUAL_GAMMA));
      case HINGE -> new BinaryLoss.Hinge();
      case BPR -> new BinaryLoss.Bpr();
      case LISTWISE -> new BinaryLoss.Listwise();
    };
  }

  /**
   * Checks what may stand beside the loss: one that ranks compares rows of both classes.
   *
   * @param weighted whether classes have weights
   * @param smoothing the share of a label that is spread over both
   * @throws IllegalArgumentException if one of them means nothing to it
   */
  void check(boolean weighted, double smoothing) {
    if (!(this == BPR || this == LISTWISE)) {
      return;
    }
    String name = name().toLowerCase(Locale.ROOT);
    if (weighted) {
      throw new IllegalArgumentException(
          "class_weights: expected none with loss: %s, which compares rows of both, found some"
              .formatted(name));
    }
    if (smoothing != 0) {
      throw new IllegalArgumentException(
          "label_smoothing: expected none with loss: %s, which takes labels for an order, found %s"
              .formatted(name, smoothing));
    }
  }
}
