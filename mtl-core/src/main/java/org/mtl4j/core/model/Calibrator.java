package org.mtl4j.core.model;

import java.util.Collections;
import java.util.List;

/**
 * A map of an output's log odds, as the model computes them, to log odds whose probabilities are as
 * frequent as they say: fitted to the validation rows after training, and part of every prediction
 * from then on. It rises everywhere, so that no two rows change places, and nowhere faster than
 * {@link #STEEPEST}: what differs by a rounding in two programs must not differ by more than that
 * behind it.
 */
public sealed interface Calibrator {
  /** The largest slope, in log odds by log odds. */
  double STEEPEST = 16;

  /** By which method it was found. */
  CalibrationMethod method();

  /**
   * The calibrated log odds.
   *
   * @param column which of a row's predictions: the class of a multiclass or multilabel output,
   *     otherwise 0
   * @param score log odds as the model computes them; of a multiclass output the class's logit
   */
  double apply(int column, double score);

  /**
   * A line for each class, or one for all: {@code slope * score + intercept}.
   *
   * @param method platt or temperature
   * @param slopes above 0, at most {@link #STEEPEST}: one for each class of a multilabel output,
   *     otherwise one
   * @param intercepts finite, as many
   */
  record Linear(CalibrationMethod method, List<Double> slopes, List<Double> intercepts)
      implements Calibrator {
    /**
     * Copies the lists and checks them.
     *
     * @throws IllegalArgumentException if they are empty, not as many, or not as said above
     */
    public Linear {
      slopes = List.copyOf(slopes);
      intercepts = List.copyOf(intercepts);
      if (slopes.isEmpty()
          || slopes.size() != intercepts.size()
          || !slopes.stream().allMatch(slope -> slope > 0 && slope <= STEEPEST)
          || !intercepts.stream().allMatch(Double::isFinite)) {
        throw new IllegalArgumentException(
            "expected slopes above 0, at most %s, and as many finite intercepts, found %s and %s"
                .formatted(STEEPEST, slopes, intercepts));
      }
    }

    @Override
    public double apply(int column, double score) {
      int line = slopes.size() == 1 ? 0 : column;
      return slopes.get(line) * score + intercepts.get(line);
    }
  }

  /**
   * A polyline through points. Outside of the first and the last of them it goes on with the slope
   * {@link #OUTWARD}.
   *
   * @param scores log odds as the model computes them, rising, at least one
   * @param logits the calibrated log odds there, rising, as many
   */
  record Curve(List<Double> scores, List<Double> logits) implements Calibrator {
    /**
     * The slope outside: nearly level, as the rows there were all as frequent, but no two of them
     * are tied, for they may be the first to be recommended.
     */
    public static final double OUTWARD = 1.0 / 16;

    /** More than rounding makes of the largest slope. */
    private static final double SLACK = 1e-6;

    /**
     * Copies the lists and checks them.
     *
     * @throws IllegalArgumentException if they are empty, not as many, not finite, not rising, or
     *     rise too fast
     */
    public Curve {
      scores = List.copyOf(scores);
      logits = List.copyOf(logits);
      boolean fits = !scores.isEmpty() && scores.size() == logits.size();
      for (int i = 0; fits && i < scores.size(); i++) {
        fits = Double.isFinite(scores.get(i)) && Double.isFinite(logits.get(i));
        if (fits && i > 0) {
          double run = scores.get(i) - scores.get(i - 1);
          double rise = logits.get(i) - logits.get(i - 1);
          fits = run > 0 && rise > 0 && rise <= STEEPEST * run * (1 + SLACK);
        }
      }
      if (!fits) {
        throw new IllegalArgumentException(
            "expected points that rise, by %s at most, found scores %s and logits %s"
                .formatted(STEEPEST, scores, logits));
      }
    }

    @Override
    public CalibrationMethod method() {
      return CalibrationMethod.ISOTONIC;
    }

    @Override
    public double apply(int column, double score) {
      // The search takes -0.0 for less than 0.0, and these are one score: the sum is 0.0 for both.
      int found = Collections.binarySearch(scores, score + 0.0);
      int above = found >= 0 ? found + 1 : -found - 1;
      return logits.get(anchor(above)) + (score - scores.get(anchor(above))) * slope(above);
    }

    /**
     * The point that a segment is measured from.
     *
     * @param segment number of points at or below a score, from 0
     */
    public int anchor(int segment) {
      return Math.max(0, segment - 1);
    }

    /** The slope of a segment, which is numbered as in {@link #anchor}. */
    public double slope(int segment) {
      return segment == 0 || segment == scores.size()
          ? OUTWARD
          : (logits.get(segment) - logits.get(segment - 1))
              / (scores.get(segment) - scores.get(segment - 1));
    }
  }
}
