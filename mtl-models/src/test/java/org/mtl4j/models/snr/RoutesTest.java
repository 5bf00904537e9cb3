package org.mtl4j.models.snr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.testkit.LayerHarness;
import org.mtl4j.testkit.ModelHarness;
import org.mtl4j.testkit.SmallProblem;
import org.mtl4j.testkit.TestSeed;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

class RoutesTest {
  private static final int FROM = 60;
  private static final int TO = 50;

  private static Operand<TFloating> gates(GraphContext context, Operand<TFloating> x) {
    return new Routes(context, FROM, TO).gates();
  }

  private static double[] drawn(boolean training, double a) {
    try (LayerHarness harness = new LayerHarness(training, 1, RoutesTest::gates)) {
      Map<String, double[]> point = harness.point(1, TestSeed.random());
      Arrays.fill(point.get("layer/gates"), a);
      return harness.forward(point);
    }
  }

  /**
   * Shut where u is below sigmoid(beta logit(1/12) - a), open above sigmoid(beta logit(11/12) - a).
   */
  @Test
  void trainingDrawsGatesOfWhichSharesAreShutAndOpen() {
    for (double a : new double[] {-1, 0, 0.7}) {
      double[] z = drawn(true, a);
      double bound = Math.log(11) * 2 / 3;
      assertThat(share(z, 0)).as("shut at %s", a).isCloseTo(sigmoid(-bound - a), within(0.03));
      assertThat(share(z, 1)).as("open at %s", a).isCloseTo(sigmoid(a - bound), within(0.03));
      assertThat(Arrays.stream(z).allMatch(gate -> gate >= 0 && gate <= 1)).isTrue();
    }
  }

  private static double share(double[] z, double value) {
    return Arrays.stream(z).filter(gate -> gate == value).count() / (double) z.length;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void inferenceHasNoChance() {
    for (double a : new double[] {-5, -1, 0, 0.7, 5}) {
      assertThat(Arrays.stream(drawn(false, a)).distinct().toArray())
          .containsExactly(new double[] {PlainRouting.gate(a)}, within(1e-12));
    }
  }

  /**
   * The expected number of gates that are not shut, by the probability that the test above counts.
   */
  @Test
  void lossIsTheExpectedNumberOfGatesThatAreNotShut() {
    SmallProblem problem = SmallProblem.withFunnel("click", "purchase");
    Random random = TestSeed.random();
    SnrAver with = PlainRouting.aver();
    SnrAver without =
        new SnrAver(
            with.networks(),
            with.levels(),
            with.networkLayers(),
            with.towerLayers(),
            0,
            0,
            with.normalization());
    EncodedRows rows = problem.rows(8, with, random);
    try (ModelHarness one = new ModelHarness(with, problem);
        ModelHarness other = new ModelHarness(without, problem)) {
      Map<String, double[]> point = one.parameters(random);
      double expected = 0;
      for (int level = 1; level <= PlainRouting.LEVELS; level++) {
        for (double a : point.get("snr_aver/level_" + level + "/routes/gates")) {
          expected += 1 - sigmoid(-Math.log(11) * 2 / 3 - a);
        }
      }
      double loss = one.evaluate(point, one.batch(rows)).total().loss();
      assertThat(loss - other.evaluate(point, other.batch(rows)).total().loss())
          .as("seed %d", TestSeed.value())
          .isCloseTo(with.l0() * expected, within(1e-10));
    }
  }
}
