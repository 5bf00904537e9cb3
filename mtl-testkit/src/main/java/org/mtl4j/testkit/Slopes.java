package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares losses and their gradients. */
final class Slopes {
  /**
   * How far two runs of a graph over the same float64 numbers may be apart. One in many was, by the
   * last bit of a product of a fed operand; that such products follow from where in memory it lies
   * is likely and was not proved. Rows that have a say differ by some 1e-2.
   */
  static final double LAST_BITS = 1e-13;

  private Slopes() {}

  /** Every loss and every gradient is the same number, but for the last bits. */
  static void assertSame(ModelHarness.Evaluation actual, ModelHarness.Evaluation expected) {
    assertNear(actual.total(), expected.total(), LAST_BITS, "total");
    assertThat(actual.tasks()).containsOnlyKeys(expected.tasks().keySet());
    expected
        .tasks()
        .forEach((task, slope) -> assertNear(actual.tasks().get(task), slope, LAST_BITS, task));
  }

  /** The loss is 0 and so is its derivative by everything. */
  static void assertNothing(ModelHarness.Slope slope, String what) {
    assertNear(slope.loss(), 0, 0, "loss of " + what);
    slope
        .gradients()
        .forEach(
            (name, gradient) -> {
              for (double g : gradient) {
                assertNear(g, 0, 0, "%s by %s".formatted(what, name));
              }
            });
  }

  /** Loss and gradients are near, relative above 1. Not by bits: 0 and -0 are the same. */
  static void assertNear(
      ModelHarness.Slope actual, ModelHarness.Slope expected, double relative, String what) {
    assertNear(actual.loss(), expected.loss(), relative, "loss of " + what);
    assertThat(actual.gradients()).containsOnlyKeys(expected.gradients().keySet());
    expected
        .gradients()
        .forEach(
            (name, gradient) -> {
              double[] other = actual.gradients().get(name);
              for (int i = 0; i < gradient.length; i++) {
                assertNear(other[i], gradient[i], relative, "%s by %s".formatted(what, name));
              }
            });
  }

  /** A number is near another, relative above 1. */
  static void assertNear(double actual, double expected, double relative, String what) {
    assertThat(Math.abs(actual - expected))
        .as("%s: %s for %s, seed %d", what, actual, expected, TestSeed.value())
        .isLessThanOrEqualTo(relative * Math.max(1, Math.abs(expected)));
  }
}
