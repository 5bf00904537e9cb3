package org.mtl4j.eval.agreement;

/** What arrays of the same rows must have in common. */
final class Lengths {
  private Lengths() {}

  static void check(int n, int... others) {
    for (int other : others) {
      if (other != n) {
        throw new IllegalArgumentException(
            "expected arrays of %d rows throughout, found one of %d".formatted(n, other));
      }
    }
  }

  static int checkClass(int c, int row) {
    if (c < 0) {
      throw new IllegalArgumentException(
          "expected classes from 0 on, found %d in row %d (from 0)".formatted(c, row));
    }
    return c;
  }
}
