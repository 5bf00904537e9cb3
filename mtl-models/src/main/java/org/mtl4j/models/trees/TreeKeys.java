package org.mtl4j.models.trees;

/** Checks of the keys. */
final class TreeKeys {
  /** A tree of more levels has more leaves than there are rows. */
  static final int DEEPEST = 30;

  private TreeKeys() {}

  static void within(String key, int value, int least, int most) {
    if (value < least || value > most) {
      String range = most == Integer.MAX_VALUE ? "at least " + least : least + " to " + most;
      throw new IllegalArgumentException("%s: expected %s, found %d".formatted(key, range, value));
    }
  }

  static void share(String key, double value) {
    if (!(value > 0 && value <= 1)) {
      throw new IllegalArgumentException(
          key + ": expected a number above 0, at most 1, found " + value);
    }
  }

  static void positive(String key, double value) {
    if (!(value > 0 && value <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          key + ": expected a number above 0, at most 3.4e38, found " + value);
    }
  }

  static void notNegative(String key, double value) {
    if (!(value >= 0 && value <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          key + ": expected a number from 0 to 3.4e38, found " + value);
    }
  }
}
