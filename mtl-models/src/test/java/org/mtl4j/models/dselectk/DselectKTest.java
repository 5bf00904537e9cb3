package org.mtl4j.models.dselectk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.models.ForwardTest;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.testkit.ModelHarness;
import org.mtl4j.testkit.PlainLayers;
import org.mtl4j.testkit.TestSeed;

class DselectKTest extends ForwardTest {
  private static final int EXPERTS = 5;
  private static final int SELECTORS = 2;
  private static final int DIGITS = 3;
  private static final double GAMMA = 0.8;

  private static DselectK model(boolean perExample, double entropy) {
    Selection selection = new Selection(SELECTORS, perExample, GAMMA, entropy);
    return new DselectK(EXPERTS, List.of(10, 8), List.of(6), 0, Normalization.NONE, selection);
  }

  @Override
  protected MultiTaskModel model() {
    return model(true, 0);
  }

  @Override
  protected Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    List<double[]> experts = network.experts("dselect_k/experts", EXPERTS, 2, x);
    Map<String, double[]> hidden = new LinkedHashMap<>();
    for (FittedTask task : PROBLEM.tasks()) {
      String scope = "dselect_k/gate_" + task.name();
      double[] gate = gate(network.linear(scope + "/codes", x), network.linear(scope + "/mix", x));
      double[] mixed = PlainNetwork.mixed(gate, experts);
      hidden.put(task.name(), network.mlp("tower_" + task.name(), 1, mixed));
    }
    return hidden;
  }

  /** g(e) = sum over i of softmax(a)_i r_i(e), digit by digit of every code. */
  private static double[] gate(double[] z, double[] a) {
    double[] shares = PlainLayers.softmax(a);
    double[] gate = new double[EXPERTS];
    for (int i = 0; i < SELECTORS; i++) {
      double[] chosen = chosen(z, i);
      for (int e = 0; e < EXPERTS; e++) {
        gate[e] += shares[i] * chosen[e];
      }
    }
    return gate;
  }

  private static double[] chosen(double[] z, int selector) {
    double[] chosen = new double[EXPERTS];
    for (int code = 0; code < 1 << DIGITS; code++) {
      double product = 1;
      for (int digit = 0; digit < DIGITS; digit++) {
        double step = step(z[selector * DIGITS + digit]);
        product *= (code >> digit & 1) == 1 ? step : 1 - step;
      }
      chosen[code % EXPERTS] += product;
    }
    return chosen;
  }

  private static double step(double z) {
    if (z <= -GAMMA / 2) {
      return 0;
    }
    return z >= GAMMA / 2 ? 1 : -2 / Math.pow(GAMMA, 3) * z * z * z + 3 / (2 * GAMMA) * z + 0.5;
  }

  @Test
  void staticChoiceIsThatOfTheTasksWeightsInEveryRow() {
    EncodedRows rows = PROBLEM.rows(3, model(), TestSeed.random());
    try (TrainingSession session = PlainNetwork.trained(model(false, 0), PROBLEM, rows)) {
      PlainNetwork network = PlainNetwork.of(session, PROBLEM);
      Map<String, float[]> probes = session.probes().values(rows, new int[] {0, 1, 2});
      for (FittedTask task : PROBLEM.tasks()) {
        String scope = "dselect_k/gate_" + task.name();
        double[] gate =
            gate(network.variable(scope + "/codes/bias"), network.variable(scope + "/mix/bias"));
        for (int i = 0; i < 3 * EXPERTS; i++) {
          assertThat((double) probes.get("gate/" + task.name())[i])
              .as("%s, seed %d", task.name(), TestSeed.value())
              .isCloseTo(gate[i % EXPERTS], within(1e-6));
        }
      }
    }
  }

  @Test
  void decidedDigitsChooseOneExpertASelector() {
    double[] z = {1, -1, 1, -1, 1, -1};
    assertThat(chosen(z, 0)).as("101, which folds to expert 0").containsExactly(1, 0, 0, 0, 0);
    assertThat(chosen(z, 1)).as("010").containsExactly(0, 0, 1, 0, 0);
    Random random = TestSeed.random();
    try (ModelHarness harness = new ModelHarness(model(false, 1), PROBLEM);
        ModelHarness without = new ModelHarness(model(false, 0), PROBLEM)) {
      EncodedRows rows = PROBLEM.rows(8, model(), random);
      Map<String, double[]> point = harness.parameters(random);
      double entropy = 0;
      for (FittedTask task : PROBLEM.tasks()) {
        double[] codes = point.get("dselect_k/gate_" + task.name() + "/codes/bias");
        for (int i = 0; i < SELECTORS; i++) {
          for (double r : chosen(codes, i)) {
            entropy -= r * Math.log(r + 1e-6);
          }
        }
      }
      double loss = harness.evaluate(point, harness.batch(rows)).total().loss();
      assertThat(loss - without.evaluate(point, without.batch(rows)).total().loss())
          .as("the entropies, seed %d", TestSeed.value())
          .isCloseTo(entropy, within(1e-9));
    }
  }

  @Test
  void wrongNumbersAreRefusedByName() {
    assertThatThrownBy(() -> new Selection(0, true, 1, 0))
        .hasMessage("selectors: expected at least 1, found 0");
    assertThatThrownBy(() -> new Selection(1, true, 0, 0))
        .hasMessage("gamma: expected a number above 0, found 0.0");
    assertThatThrownBy(
            () ->
                new DselectK(
                    2, List.of(4), List.of(), 0, Normalization.NONE, new Selection(3, true, 1, 0)))
        .hasMessage("selection: expected at most as many selectors as experts, 2, found 3");
  }
}
