package org.mtl4j.core.balancing;

import java.util.SplittableRandom;

/**
 * Projecting conflicting gradients: Yu, Kumar, Gupta, Levine, Hausman and Finn, "Gradient surgery
 * for multi-task learning", NeurIPS 2020. Each task's gradient is projected, one other task after
 * another in random order, onto the plane at right angles to the other's where the two point apart;
 * the step is the sum. It is computed on the gradients' inner products, so that no gradient is held
 * twice.
 */
public record PcGrad() implements LossBalancing {
  @Override
  public Balanced balance(Inputs inputs) {
    return GramBalancing.of(inputs, PcGrad::weights);
  }

  static double[] weights(double[][] gram, SplittableRandom random) {
    int n = gram.length;
    double[] sum = new double[n];
    for (int task = 0; task < n; task++) {
      double[] mix = new double[n];
      mix[task] = 1;
      for (int other : permutation(n, random)) {
        double product = 0;
        for (int k = 0; k < n; k++) {
          product += mix[k] * gram[k][other];
        }
        if (other != task && product < 0) {
          mix[other] -= product / gram[other][other];
        }
      }
      for (int k = 0; k < n; k++) {
        sum[k] += mix[k];
      }
    }
    return sum;
  }

  private static int[] permutation(int n, SplittableRandom random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int place = random.nextInt(i + 1);
      order[i] = order[place];
      order[place] = i;
    }
    return order;
  }
}
