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

  /**
   * Pairwise logistic loss of a row with label 1 and one with label 0 of the same query: log(1 +
   * exp(x0 - x1)), the mean over pairs: Rendle and others, "BPR: Bayesian personalized ranking from
   * implicit feedback", UAI 2009; Burges and others, "Learning to rank using gradient descent",
   * ICML 2005. What all rows of a query have in common cancels out.
   */
  record Bpr() implements BinaryLoss {}

  /**
   * Softmax cross-entropy over the rows of a query: -log(exp(x1) / sum exp(x)), the mean over its
   * rows with label 1, then over queries: Cao and others, "Learning to rank: from pairwise approach
   * to listwise approach", ICML 2007 (top one probability); Bruch and others, "An analysis of the
   * softmax cross entropy loss for learning-to-rank with binary relevance", ICTIR 2019.
   */
  record Listwise() implements BinaryLoss {}

  /** Whether it compares rows of a query, so that only the order of its scores means anything. */
  default boolean ranks() {
    return this instanceof Bpr || this instanceof Listwise;
  }

  /** Whether its minimum is the probability of yes, so that rates can be multiplied and mended. */
  default boolean givesProbabilities() {
    return this instanceof LogLoss;
  }
}
