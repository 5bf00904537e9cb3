package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Compares symbolic gradients with central differences {@code (L(w + h) - L(w - h)) / 2h} in
 * float64, whose error is in the square of h. Of every array it takes single elements, all of them
 * where they are few, and one random direction, in which every element has a part: a wrong
 * derivative of any element shows there.
 *
 * <p>The function must be smooth within {@link #MARGIN} of the point, see {@link KinkDistance}: a
 * step across the bend of a ReLU measures neither side's slope, and no tolerance would be right for
 * it.
 */
final class FiniteDifferences {
  /** How far from a kink the point must be: arguments move by some times the step. */
  static final double MARGIN = 1e-3;

  private static final double STEP = 1e-5;
  private static final double RELATIVE = 1e-6;

  /** What rounding of a loss around 1 leaves of a difference quotient, and the square of h. */
  private static final double ABSOLUTE = 2e-9;

  private static final int ELEMENTS = 20;

  private final ToDoubleFunction<Map<String, double[]>> function;
  private final Map<String, double[]> point;
  private final Random random;

  /** Differences of a function of named arrays around a point. */
  FiniteDifferences(
      ToDoubleFunction<Map<String, double[]>> function,
      Map<String, double[]> point,
      Random random) {
    this.function = function;
    this.point = point;
    this.random = random;
  }

  /** Checks the gradients by all of the point's arrays. */
  void check(Map<String, double[]> gradients) {
    assertThat(gradients).containsOnlyKeys(point.keySet());
    gradients.forEach(this::check);
  }

  private void check(String name, double[] gradient) {
    int size = point.get(name).length;
    assertThat(gradient).as(name).hasSize(size);
    int[] order = RandomRows.permutation(size, random);
    for (int i = 0; i < Math.min(size, ELEMENTS); i++) {
      double[] unit = new double[size];
      unit[order[i]] = 1;
      check("%s[%d]".formatted(name, order[i]), name, unit, gradient[order[i]]);
    }
    double[] direction = random.doubles(size, -1, 1).toArray();
    double length = Math.sqrt(DoubleStream.of(direction).map(d -> d * d).sum());
    double along = 0;
    for (int i = 0; i < size; i++) {
      direction[i] /= length;
      along += direction[i] * gradient[i];
    }
    check(name + " in a random direction", name, direction, along);
  }

  private void check(String what, String name, double[] direction, double symbolic) {
    DoubleUnaryOperator along = h -> at(name, direction, h);
    double numeric = (along.applyAsDouble(STEP) - along.applyAsDouble(-STEP)) / (2 * STEP);
    assertThat(Math.abs(symbolic - numeric))
        .as("%s, seed %d: %s, by differences %s", what, TestSeed.value(), symbolic, numeric)
        .isLessThanOrEqualTo(RELATIVE * Math.abs(numeric) + ABSOLUTE);
  }

  /** The function with one array moved by h times a direction. */
  private double at(String name, double[] direction, double h) {
    double[] centre = point.get(name);
    double[] moved = centre.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += h * direction[i];
    }
    point.put(name, moved);
    try {
      return function.applyAsDouble(point);
    } finally {
      point.put(name, centre);
    }
  }
}
