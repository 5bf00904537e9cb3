package org.mtl4j.testkit.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.RandomWeights;
import org.mtl4j.testkit.LossBalancingContractTest;
import org.mtl4j.testkit.balancing.BalancingHarness.Step;
import org.mtl4j.testkit.balancing.BalancingHarness.Taken;

class RandomWeightsTest extends LossBalancingContractTest {
  @Override
  protected RandomWeights balancing() {
    return new RandomWeights();
  }

  @Test
  void weightsAreDrawnAnewEachStepAndHaveAMeanOfOne() {
    Step step = Tasks.random(new Random(1), 3);
    try (BalancingHarness one = new BalancingHarness(new RandomWeights(), Tasks.three());
        BalancingHarness same = new BalancingHarness(new RandomWeights(), Tasks.three())) {
      double logs = 0;
      double squares = 0;
      int n = 2000;
      double[] before = new double[3];
      for (int i = 0; i < n; i++) {
        Taken taken = one.take(step);
        double[] w = taken.weights();
        assertThat(w).isNotEqualTo(before);
        assertThat(Arrays.stream(w).sum()).isCloseTo(3, within(1e-12));
        assertThat(taken.shared()).containsExactly(Tasks.sum(step, w), within(1e-12));
        // log w1 - log w2 = z1 - z2, of mean 0 and variance 2.
        double difference = Math.log(w[0] / w[1]);
        logs += difference;
        squares += difference * difference;
        before = w;
        if (i < 5) {
          assertThat(same.take(step).weights()).isEqualTo(w);
        }
      }
      // Five standard errors: sqrt(2 / n) and 2 sqrt(2 / n).
      assertThat(logs / n).isCloseTo(0, within(5 * Math.sqrt(2.0 / n)));
      assertThat(squares / n).isCloseTo(2, within(10 * Math.sqrt(2.0 / n)));
    }
  }
}
