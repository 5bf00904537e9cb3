package org.mtl4j.testkit.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.Famo;
import org.mtl4j.testkit.LossBalancingContractTest;
import org.mtl4j.testkit.TestSeed;
import org.mtl4j.testkit.balancing.BalancingHarness.Step;
import org.mtl4j.testkit.balancing.BalancingHarness.Taken;

class FamoTest extends LossBalancingContractTest {
  @Override
  protected Famo balancing() {
    return new Famo(0.025, 0.001);
  }

  @Test
  void weightsFollowTheFormula() {
    Random random = TestSeed.random();
    double rate = 0.1;
    double decay = 0.01;
    double[] w = new double[3];
    PlainAdam adam = new PlainAdam(rate, 3);
    try (BalancingHarness harness = new BalancingHarness(new Famo(rate, decay), Tasks.three())) {
      for (int i = 0; i < 20; i++) {
        Step step = Tasks.random(random, 3).withAfter(random.doubles(3, 0.1, 2.1).toArray());
        step = i % 4 == 2 ? step.without(i % 3) : step;
        Taken taken = harness.take(step);
        double[] z = new double[3];
        double sum = 0;
        for (int t = 0; t < 3; t++) {
          z[t] = step.present()[t] * Math.exp(w[t]);
          sum += z[t];
        }
        double c = 0;
        for (int t = 0; t < 3; t++) {
          z[t] /= sum;
          c += z[t] / (step.losses()[t] + 1e-8);
        }
        double[] gains = new double[3];
        double mean = 0;
        for (int t = 0; t < 3; t++) {
          assertThat(taken.weights()[t])
              .as("task %d of step %d, seed %d", t, i, TestSeed.value())
              .isCloseTo(z[t] / (step.losses()[t] + 1e-8) / c, within(1e-9));
          gains[t] =
              step.present()[t] * Math.log((step.losses()[t] + 1e-8) / (step.after()[t] + 1e-8));
          mean += z[t] * gains[t];
        }
        assertThat(taken.shared()).containsExactly(Tasks.sum(step, taken.weights()), within(1e-9));
        double[] slopes = new double[3];
        for (int t = 0; t < 3; t++) {
          slopes[t] = z[t] * (gains[t] - mean) + decay * w[t];
        }
        adam.step(w, slopes);
      }
    }
  }
}
