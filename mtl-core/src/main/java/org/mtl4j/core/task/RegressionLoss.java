package org.mtl4j.core.task;

/**
 * What is minimised of a number. The first four look at the error e in units of the training
 * labels' standard deviation, so that losses of tasks in different units are comparable; the last
 * two are negative log likelihoods of labels that are not negative, up to terms of the label alone.
 */
public sealed interface RegressionLoss {
  /** Squared error, e^2: predicts the mean. */
  record Mse() implements RegressionLoss {}

  /** Absolute error, |e|: predicts the median. */
  record Mae() implements RegressionLoss {}

  /**
   * Huber's loss with its bend at 1: e^2 / 2 near zero, |e| - 1/2 beyond: Huber, "Robust estimation
   * of a location parameter", Annals of Mathematical Statistics 35, 1964.
   */
  record Huber() implements RegressionLoss {}

  /**
   * Pinball loss of the error e = label - prediction, max(q e, (q - 1) e): predicts the quantile:
   * Koenker and Bassett, "Regression quantiles", Econometrica 46, 1978.
   *
   * @param level q, above 0 and below 1
   */
  record Quantile(double level) implements RegressionLoss {
    /**
     * Checks the level.
     *
     * @throws IllegalArgumentException if it is not above 0 and below 1
     */
    public Quantile {
      if (!(level > 0 && level < 1)) {
        throw new IllegalArgumentException(
            "quantile: expected a number above 0 and below 1, found " + level);
      }
    }
  }

  /**
   * Half the Poisson deviance of a count y and a rate r: y log(y / r) - y + r, 0 where they are
   * equal: Nelder and Wedderburn, "Generalized linear models", JRSS A 135, 1972. The logit is log(r
   * / mean of the training labels).
   */
  record Poisson() implements RegressionLoss {}

  /**
   * Zero-inflated log-normal: a value is above 0 with probability p, and then log-normal: Wang, Liu
   * and Miao, "A deep probabilistic model for customer lifetime value prediction",
   * arXiv:1912.07753, 2019. It is the cross-entropy of "above 0" and, where it is, up to terms of
   * the label alone,
   *
   * <pre>
   * log(sigma / 0.01) + (log y - mu)^2 / (2 sigma^2)
   * </pre>
   *
   * <p>Three logits a row, of p, of mu, in units of the mean of the training labels, and of sigma =
   * softplus(.) + 0.01; the prediction is p exp(mu + sigma^2 / 2).
   */
  record Ziln() implements RegressionLoss {}

  /** Logits a row. */
  default int logits() {
    return this instanceof Ziln ? 3 : 1;
  }

  /** Whether it has no sense of labels below 0. */
  default boolean needsNonNegative() {
    return this instanceof Poisson || this instanceof Ziln;
  }
}
