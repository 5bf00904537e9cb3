package org.mtl4j.models.l2constrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.models.ForwardTest;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.models.TaskGradients;
import org.mtl4j.testkit.ModelHarness;
import org.mtl4j.testkit.TestSeed;

class L2ConstrainedTest extends ForwardTest {
  private static final double STRENGTH = 0.02;
  private static final int LAYERS = 2;

  @Override
  protected MultiTaskModel model() {
    return model(STRENGTH);
  }

  private static L2Constrained model(double strength) {
    return new L2Constrained(List.of(10, 6), strength, 0, Normalization.NONE);
  }

  @Override
  protected Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    Map<String, double[]> hidden = new LinkedHashMap<>();
    for (FittedTask task : PROBLEM.tasks()) {
      hidden.put(task.name(), network.mlp("l2_constrained/task_" + task.name(), LAYERS, x));
    }
    return hidden;
  }

  /**
   * The sum over pairs, as the paper has it, against the model's sum over distances to the mean.
   */
  @Test
  void regulariserIsTheSquaredDistanceOfEachPairOfTasks() {
    try (ModelHarness harness = new ModelHarness(model(), PROBLEM);
        ModelHarness without = new ModelHarness(model(0), PROBLEM)) {
      Random random = TestSeed.random();
      Batch batch = harness.batch(PROBLEM.rows(5, model(), random));
      Map<String, double[]> point = harness.parameters(random);
      List<FittedTask> tasks = PROBLEM.tasks();
      double pairs = 0;
      for (int s = 0; s < tasks.size(); s++) {
        for (int t = s + 1; t < tasks.size(); t++) {
          pairs += distance(point, tasks.get(s), tasks.get(t));
        }
      }
      assertThat(harness.loss(point, batch) - without.loss(point, batch))
          .as("seed %d", TestSeed.value())
          .isCloseTo(STRENGTH / (tasks.size() - 1) * pairs, within(1e-9 * pairs));
    }
  }

  private static double distance(Map<String, double[]> values, FittedTask s, FittedTask t) {
    double sum = 0;
    for (int layer = 1; layer <= LAYERS; layer++) {
      for (String part : List.of("kernel", "bias")) {
        String name = "l2_constrained/task_%s/dense_%d/%s";
        double[] one = values.get(name.formatted(s.name(), layer, part));
        double[] other = values.get(name.formatted(t.name(), layer, part));
        for (int i = 0; i < one.length; i++) {
          sum += (one[i] - other[i]) * (one[i] - other[i]);
        }
      }
    }
    return sum;
  }

  @Test
  void largeStrengthMakesTheNetworksOneAndNoneLeavesThemApart() {
    assertThat(apart(10)).isLessThan(0.1 * apart(0));
  }

  /** How far apart two tasks' networks are after training. */
  private static double apart(double strength) {
    MultiTaskModel model = model(strength);
    EncodedRows rows = PROBLEM.rows(64, model, TestSeed.random());
    try (TrainingSession session = new TrainingSession(PROBLEM.trainer(model, 1))) {
      Batch batch = PlainNetwork.batch(session, rows);
      for (int step = 1; step <= 60; step++) {
        session.step(batch, step);
      }
      PlainNetwork network = PlainNetwork.of(session, PROBLEM);
      double[] one = network.variable("l2_constrained/task_click/dense_1/kernel");
      double[] other = network.variable("l2_constrained/task_rating/dense_1/kernel");
      double sum = 0;
      for (int i = 0; i < one.length; i++) {
        sum += (one[i] - other[i]) * (one[i] - other[i]);
      }
      return sum;
    }
  }

  @Test
  void taskReachesItsOwnNetworkOnly() {
    TaskGradients gradients = TaskGradients.of(model(), PROBLEM);
    for (FittedTask task : PROBLEM.tasks()) {
      for (FittedTask other : PROBLEM.tasks()) {
        assertThat(gradients.reaches(task.name(), "l2_constrained/task_" + other.name()))
            .as("%s on the network of %s", task.name(), other.name())
            .isEqualTo(task.equals(other));
      }
    }
  }

  @Test
  void strengthBelowZeroIsRefused() {
    assertThatThrownBy(() -> model(-0.1))
        .hasMessage("strength: expected a finite number of at least 0, found -0.1");
    assertThatThrownBy(() -> model(Double.NaN)).hasMessageStartingWith("strength: ");
  }
}
