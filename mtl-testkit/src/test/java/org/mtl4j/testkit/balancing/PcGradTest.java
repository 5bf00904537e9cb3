package org.mtl4j.testkit.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.PcGrad;
import org.mtl4j.testkit.LossBalancingContractTest;
import org.mtl4j.testkit.TestSeed;

class PcGradTest extends LossBalancingContractTest {
  @Override
  protected PcGrad balancing() {
    return new PcGrad();
  }

  /** The paper's algorithm 1 on vectors, in every order: the step is the outcome of one of them. */
  @Test
  void stepIsTheSumOfProjectedGradients() {
    GramCases.check(
        new PcGrad(),
        (gradients, weights) -> {
          double[] step = GramCases.sum(gradients, weights);
          double scale = 0;
          List<double[]> sums = List.of(new double[step.length]);
          for (int t = 0; t < gradients.length; t++) {
            scale = Math.max(scale, GramCases.length(gradients[t]));
            List<double[]> longer = new ArrayList<>();
            for (double[] sum : sums) {
              for (int[] order : orders(t, gradients.length)) {
                longer.add(plus(sum, projected(gradients, t, order)));
              }
            }
            sums = longer;
          }
          double tolerance = 1e-9 * scale;
          assertThat(sums)
              .as("seed %d", TestSeed.value())
              .anySatisfy(sum -> assertThat(step).containsExactly(sum, within(tolerance)));
        });
  }

  @Test
  void ordersOfOthersAreDrawnAnew() {
    double[][] gradients = {{1, 0, 0, 0, 0}, {-1, 1, 0, 0, 0}, {-1, -2, 0, 0, 0}};
    try (BalancingHarness harness = new BalancingHarness(new PcGrad(), Tasks.three())) {
      BalancingHarness.Step step = BalancingHarness.Step.of(new double[] {1, 1, 1}, gradients);
      List<List<Double>> found = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        double[] weights = harness.take(step).weights();
        List<Double> one = List.of(weights[0], weights[1], weights[2]);
        if (!found.contains(one)) {
          found.add(one);
        }
      }
      assertThat(found).hasSizeGreaterThan(2);
    }
  }

  private static List<int[]> orders(int task, int tasks) {
    int first = (task + 1) % tasks;
    int second = (task + 2) % tasks;
    return tasks == 2
        ? List.of(new int[] {first})
        : List.of(new int[] {first, second}, new int[] {second, first});
  }

  private static double[] projected(double[][] gradients, int task, int[] order) {
    double[] gradient = gradients[task].clone();
    for (int other : order) {
      double product = Tasks.dot(gradient, gradients[other]);
      if (product < 0) {
        double share = product / Tasks.dot(gradients[other], gradients[other]);
        for (int i = 0; i < gradient.length; i++) {
          gradient[i] -= share * gradients[other][i];
        }
      }
    }
    return gradient;
  }

  private static double[] plus(double[] x, double[] y) {
    double[] sum = x.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += y[i];
    }
    return sum;
  }
}
