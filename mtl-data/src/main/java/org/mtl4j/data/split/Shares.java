package org.mtl4j.data.split;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mtl4j.core.task.Decimals;

/**
 * Parts of the whole; training is what they leave.
 *
 * @param validation from 0 to below 1
 * @param test from 0 to below 1
 */
record Shares(double validation, double test) {
  /** What a number drawn from [0, 1) is for. */
  Split of(double drawn) {
    if (drawn < test) {
      return Split.TEST;
    }
    return drawn < test + validation ? Split.VALIDATION : Split.TRAIN;
  }

  static void check(double validation, double test) {
    checkShare("validation", validation);
    checkShare("test", test);
    if (validation + test >= 1) {
      throw new IllegalArgumentException(
          "validation: expected shares of validation and test below 1 together, found "
              + (validation + test));
    }
  }

  static void checkEvery(String key, Optional<Integer> every) {
    if (every.isPresent() && every.get() < 2) {
      throw new IllegalArgumentException(
          key + ": expected a whole number of at least 2, found " + every.get());
    }
  }

  /** The share that a list of one number stands for. */
  static OptionalDouble parse(List<String> values) {
    return values.size() == 1 && Decimals.isNumber(values.get(0))
        ? OptionalDouble.of(Decimals.valueOf(values.get(0)))
        : OptionalDouble.empty();
  }

  private static void checkShare(String key, double share) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException(
          key + ": expected a share from 0 to below 1, found " + share);
    }
  }
}
