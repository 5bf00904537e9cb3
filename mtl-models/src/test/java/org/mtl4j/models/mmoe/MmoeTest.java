package org.mtl4j.models.mmoe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.models.ForwardTest;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.models.TaskGradients;
import org.mtl4j.testkit.PlainLayers;
import org.mtl4j.testkit.TestSeed;

class MmoeTest extends ForwardTest {
  private static final int EXPERTS = 3;
  private static final int FIRST = 10;
  private static final int SECOND = 8;

  @Override
  protected MultiTaskModel model() {
    return new Mmoe(EXPERTS, List.of(FIRST, SECOND), List.of(6), 0);
  }

  /** h_t(sum_i g_t(x)_i f_i(x)) with g_t(x) = softmax(W_t x + b_t). */
  @Override
  protected Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    List<double[]> experts = new ArrayList<>();
    for (int e = 0; e < EXPERTS; e++) {
      experts.add(expert(network, e, x));
    }
    Map<String, double[]> hidden = new LinkedHashMap<>();
    for (FittedTask task : PROBLEM.tasks()) {
      double[] gate = PlainLayers.softmax(network.linear("mmoe/gate_" + task.name(), x));
      double[] mixed = new double[SECOND];
      for (int e = 0; e < EXPERTS; e++) {
        for (int u = 0; u < SECOND; u++) {
          mixed[u] += gate[e] * experts.get(e)[u];
        }
      }
      hidden.put(task.name(), network.mlp("tower_" + task.name(), 1, mixed));
    }
    return hidden;
  }

  private static double[] expert(PlainNetwork network, int e, double[] x) {
    double[] bias = slice(network.variable("mmoe/experts/dense_1/bias"), e, FIRST);
    double[] first = slice(network.variable("mmoe/experts/dense_1/kernel"), e, x.length * FIRST);
    double[] hidden = PlainLayers.relu(PlainLayers.linear(first, bias, x));
    double[] second = slice(network.variable("mmoe/experts/dense_2/kernel"), e, FIRST * SECOND);
    double[] secondBias = slice(network.variable("mmoe/experts/dense_2/bias"), e, SECOND);
    return PlainLayers.relu(PlainLayers.linear(second, secondBias, hidden));
  }

  private static double[] slice(double[] values, int index, int size) {
    return Arrays.copyOfRange(values, index * size, (index + 1) * size);
  }

  @Test
  void probesShowTheExpertsOutputsAndTheGatesWeights() {
    EncodedRows rows = PROBLEM.rows(7, model(), TestSeed.random());
    try (TrainingSession session = PlainNetwork.trained(model(), PROBLEM, rows)) {
      PlainNetwork network = PlainNetwork.of(session, PROBLEM);
      int[] which = {5, 0, 3};
      Map<String, float[]> probes = session.probes().values(rows, which);
      for (int r = 0; r < which.length; r++) {
        double[] x = network.input(rows, which[r]);
        for (int e = 0; e < EXPERTS; e++) {
          assertRow(probes.get("expert/" + (e + 1)), r, expert(network, e, x));
        }
        for (FittedTask task : PROBLEM.tasks()) {
          double[] gate = PlainLayers.softmax(network.linear("mmoe/gate_" + task.name(), x));
          assertRow(probes.get("gate/" + task.name()), r, gate);
        }
      }
    }
  }

  private static void assertRow(float[] values, int row, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) values[row * expected.length + i]).isCloseTo(expected[i], within(1e-5));
    }
  }

  @Test
  void expertsDifferFromTheStart() {
    try (TrainingSession session = new TrainingSession(PROBLEM.trainer(model(), 1))) {
      PlainNetwork network = PlainNetwork.of(session, PROBLEM);
      double[] first = network.variable("mmoe/experts/dense_1/kernel");
      double[] second = network.variable("mmoe/experts/dense_2/kernel");
      int size = first.length / EXPERTS;
      for (int e = 1; e < EXPERTS; e++) {
        assertThat(slice(first, e, size)).isNotEqualTo(slice(first, 0, size));
        assertThat(slice(second, e, FIRST * SECOND)).isNotEqualTo(slice(second, 0, FIRST * SECOND));
      }
    }
  }

  @Test
  void taskReachesTheExpertsAndItsOwnGate() {
    TaskGradients gradients = TaskGradients.of(model(), PROBLEM);
    for (FittedTask task : PROBLEM.tasks()) {
      assertThat(gradients.reaches(task.name(), "mmoe/experts/")).as(task.name()).isTrue();
      for (FittedTask other : PROBLEM.tasks()) {
        assertThat(gradients.reaches(task.name(), "mmoe/gate_" + other.name()))
            .as("%s on the gate of %s", task.name(), other.name())
            .isEqualTo(task.equals(other));
      }
    }
  }
}
