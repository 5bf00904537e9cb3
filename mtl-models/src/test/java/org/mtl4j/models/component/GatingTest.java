package org.mtl4j.models.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.testkit.LayerContractTest;
import org.mtl4j.testkit.LayerHarness;
import org.mtl4j.testkit.PlainLayers;
import org.mtl4j.testkit.TestSeed;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

class GatingTest extends LayerContractTest {
  private static final int WIDTH = 4;
  private static final int EXPERTS = 3;
  private static final double TEMPERATURE = 2.5;

  @Override
  protected Class<?> subject() {
    return Gating.class;
  }

  @Override
  protected LayerHarness.Layer layer() {
    return gate(0.4);
  }

  private static LayerHarness.Layer gate(double expertDropout) {
    return (context, x) -> new Gating(TEMPERATURE, 0, expertDropout).gate(context, x, EXPERTS);
  }

  @Override
  protected int width() {
    return WIDTH;
  }

  /** softmax((W x + b) / temperature). */
  @Override
  protected double[] plain(Map<String, double[]> variables, double[] x) {
    double[] logits = PlainLayers.linear(variables, "layer", x);
    return PlainLayers.softmax(Arrays.stream(logits).map(l -> l / TEMPERATURE).toArray());
  }

  /** A share of the experts, and of those that are left the softmax; never all. */
  @Test
  void expertDropoutTakesExpertsFromARowsGateInTrainingOnly() {
    int rows = 2000;
    double rate = 0.4;
    try (LayerHarness training = new LayerHarness(true, WIDTH, gate(rate));
        LayerHarness inference = new LayerHarness(false, WIDTH, gate(rate));
        LayerHarness without = new LayerHarness(true, WIDTH, gate(0))) {
      Map<String, double[]> point = training.point(rows, TestSeed.random());
      double[] all = inference.forward(point);
      assertThat(without.forward(point)).isEqualTo(all);
      double[] kept = training.forward(point);
      long dropped = 0;
      for (int first = 0; first < kept.length; first += EXPERTS) {
        double left = 0;
        for (int e = first; e < first + EXPERTS; e++) {
          left += kept[e] > 0 ? all[e] : 0;
          dropped += kept[e] > 0 ? 0 : 1;
        }
        assertThat(left).isPositive();
        for (int e = first; e < first + EXPERTS; e++) {
          double expected = kept[e] > 0 ? all[e] / left : 0;
          assertThat(kept[e]).isCloseTo(expected, within(1e-12));
        }
      }
      // A row that would lose all three keeps them: rate - rate^3 of all weights are dropped.
      double share = rate - Math.pow(rate, EXPERTS);
      assertThat(dropped / (double) kept.length).isCloseTo(share, within(0.03));
    }
  }

  private static LayerHarness.Layer loss(double weight, double... say) {
    return (context, x) -> {
      Operand<TFloating> rows = context.toFloating(context.tf().constant(say));
      return new Gating(1, weight, 0).loss(context, x, rows);
    };
  }

  @Test
  void loadBalanceIsTheSquaredVariationOfTheExpertsSharesOverRowsThatCount() {
    double[] gates = {0.5, 0.3, 0.2, 0.1, 0.1, 0.8, 0.7, 0.2, 0.1};
    // Rows 1 and 3: shares 1.2, 0.5, 0.3 with mean 2/3 and variance 0.4466.../3.
    double expected = 7 * ((0.284444444 + 0.027777778 + 0.134444444) / 3) / (4.0 / 9);
    assertThat(lossOf(7, gates, 1, 0, 1)).isCloseTo(expected, within(1e-7));
    assertThat(lossOf(7, gates, 0, 0, 0)).isZero();
    double[] even = {0.8, 0.1, 0.1, 0.1, 0.8, 0.1, 0.1, 0.1, 0.8};
    assertThat(lossOf(7, even, 1, 1, 1)).isCloseTo(0, within(1e-12));
  }

  private static double lossOf(double weight, double[] gates, double... say) {
    try (LayerHarness harness = new LayerHarness(false, EXPERTS, loss(weight, say))) {
      return harness.forward(Map.of(LayerHarness.X, gates))[0];
    }
  }

  @Test
  void gradientsOfLoadBalanceAgreeWithFiniteDifferences() {
    Random random = TestSeed.random();
    try (LayerHarness harness = new LayerHarness(false, EXPERTS, loss(0.5, 1, 0, 1, 1))) {
      Map<String, double[]> point = harness.point(4, random);
      Arrays.setAll(point.get(LayerHarness.X), i -> random.nextDouble() + 0.1);
      harness.checkGradients(point, random);
    }
  }

  @Test
  void wrongNumbersAreRefusedByName() {
    assertThatThrownBy(() -> new Gating(0, 0, 0))
        .hasMessage("temperature: expected a number above 0, found 0.0");
    assertThatThrownBy(() -> new Gating(1, -1, 0))
        .hasMessage("load_balance: expected a finite number of at least 0, found -1.0");
    assertThatThrownBy(() -> new Gating(1, 0, 1))
        .hasMessage("expert_dropout: expected a number of at least 0 and below 1, found 1.0");
  }
}
