package org.mtl4j.models.tiedweights;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.ForwardTest;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.models.TaskGradients;
import org.mtl4j.models.sharedbottom.SharedBottom;
import org.mtl4j.testkit.ModelHarness;
import org.mtl4j.testkit.PlainLayers;
import org.mtl4j.testkit.TestSeed;

class TiedWeightsTest extends ForwardTest {
  private static final List<Integer> LAYERS = List.of(10, 6);

  @Override
  protected MultiTaskModel model() {
    return new TiedWeights(LAYERS, 0, Normalization.NONE);
  }

  /** h_(t,k) = relu(W_k h_(t,k-1) + b_(t,k)). */
  @Override
  protected Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    Map<String, double[]> hidden = new LinkedHashMap<>();
    for (FittedTask task : PROBLEM.tasks()) {
      double[] h = x;
      for (int layer = 1; layer <= LAYERS.size(); layer++) {
        double[] kernel = network.variable("tied_weights/dense_%d/kernel".formatted(layer));
        double[] bias =
            network.variable("tied_weights/task_%s/dense_%d/bias".formatted(task.name(), layer));
        h = PlainLayers.relu(PlainLayers.linear(kernel, bias, h));
      }
      hidden.put(task.name(), h);
    }
    return hidden;
  }

  @Test
  void tasksHaveTheirWeightsInCommonAndTheirBiasesForThemselves() {
    TaskGradients gradients = TaskGradients.of(model(), PROBLEM);
    for (FittedTask task : PROBLEM.tasks()) {
      for (int layer = 1; layer <= LAYERS.size(); layer++) {
        assertThat(gradients.reaches(task.name(), "tied_weights/dense_" + layer))
            .as("%s on layer %d", task.name(), layer)
            .isTrue();
      }
      for (FittedTask other : PROBLEM.tasks()) {
        assertThat(gradients.reaches(task.name(), "tied_weights/task_" + other.name()))
            .as("%s on the biases of %s", task.name(), other.name())
            .isEqualTo(task.equals(other));
      }
    }
  }

  @Test
  void withEqualBiasesItIsASharedBottomWithoutTowers() {
    MultiTaskModel bottom = new SharedBottom(LAYERS, List.of(), 0);
    try (ModelHarness harness = new ModelHarness(model(), PROBLEM);
        ModelHarness shared = new ModelHarness(bottom, PROBLEM)) {
      Random random = TestSeed.random();
      Batch batch = harness.batch(PROBLEM.rows(20, model(), random));
      Map<String, double[]> point = shared.parameters(random);
      Map<String, double[]> same = new HashMap<>();
      point.forEach(
          (name, values) -> {
            same.put(name.replace("shared_bottom", "tied_weights"), values);
            for (FittedTask task : PROBLEM.tasks()) {
              same.put(name.replace("shared_bottom", "tied_weights/task_" + task.name()), values);
            }
          });
      double expected = shared.loss(point, batch);
      assertThat(harness.loss(same, batch))
          .as("seed %d", TestSeed.value())
          .isCloseTo(expected, within(1e-12 * expected));
    }
  }
}
