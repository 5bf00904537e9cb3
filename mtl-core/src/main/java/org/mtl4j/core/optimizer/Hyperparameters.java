package org.mtl4j.core.optimizer;

/**
 * Checks of ranges, with the key that a user wrote. Training computes in float32, so it is the
 * number's float32 that must be in range: an epsilon of 1e-50 would be 0 there, and 0 / 0 is NaN.
 */
final class Hyperparameters {
  private Hyperparameters() {}

  static void positive(String key, double value) {
    if (!((float) value > 0) || Float.isInfinite((float) value)) {
      throw new IllegalArgumentException(key + ": expected a number above 0, found " + value);
    }
  }

  static void notNegative(String key, double value) {
    if (!(value >= 0) || Float.isInfinite((float) value)) {
      throw new IllegalArgumentException(key + ": expected a number of at least 0, found " + value);
    }
  }

  /** Of what a gradient is divided by, something must be above 0 where gradients are 0. */
  static void notBothZero(double initialAccumulator, double epsilon) {
    if ((float) initialAccumulator == 0 && (float) epsilon == 0) {
      throw new IllegalArgumentException(
          "initial_accumulator, epsilon: expected one of them above 0, found %s and %s: a gradient of 0 would be divided by 0"
              .formatted(initialAccumulator, epsilon));
    }
  }

  static void decay(String key, double value) {
    if (!(value >= 0 && (float) value < 1)) {
      throw new IllegalArgumentException(
          key + ": expected a number of at least 0 and below 1, found " + value);
    }
  }
}
