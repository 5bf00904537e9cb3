package org.mtl4j.experiment.diagnose;

/** Adds up what a gate does with some rows, row by row. */
final class GateSum {
  private final double[] weights;
  private double entropy;
  private long rows;

  /** Nothing added yet, of a gate over so many experts. */
  GateSum(int experts) {
    weights = new double[experts];
  }

  /**
   * Adds a row.
   *
   * @param all the gate's weights of many rows, row-major
   * @param row which of them
   */
  void add(float[] all, int row) {
    int count = weights.length;
    double sum = 0;
    for (int e = 0; e < count; e++) {
      double weight = all[row * count + e];
      weights[e] += weight;
      sum -= weight > 0 ? weight * Math.log(weight) : 0;
    }
    entropy += count > 1 ? sum / Math.log(count) : 0;
    rows++;
  }

  long rows() {
    return rows;
  }

  /** Per expert its mean weight. */
  double[] means() {
    double[] means = weights.clone();
    for (int e = 0; e < means.length; e++) {
      means[e] /= rows;
    }
    return means;
  }

  /** The mean entropy, as a share of that of equal weights. */
  double entropy() {
    return entropy / rows;
  }
}
