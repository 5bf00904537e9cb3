package org.mtl4j.experiment.config;

import java.util.Optional;
import org.mtl4j.core.task.RegressionLoss;

/** What a regression minimises, as {@code loss} names it. */
public enum RegressionLossName {
  /** Squared error. */
  MSE,
  /** Absolute error. */
  MAE,
  /** Squared near zero, absolute beyond. */
  HUBER,
  /** Pinball loss of a quantile. */
  QUANTILE,
  /** Poisson deviance. */
  POISSON,
  /** Zero-inflated log-normal likelihood. */
  ZILN;

  /**
   * The loss.
   *
   * @param level which quantile
   * @throws IllegalArgumentException if a level is missing, out of range, or given for another loss
   */
  RegressionLoss of(Optional<Double> level) {
    if (level.isPresent() && this != QUANTILE) {
      throw new IllegalArgumentException(
          "quantile: expected none without loss: quantile, found " + level.get());
    }
    return switch (this) {
      case MSE -> new RegressionLoss.Mse();
      case MAE -> new RegressionLoss.Mae();
      case HUBER -> new RegressionLoss.Huber();
      case POISSON -> new RegressionLoss.Poisson();
      case ZILN -> new RegressionLoss.Ziln();
      case QUANTILE ->
          new RegressionLoss.Quantile(
              level.orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "quantile: expected a number above 0 and below 1 with loss: quantile,"
                              + " found none")));
    };
  }
}
