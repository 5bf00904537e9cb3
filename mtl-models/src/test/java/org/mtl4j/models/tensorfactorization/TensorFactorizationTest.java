package org.mtl4j.models.tensorfactorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.models.ForwardTest;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.models.singletask.SingleTask;
import org.mtl4j.testkit.ModelHarness;
import org.mtl4j.testkit.PlainLayers;
import org.mtl4j.testkit.TestSeed;

class TensorFactorizationTest extends ForwardTest {
  private static final String SCOPE = "tensor_factorization";
  private static final List<Integer> LAYERS = List.of(10, 6);
  private static final int TASKS = PROBLEM.tasks().size();

  @Override
  protected MultiTaskModel model() {
    return model(4, 3);
  }

  private static TensorFactorization model(int rank, int taskRank) {
    return new TensorFactorization(LAYERS, rank, taskRank, 0, Normalization.NONE);
  }

  @Override
  protected Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    Map<String, double[]> hidden = new LinkedHashMap<>();
    for (int t = 0; t < TASKS; t++) {
      String task = PROBLEM.tasks().get(t).name();
      double[] h = x;
      for (int layer = 1; layer <= LAYERS.size(); layer++) {
        String place = "/dense_" + layer;
        double[] bias = network.variable(SCOPE + "/task_" + task + place + "/bias");
        double[] kernel = kernel(network, SCOPE + place, t, new int[] {h.length, bias.length});
        h = PlainLayers.relu(PlainLayers.linear(kernel, bias, h));
      }
      hidden.put(task, h);
    }
    return hidden;
  }

  /** W[i, u, t] = sum over a, b, c of core[a, b, c] input[i, a] output[u, b] task[t, c]. */
  private static double[] kernel(PlainNetwork network, String scope, int t, int[] shape) {
    double[] input = network.variable(scope + "/input/kernel");
    double[] output = network.variable(scope + "/output/kernel");
    double[] task = network.variable(scope + "/task/kernel");
    double[] core = network.variable(scope + "/core/kernel");
    int as = input.length / shape[0];
    int bs = output.length / shape[1];
    int cs = task.length / TASKS;
    double[] kernel = new double[shape[0] * shape[1]];
    for (int i = 0; i < shape[0]; i++) {
      for (int u = 0; u < shape[1]; u++) {
        for (int a = 0; a < as; a++) {
          for (int b = 0; b < bs; b++) {
            for (int c = 0; c < cs; c++) {
              kernel[i * shape[1] + u] +=
                  core[(c * as + a) * bs + b]
                      * input[i * as + a]
                      * output[u * bs + b]
                      * task[t * cs + c];
            }
          }
        }
      }
    }
    return kernel;
  }

  @Test
  void ofFullRankItIsAnyNetworkATask() {
    MultiTaskModel single = new SingleTask(LAYERS, 0);
    try (ModelHarness harness = new ModelHarness(model(100, 100), PROBLEM);
        ModelHarness alone = new ModelHarness(single, PROBLEM)) {
      Random random = TestSeed.random();
      Batch batch = harness.batch(PROBLEM.rows(20, model(), random));
      Map<String, double[]> point = alone.parameters(random);
      Map<String, double[]> same = new HashMap<>();
      point.forEach((name, values) -> same.put(name.replace("tower_", SCOPE + "/task_"), values));
      for (int layer = 1; layer <= LAYERS.size(); layer++) {
        String scope = SCOPE + "/dense_" + layer;
        int units = LAYERS.get(layer - 1);
        int size = point.get("tower_click/dense_" + layer + "/kernel").length;
        double[] core = new double[TASKS * size];
        for (int t = 0; t < TASKS; t++) {
          String kernel = "tower_" + PROBLEM.tasks().get(t).name() + "/dense_" + layer + "/kernel";
          System.arraycopy(point.get(kernel), 0, core, t * size, size);
        }
        same.put(scope + "/core/kernel", core);
        same.put(scope + "/input/kernel", identity(size / units));
        same.put(scope + "/output/kernel", identity(units));
        same.put(scope + "/task/kernel", identity(TASKS));
      }
      double expected = alone.loss(point, batch);
      assertThat(harness.loss(same, batch))
          .as("seed %d", TestSeed.value())
          .isCloseTo(expected, within(1e-12 * expected));
    }
  }

  private static double[] identity(int size) {
    double[] matrix = new double[size * size];
    for (int i = 0; i < size; i++) {
      matrix[i * size + i] = 1;
    }
    return matrix;
  }

  /** The mean over starts, as the elements of one start have their factors in common. */
  @Test
  void factorsBeginSuchThatWeightsHaveGlorotsVariance() {
    int starts = 6;
    double squares = 0;
    long count = 0;
    int in = 0;
    for (int start = 0; start < starts; start++) {
      try (TrainingSession session =
          new TrainingSession(PROBLEM.trainer(model(), TestSeed.value() + start))) {
        PlainNetwork network = PlainNetwork.of(session, PROBLEM);
        in = network.variable(SCOPE + "/dense_1/input/kernel").length / 4;
        for (int t = 0; t < TASKS; t++) {
          for (double w : kernel(network, SCOPE + "/dense_1", t, new int[] {in, LAYERS.get(0)})) {
            squares += w * w;
            count++;
          }
        }
      }
    }
    double glorot = 2.0 / (in + LAYERS.get(0));
    assertThat(squares / count / glorot).as("seed %d", TestSeed.value()).isBetween(0.6, 1.6);
  }

  @Test
  void ranksOutOfRangeAreRefused() {
    assertThatThrownBy(() -> model(0, 2)).hasMessage("rank: expected 1 to 65536, found 0");
    assertThatThrownBy(() -> model(2, 1025))
        .hasMessage("task_rank: expected 1 to 1024, found 1025");
  }
}
