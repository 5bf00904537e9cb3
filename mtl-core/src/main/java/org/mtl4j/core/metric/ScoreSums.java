package org.mtl4j.core.metric;

/**
 * What the rows of each different score weigh in one resample: made once, since every metric by
 * threshold goes through them.
 *
 * @param scores the different scores, the highest first
 * @param weights two a score: what its rows of label 1 weigh, and what the others do
 */
record ScoreSums(double[] scores, double[] weights) {
  void visit(ScoreVisitor visitor) {
    for (int i = 0; i < scores.length; i++) {
      double positives = weights[2 * i];
      double negatives = weights[2 * i + 1];
      if (positives > 0 || negatives > 0) {
        visitor.visit(scores[i], positives, negatives);
      }
    }
  }
}
