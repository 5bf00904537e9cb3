package org.mtl4j.eval.calibration;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.model.Calibrator;

/**
 * The inverse of the temperature of Guo and others, "On calibration of modern neural networks",
 * ICML 2017: the factor by which the log loss is least when every logit is multiplied by it. The
 * loss is convex in the factor, so its derivative only rises, and is zero at one place.
 */
final class TemperatureFit {
  /** Halves an interval of doubles until there is nothing between its ends. */
  private static final int MOST_STEPS = 200;

  private TemperatureFit() {}

  /** The first and the second derivative of a loss. */
  private record Slopes(double first, double second) {}

  @FunctionalInterface
  private interface Derivatives {
    Slopes at(double factor);
  }

  /** The factor of a yes or no; empty if none above 0, at most the steepest, is best. */
  static OptionalDouble of(Sample sample) {
    return root(factor -> slopes(sample, factor));
  }

  /** The factor of the logits of several classes, of which the label is one. */
  static OptionalDouble ofClasses(EvaluationRows rows) {
    double[] weights = Sample.weights(rows);
    return root(factor -> slopes(rows, weights, factor));
  }

  private static Slopes slopes(Sample sample, double factor) {
    double first = 0;
    double second = 0;
    for (int row = 0; row < sample.size(); row++) {
      double score = sample.scores().get(row);
      double p = Sample.sigmoid(factor * score + sample.offset());
      first += sample.weights()[row] * (p - sample.labels().get(row)) * score;
      second += sample.weights()[row] * p * (1 - p) * score * score;
    }
    return new Slopes(first, second);
  }

  /** Of -log softmax: the expected logit less that of the label, and its variance. */
  private static Slopes slopes(EvaluationRows rows, double[] weights, double factor) {
    double first = 0;
    double second = 0;
    for (int row = 0; row < weights.length; row++) {
      int from = row * rows.width();
      double normal = logSumExp(rows, row, factor);
      double mean = 0;
      double square = 0;
      for (int i = from; i < from + rows.width(); i++) {
        double score = rows.predictions().get(i);
        double p = Math.exp(factor * score - normal);
        mean += p * score;
        square += p * score * score;
      }
      double label = rows.predictions().get(from + (int) rows.labels().get(row));
      first += weights[row] * (mean - label);
      second += weights[row] * (square - mean * mean);
    }
    return new Slopes(first, second);
  }

  /** log of the sum of exp(factor * logit) over a row's classes. */
  static double logSumExp(EvaluationRows rows, int row, double factor) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = row * rows.width(); i < (row + 1) * rows.width(); i++) {
      largest = Math.max(largest, factor * rows.predictions().get(i));
    }
    double sum = 0;
    for (int i = row * rows.width(); i < (row + 1) * rows.width(); i++) {
      sum += Math.exp(factor * rows.predictions().get(i) - largest);
    }
    return largest + Math.log(sum);
  }

  /** Newton's method, and halves of what is left where it would leave it. */
  private static OptionalDouble root(Derivatives derivatives) {
    double low = 0;
    double high = Calibrator.STEEPEST;
    if (!(derivatives.at(low).first < 0 && derivatives.at(high).first >= 0)) {
      return OptionalDouble.empty();
    }
    double factor = 1;
    for (int step = 0; step < MOST_STEPS; step++) {
      Slopes slopes = derivatives.at(factor);
      if (slopes.first < 0) {
        low = factor;
      } else {
        high = factor;
      }
      double next = factor - slopes.first / slopes.second;
      if (!(next > low && next < high)) {
        next = low + (high - low) / 2;
      }
      if (Math.abs(next - factor) <= 2 * Math.ulp(factor)) {
        return OptionalDouble.of(next);
      }
      factor = next;
    }
    return OptionalDouble.of(factor);
  }
}
