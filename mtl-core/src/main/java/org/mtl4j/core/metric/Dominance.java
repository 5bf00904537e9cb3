package org.mtl4j.core.metric;

/**
 * Figures of several goals beside each other.
 *
 * @param higherIsBetter per goal its direction
 */
public record Dominance(boolean... higherIsBetter) {
  /** Whether figures, one a goal, are at least as good as others in every goal. */
  public boolean reaches(double[] figures, double... others) {
    for (int goal = 0; goal < higherIsBetter.length; goal++) {
      boolean reached =
          higherIsBetter[goal] ? figures[goal] >= others[goal] : figures[goal] <= others[goal];
      if (!reached) {
        return false;
      }
    }
    return true;
  }

  /** Whether figures are at least as good as others in every goal, and better in one. */
  public boolean dominates(double[] figures, double... others) {
    return reaches(figures, others) && !reaches(others, figures);
  }
}
