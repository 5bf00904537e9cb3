package org.mtl4j.core.optimizer;

/**
 * Checks of ranges, with the key that a user wrote. Training computes in float32, so it is the
 * number's float32 that must be in range: an epsilon of 1e-50 would be 0 there, and 0 / 0 is NaN.
 * TensorFlow takes subnormal numbers for 0 as well.
 */
public final class Hyperparameters {
  private Hyperparameters() {}

  /**
   * Above 0 and finite, also in float32.
   *
   * @throws IllegalArgumentException if it is not, naming the key
   */
  public static void positive(String key, double value) {
    if (!(value > 0)) {
      throw expected(key, "a number above 0", value);
    }
    notInfinite(key, value);
    if (isZero(value)) {
      throw new IllegalArgumentException(
          "%s: expected a number of at least %s, found %s, which is 0 in float32"
              .formatted(key, Float.MIN_NORMAL, value));
    }
  }

  /**
   * At least 0 and finite in float32.
   *
   * @throws IllegalArgumentException if it is not, naming the key
   */
  public static void notNegative(String key, double value) {
    if (!(value >= 0)) {
      throw expected(key, "a number of at least 0", value);
    }
    notInfinite(key, value);
  }

  /** Of what a gradient is divided by, something must be above 0 where gradients are 0. */
  static void notBothZero(double initialAccumulator, double epsilon) {
    if (isZero(initialAccumulator) && isZero(epsilon)) {
      throw new IllegalArgumentException(
          ("initial_accumulator, epsilon: expected one of them to be at least %s, found %s and %s,"
                  + " both 0 in float32: a gradient of 0 would be divided by 0")
              .formatted(Float.MIN_NORMAL, initialAccumulator, epsilon));
    }
  }

  /**
   * At least 0 and below 1, also in float32.
   *
   * @throws IllegalArgumentException if it is not, naming the key
   */
  public static void decay(String key, double value) {
    if (!(value >= 0 && value < 1)) {
      throw expected(key, "a number of at least 0 and below 1", value);
    }
    if ((float) value == 1) {
      throw new IllegalArgumentException(
          "%s: expected a number of at most %s, found %s, which is 1 in float32"
              .formatted(key, Math.nextDown(1f), value));
    }
  }

  private static boolean isZero(double value) {
    return (float) value < Float.MIN_NORMAL;
  }

  private static void notInfinite(String key, double value) {
    if (Float.isInfinite((float) value)) {
      throw expected(key, "a number of at most " + Float.MAX_VALUE, value);
    }
  }

  private static IllegalArgumentException expected(String key, String what, double value) {
    return new IllegalArgumentException(key + ": expected " + what + ", found " + value);
  }
}
