package org.mtl4j.core.optimizer;

import java.util.function.LongToDoubleFunction;

/**
 * The linear warm-up that every schedule begins with: of n steps the k-th has the factor k / (n +
 * 1), and the schedule begins after them.
 */
final class WarmUp {
  private WarmUp() {}

  static void check(int steps) {
    if (steps < 0) {
      throw new IllegalArgumentException("warmup_steps: expected at least 0, found " + steps);
    }
  }

  /**
   * The factor of a step.
   *
   * @param after from the steps taken since the warm-up, 0 first
   */
  static double factor(int steps, long step, LongToDoubleFunction after) {
    return step <= steps ? step / (steps + 1.0) : after.applyAsDouble(step - 1 - steps);
  }

  /**
   * Above 0 and at most 1.
   *
   * @throws IllegalArgumentException if it is not, naming the key
   */
  static void checkShare(String key, double value) {
    if (!(value > 0 && value <= 1)) {
      throw new IllegalArgumentException(
          key + ": expected a number above 0 and at most 1, found " + value);
    }
  }
}
