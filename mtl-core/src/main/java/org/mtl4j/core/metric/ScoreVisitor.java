package org.mtl4j.core.metric;

/** Sees the different scores of a binary output, the highest first. */
@FunctionalInterface
public interface ScoreVisitor {
  /**
   * All rows of one score.
   *
   * @param positives what those of label 1 weigh together
   * @param negatives what the others weigh together
   */
  void visit(double score, double positives, double negatives);
}
