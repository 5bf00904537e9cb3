package org.mtl4j.core.metric;

/**
 * What the rows of each different score weigh in one resample: made once, since every metric by
 * threshold goes through them.
 *
 * @param scores the different scores, the highest first
 * @param positives per score what those of label 1 weigh
 * @param negatives per score what the others weigh
 */
record ScoreSums(double[] scores, double[] positives, double[] negatives) {
  void visit(ScoreVisitor visitor) {
    for (int i = 0; i < scores.length; i++) {
      if (positives[i] > 0 || negatives[i] > 0) {
        visitor.visit(scores[i], positives[i], negatives[i]);
      }
    }
  }
}
