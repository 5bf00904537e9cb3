package org.mtl4j.experiment.tune;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.mtl4j.experiment.tune.KeyValues.Scale;

/**
 * Numbers from one to another, spelt as in a file: with four digits that count, so that a table of
 * them can be read and a file says exactly what was tried.
 *
 * @param from the smallest
 * @param to the largest
 * @param scale by which they are spread
 * @param integer whether they are whole
 */
record Range(double from, double to, Scale scale, boolean integer) {
  private static final MathContext DIGITS = new MathContext(4);

  /** Whole numbers beyond are not all doubles. */
  private static final double LARGEST = 1L << 53;

  Range {
    if (!(from < to) || Double.isInfinite(to - from)) {
      throw new IllegalArgumentException(
          "from: expected a number below that of to, found %s and %s".formatted(from, to));
    }
    if (scale == Scale.LOG && from <= 0) {
      throw new IllegalArgumentException(
          "from: expected a number above 0 on a scale of logarithms, found " + from);
    }
    if (integer && (from != Math.rint(from) || to != Math.rint(to) || span(from, to) > LARGEST)) {
      throw new IllegalArgumentException(
          "integer: expected whole bounds below 2^53, found %s and %s".formatted(from, to));
    }
  }

  private static double span(double from, double to) {
    return Math.max(to - from, Math.max(Math.abs(from), Math.abs(to)));
  }

  /** Refuses a number of steps that makes no range. */
  void checkSteps(Optional<Integer> steps) {
    if (steps.isPresent() && steps.get() < 2) {
      throw new IllegalArgumentException(
          "steps: expected at least 2, the two bounds, found " + steps.get());
    }
  }

  /** How many numbers there are, if they are whole. */
  OptionalLong size() {
    return integer ? OptionalLong.of((long) (to - from) + 1) : OptionalLong.empty();
  }

  /** All whole numbers. */
  List<String> all() {
    List<String> all = new ArrayList<>();
    for (double value = from; value <= to; value++) {
      all.add(spelt(value));
    }
    return all;
  }

  /** So many numbers at equal distances, the bounds among them, none twice. */
  List<String> steps(int count) {
    List<String> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      steps.add(spelt(at(from, to, (double) i / (count - 1))));
    }
    steps.set(0, plain(BigDecimal.valueOf(from)));
    steps.set(count - 1, plain(BigDecimal.valueOf(to)));
    return steps.stream().distinct().toList();
  }

  /**
   * A number drawn at random. Whole ones have a piece of the scale each, from themselves to the
   * next one, so that on a linear scale all are as likely.
   */
  String draw(SplittableRandom random) {
    double share = random.nextDouble();
    return integer
        ? spelt(Math.floor(Math.min(at(from, to + 1, share), to)))
        : spelt(at(from, to, share));
  }

  private double at(double low, double high, double share) {
    return scale == Scale.LINEAR
        ? low + share * (high - low)
        : Math.exp(Math.log(low) + share * (Math.log(high) - Math.log(low)));
  }

  /** Rounding leads to no number out of the range, nor does a logarithm at its bounds. */
  private String spelt(double value) {
    BigDecimal spelt =
        integer ? BigDecimal.valueOf(Math.rint(value)) : BigDecimal.valueOf(value).round(DIGITS);
    return plain(spelt.max(BigDecimal.valueOf(from)).min(BigDecimal.valueOf(to)));
  }

  private static String plain(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }
}
