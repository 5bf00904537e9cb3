package org.mtl4j.data.simulator;

/**
 * When users or items join: nine tenths are there from the start, the others come one by one in the
 * last three tenths of the log, in the order of their indices. Times are parts of the log, 0 to 1.
 *
 * @param count how many there are in the end
 */
record Arrivals(int count) {
  private static final double FIRST = 0.7;

  /** How many have joined at a time: those with the smallest indices. */
  int active(double time) {
    if (time < FIRST) {
      return count - late();
    }
    return count - late() + (int) (late() * (time - FIRST) / (1 - FIRST));
  }

  /** When one joined; 0 for those that are there from the start. */
  double of(int index) {
    int place = index - (count - late());
    return place < 0 ? 0 : FIRST + (1 - FIRST) * (place + 1) / late();
  }

  private int late() {
    return count / 10;
  }
}
