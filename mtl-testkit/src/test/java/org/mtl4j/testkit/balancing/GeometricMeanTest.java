package org.mtl4j.testkit.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.GeometricMean;
import org.mtl4j.testkit.LossBalancingContractTest;
import org.mtl4j.testkit.TestSeed;
import org.mtl4j.testkit.balancing.BalancingHarness.Step;
import org.mtl4j.testkit.balancing.BalancingHarness.Taken;

class GeometricMeanTest extends LossBalancingContractTest {
  @Override
  protected GeometricMean balancing() {
    return new GeometricMean();
  }

  @Test
  void stepGoesDownTheGeometricMeanOfWhatIsThere() {
    Random random = TestSeed.random();
    try (BalancingHarness harness = new BalancingHarness(new GeometricMean(), Tasks.three())) {
      Step step = Tasks.random(random, 3);
      double[] losses = step.losses();
      double mean = Math.cbrt(losses[0] * losses[1] * losses[2]);
      double[] expected = Arrays.stream(losses).map(l -> mean / (3 * l)).toArray();
      Taken all = harness.take(step);
      assertThat(all.loss()).isCloseTo(mean, within(1e-12));
      assertThat(all.weights()).containsExactly(expected, within(1e-12));
      assertThat(all.own()).containsExactly(expected, within(1e-12));
      assertThat(all.shared()).containsExactly(Tasks.sum(step, expected), within(1e-12));
      Taken two = harness.take(step.without(1));
      double root = Math.sqrt(losses[0] * losses[2]);
      assertThat(two.loss()).isCloseTo(root, within(1e-12));
      assertThat(two.weights())
          .containsExactly(
              new double[] {root / (2 * losses[0]), 0, root / (2 * losses[2])}, within(1e-12));
      assertThat(harness.take(step.without(0).without(1).without(2)).loss()).isZero();
    }
  }
}
