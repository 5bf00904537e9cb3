package org.mtl4j.core.optimizer;

import java.util.Optional;
import org.mtl4j.core.config.Default;

/**
 * Multiplies the factor by {@code factor} whenever a validation metric has not gained for {@code
 * patience} epochs, and then waits as many anew. A metric that is not defined is no gain; the
 * metric's own direction says what a gain is. Epochs that end within the warm-up count as well.
 *
 * @param metric key of the metric, say {@code click/auc}
 * @param factor above 0 and below 1
 * @param patience epochs without gain, at least 1
 * @param minimum least factor, in [0, 1]
 * @param warmupSteps steps of the warm-up, at least 0
 */
public record ReduceOnPlateau(
    String metric,
    @Default("0.5") double factor,
    @Default("1") int patience,
    @Default("0.001") double minimum,
    @Default("0") int warmupSteps)
    implements LearningRateSchedule {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public ReduceOnPlateau {
    if (!(factor > 0 && factor < 1)) {
      throw new IllegalArgumentException(
          "factor: expected a number above 0 and below 1, found " + factor);
    }
    if (patience < 1) {
      throw new IllegalArgumentException("patience: expected at least 1, found " + patience);
    }
    if (!(minimum >= 0 && minimum <= 1)) {
      throw new IllegalArgumentException("minimum: expected 0 to 1, found " + minimum);
    }
    WarmUp.check(warmupSteps);
  }

  @Override
  public double factor(Point point) {
    return WarmUp.factor(warmupSteps, point.step(), taken -> reduced(point));
  }

  private double reduced(Point point) {
    double best = Double.NEGATIVE_INFINITY;
    double reduced = 1;
    int without = 0;
    for (double value : point.watched()) {
      without = value > best ? 0 : without + 1; // NaN is not above anything
      best = value > best ? value : best;
      if (without == patience) {
        reduced = Math.max(minimum, reduced * factor);
        without = 0;
      }
    }
    return reduced;
  }

  @Override
  public Optional<String> watches() {
    return Optional.of(metric);
  }
}
