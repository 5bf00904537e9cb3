package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.mtl4j.core.batch.Batch;

/**
 * Compares a model's symbolic gradient with central differences in float64, for a few elements of
 * each parameter. With C(h) = (L(w + h) - L(w - h)) / 2h it takes {@code (4 C(h/2) - C(h)) / 3},
 * which is right but for terms in the fourth power of h.
 *
 * <p>ReLU and Huber's loss have kinks, and a step across one measures neither side's slope. The
 * second difference tells: where L is smooth it grows with h squared, so {@code D(h) - 4 D(h / 2)}
 * vanishes with D(h) = L(w + h) - 2 L(w) + L(w - h); where a kink is within h, it does not. Such
 * elements are passed over.
 */
final class GradientCheck {
  private static final double STEP = 2e-5;
  private static final double RELATIVE = 1e-6;

  /** What rounding of a loss around 1 leaves of a difference quotient. */
  private static final double ROUNDING = 2e-9;

  private static final int SAMPLES = 5;

  private final ModelHarness harness;
  private final Map<String, double[]> parameters;
  private final Batch batch;
  private final double loss;

  /** A check at a point. */
  GradientCheck(ModelHarness harness, Map<String, double[]> parameters, Batch batch) {
    this.harness = harness;
    this.parameters = parameters;
    this.batch = batch;
    this.loss = harness.loss(parameters, batch);
  }

  /** Checks elements of every parameter; most of them must be away from kinks. */
  void run(Map<String, double[]> gradients, Random random) {
    assertThat(gradients).containsOnlyKeys(parameters.keySet());
    int checked = 0;
    int tried = 0;
    for (Map.Entry<String, double[]> parameter : parameters.entrySet()) {
      double[] gradient = gradients.get(parameter.getKey());
      assertThat(gradient).hasSameSizeAs(parameter.getValue());
      for (int s = 0; s < SAMPLES; s++) {
        int element = random.nextInt(gradient.length);
        tried++;
        if (check(parameter.getKey(), element, gradient[element])) {
          checked++;
        }
      }
    }
    assertThat(checked).as("elements away from kinks, of %d", tried).isGreaterThan(tried * 3 / 4);
  }

  private boolean check(String name, int element, double symbolic) {
    double[] far = around(name, element, STEP);
    double[] near = around(name, element, STEP / 2);
    double bend = secondDifference(far) - 4 * secondDifference(near);
    if (Math.abs(bend) > ROUNDING * STEP) {
      return false;
    }
    double numeric = (8 * (near[1] - near[0]) - (far[1] - far[0])) / (6 * STEP);
    assertThat(Math.abs(symbolic - numeric))
        .as(() -> describe(name, element, symbolic, numeric))
        .isLessThan(RELATIVE * Math.abs(numeric) + ROUNDING);
    return true;
  }

  private static String describe(String name, int element, double symbolic, double numeric) {
    return "%s[%d], seed %d: symbolic %s, by differences %s"
        .formatted(name, element, TestSeed.value(), symbolic, numeric);
  }

  private double secondDifference(double[] around) {
    return around[0] - 2 * loss + around[1];
  }

  /** The losses at w - h and w + h. */
  private double[] around(String name, int element, double h) {
    double[] values = parameters.get(name);
    double centre = values[element];
    values[element] = centre - h;
    double below = harness.loss(parameters, batch);
    values[element] = centre + h;
    double above = harness.loss(parameters, batch);
    values[element] = centre;
    return new double[] {below, above};
  }
}
