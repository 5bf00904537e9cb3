package org.mtl4j.core.metric;

/**
 * What units add up to, each as often as it was drawn; four sums at a time, as one alone would wait
 * for each addition before the next. Units may come part by part, which changes no bit of it.
 */
final class FourSums {
  private final int[] drawn;
  private double first;
  private double second;
  private double third;
  private double fourth;
  private int unit;

  /** Of nothing yet. */
  FourSums(int... drawn) {
    this.drawn = drawn;
  }

  /**
   * Adds the next units.
   *
   * @param values what each adds up to
   * @param count how many of them: a multiple of four, but for the last part
   */
  FourSums add(double[] values, int count) {
    double one = first;
    double two = second;
    double three = third;
    double four = fourth;
    int start = unit;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      one += drawn[start + i] * values[i];
      two += drawn[start + i + 1] * values[i + 1];
      three += drawn[start + i + 2] * values[i + 2];
      four += drawn[start + i + 3] * values[i + 3];
    }
    for (; i < count; i++) {
      one += drawn[start + i] * values[i];
    }
    first = one;
    second = two;
    third = three;
    fourth = four;
    unit += count;
    return this;
  }

  double total() {
    return first + second + (third + fourth);
  }
}
