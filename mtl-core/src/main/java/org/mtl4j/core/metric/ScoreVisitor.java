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

  /**
   * The next scores. A metric that a bootstrap takes thousands of times overrides it by this very
   * loop: a loop of its own is compiled for it alone, with {@link #visit} in it; this one calls.
   */
  default void visitAll(ScoreSums sums) {
    for (int i = 0; i < sums.size(); i++) {
      visit(sums.score(i), sums.positives(i), sums.negatives(i));
    }
  }
}
