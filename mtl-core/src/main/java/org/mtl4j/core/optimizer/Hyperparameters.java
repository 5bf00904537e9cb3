package org.mtl4j.core.optimizer;

/** Checks of ranges, with the key that a user wrote. */
final class Hyperparameters {
  private Hyperparameters() {}

  static void positive(String key, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(key + ": expected a number above 0, found " + value);
    }
  }

  static void notNegative(String key, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(key + ": expected a number of at least 0, found " + value);
    }
  }

  static void decay(String key, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          key + ": expected a number of at least 0 and below 1, found " + value);
    }
  }
}
