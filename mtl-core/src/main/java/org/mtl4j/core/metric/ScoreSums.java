package org.mtl4j.core.metric;

/** Different scores, the highest first, each with what the rows of that score weigh. */
public final class ScoreSums {
  private final double[] scores;
  private final double[] weights;
  private int size;

  /** None yet, with room for so many. */
  ScoreSums(int capacity) {
    scores = new double[capacity];
    weights = new double[2 * capacity];
  }

  /**
   * The next lower score; it is kept only if its rows weigh something. Without a branch, as whether
   * a score was drawn cannot be foreseen by the processor either.
   */
  void add(double score, double positives, double negatives) {
    scores[size] = score;
    weights[2 * size] = positives;
    weights[2 * size + 1] = negatives;
    size += positives + negatives > 0 ? 1 : 0;
  }

  /** Number of different scores. */
  public int size() {
    return size;
  }

  /** A score, 0 being the highest. */
  public double score(int i) {
    return scores[i];
  }

  /** What the rows of label 1 of that score weigh together. */
  public double positives(int i) {
    return weights[2 * i];
  }

  /** What the other rows of that score weigh together. */
  public double negatives(int i) {
    return weights[2 * i + 1];
  }
}
