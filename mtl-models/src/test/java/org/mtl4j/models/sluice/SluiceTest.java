package org.mtl4j.models.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.ForwardTest;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.models.TaskGradients;
import org.mtl4j.models.singletask.SingleTask;
import org.mtl4j.testkit.ModelHarness;
import org.mtl4j.testkit.PlainLayers;
import org.mtl4j.testkit.TestSeed;

class SluiceTest extends ForwardTest {
  private static final int LAYERS = 2;
  private static final int WIDTH = 8;
  private static final int HALF = WIDTH / 2;
  private static final double ORTHOGONALITY = 0.03;

  @Override
  protected MultiTaskModel model() {
    return model(0.8, ORTHOGONALITY);
  }

  private static Sluice model(double keep, double orthogonality) {
    return new Sluice(List.of(WIDTH, WIDTH), keep, orthogonality, 0, Normalization.NONE);
  }

  /** After each layer the subspaces are mixed by alpha, and behind the last the layers by beta. */
  @Override
  protected Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    List<FittedTask> tasks = PROBLEM.tasks();
    double[] beta = network.variable("sluice/beta");
    Map<String, double[]> sums = new LinkedHashMap<>();
    List<double[]> inputs = new ArrayList<>();
    tasks.forEach(task -> inputs.add(x));
    tasks.forEach(task -> sums.put(task.name(), new double[WIDTH]));
    for (int layer = 1; layer <= LAYERS; layer++) {
      List<double[]> active = new ArrayList<>();
      for (int t = 0; t < tasks.size(); t++) {
        String scope = "sluice/task_" + tasks.get(t).name() + "/dense_" + layer;
        active.add(PlainLayers.relu(network.linear(scope, inputs.get(t))));
      }
      double[] alpha = network.variable("sluice/mix_" + layer + "/alpha");
      for (int t = 0; t < tasks.size(); t++) {
        inputs.set(t, mixed(alpha, t, active));
        double[] sum = sums.get(tasks.get(t).name());
        for (int u = 0; u < WIDTH; u++) {
          sum[u] += beta[t * LAYERS + layer - 1] * inputs.get(t)[u];
        }
      }
    }
    return sums;
  }

  /** What task t goes on with: its two subspaces, each a mixture of those of all tasks. */
  private static double[] mixed(double[] alpha, int t, List<double[]> active) {
    double[] mixed = new double[WIDTH];
    int parts = 2 * active.size();
    for (int u = 0; u < WIDTH; u++) {
      int to = 2 * t + u / HALF;
      for (int from = 0; from < parts; from++) {
        double h = active.get(from / 2)[from % 2 * HALF + u % HALF];
        mixed[u] += alpha[to * parts + from] * h;
      }
    }
    return mixed;
  }

  @Test
  void regulariserIsWhatTheSubspacesOfKernelsHaveInCommon() {
    try (ModelHarness harness = new ModelHarness(model(), PROBLEM);
        ModelHarness without = new ModelHarness(model(0.8, 0), PROBLEM)) {
      Random random = TestSeed.random();
      Batch batch = harness.batch(PROBLEM.rows(5, model(), random));
      Map<String, double[]> point = harness.parameters(random);
      double expected = 0;
      for (FittedTask task : PROBLEM.tasks()) {
        for (int layer = 1; layer <= LAYERS; layer++) {
          expected +=
              overlap(point.get("sluice/task_%s/dense_%d/kernel".formatted(task.name(), layer)));
        }
      }
      assertThat(harness.loss(point, batch) - without.loss(point, batch))
          .as("seed %d", TestSeed.value())
          .isCloseTo(ORTHOGONALITY * expected, within(1e-9 * expected));
    }
  }

  /** The sum over pairs of columns, one of each half, of their products squared. */
  private static double overlap(double[] kernel) {
    double sum = 0;
    for (int a = 0; a < HALF; a++) {
      for (int b = HALF; b < WIDTH; b++) {
        double product = 0;
        for (int row = 0; row < kernel.length; row += WIDTH) {
          product += kernel[row + a] * kernel[row + b];
        }
        sum += product * product;
      }
    }
    return sum;
  }

  /** With alpha the identity and beta on the last layer it is a network a task. */
  @Test
  void networkThatMixesNothingIsASingleTasks() {
    MultiTaskModel single = new SingleTask(List.of(WIDTH, WIDTH), 0);
    try (ModelHarness harness = new ModelHarness(model(1, 0), PROBLEM);
        ModelHarness alone = new ModelHarness(single, PROBLEM)) {
      Random random = TestSeed.random();
      Batch batch = harness.batch(PROBLEM.rows(20, model(), random));
      Map<String, double[]> point = alone.parameters(random);
      Map<String, double[]> same = new HashMap<>();
      point.forEach((name, values) -> same.put(name.replace("tower_", "sluice/task_"), values));
      int parts = 2 * PROBLEM.tasks().size();
      for (int layer = 1; layer <= LAYERS; layer++) {
        double[] alpha = new double[parts * parts];
        for (int i = 0; i < parts; i++) {
          alpha[i * parts + i] = 1;
        }
        same.put("sluice/mix_" + layer + "/alpha", alpha);
      }
      double[] beta = new double[PROBLEM.tasks().size() * LAYERS];
      for (int t = 0; t < PROBLEM.tasks().size(); t++) {
        beta[t * LAYERS + LAYERS - 1] = 1;
      }
      same.put("sluice/beta", beta);
      double expected = alone.loss(point, batch);
      assertThat(harness.loss(same, batch))
          .as("seed %d", TestSeed.value())
          .isCloseTo(expected, within(1e-12 * expected));
    }
  }

  @Test
  void taskReachesEveryTasksNetworkThroughTheMixtures() {
    TaskGradients gradients = TaskGradients.of(model(), PROBLEM);
    for (FittedTask task : PROBLEM.tasks()) {
      for (FittedTask other : PROBLEM.tasks()) {
        assertThat(gradients.reaches(task.name(), "sluice/task_" + other.name()))
            .as("%s on the network of %s", task.name(), other.name())
            .isTrue();
        assertThat(gradients.reaches(task.name(), "head_" + other.name()))
            .as("%s on the head of %s", task.name(), other.name())
            .isEqualTo(task.equals(other));
      }
    }
  }

  @Test
  void widthsThatCannotBeAddedOrHalvedAreRefused() {
    for (List<Integer> layers : List.of(List.of(8, 4), List.of(7, 7))) {
      assertThatThrownBy(() -> new Sluice(layers, 0.9, 0, 0, Normalization.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("layers: expected equal, even widths, found " + layers);
    }
    assertThatThrownBy(() -> model(0, 0)).hasMessageStartingWith("keep: expected above 0");
    assertThatThrownBy(() -> model(0.9, -1)).hasMessageStartingWith("orthogonality: expected");
  }
}
