package org.mtl4j.core.task;

/** What is minimised of a yes or no; x is the logit, y the label, 0 or 1, p = 1 / (1 + exp(-x)). */
public sealed interface BinaryLoss {
  /** Cross-entropy in nats: -y log p - (1 - y) log(1 - p). Its predictions are probabilities. */
  record LogLoss() implements BinaryLoss {}

  /**
   * Focal loss: cross-entropy times (1 - q)^gamma, where q is the probability of the label that the
   * row has, so that rows which are surely right count little: Lin and others, "Focal loss for
   * dense object detection", ICCV 2017. Their alpha is {@code class_weights}. With gamma above 0
   * predictions are drawn towards 1/2.
   *
   * @param gamma at least 0; 0 is cross-entropy
   */
  record Focal(double gamma) implements BinaryLoss {
    /** The most that can be asked for: beyond it nothing is left to learn from. */
    private static final double LARGEST = 10;

    /**
     * Checks the exponent.
     *
     * @throws IllegalArgumentException if it is not from 0 to 10
     */
    public Focal {
      if (!(gamma >= 0 && gamma <= LARGEST)) {
        throw new IllegalArgumentException("focal_gamma: expected 0 to 10, found " + gamma);
      }
    }
  }

  /**
   * Hinge loss: max(0, 1 - (2y - 1) x), the support vector machine's: Cortes and Vapnik,
   * "Support-vector networks", Machine Learning 20, 1995. Scores rank; what the logistic function
   * makes of them is no probability until it is calibrated.
   */
  record Hinge() implements BinaryLoss {}

  /** Whether its minimum is the probability of yes, so that rates can be multiplied and mended. */
  default boolean givesProbabilities() {
    return this instanceof LogLoss;
  }
}
