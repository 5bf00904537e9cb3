package org.mtl4j.models.mmoe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.feature.FeatureTensors;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.head.ModelLosses;
import org.mtl4j.core.head.TaskLoss;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.Supervision;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.testkit.GoldenValues;
import org.mtl4j.testkit.LayerHarness;
import org.mtl4j.testkit.SmallProblem;
import org.mtl4j.testkit.TestSeed;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** The losses and every gradient of a small MMoE as PyTorch computes them; golden.py made them. */
class GoldenMmoeTest {
  private static final int ROWS = 5;
  private static final int WIDTH = 4;
  private static final String SCOPE = "layer/";
  private static final List<FittedTask> TASKS =
      SmallProblem.withFunnel("click", "purchase").tasks().subList(0, 2);
  private static final Map<String, double[]> LABELS =
      Map.of("click", new double[] {0, 1, 1, 0, 1}, "purchase", new double[] {1, 1, 0, 0, 1});

  /** The losses of both tasks [2]. */
  private static Operand<TFloating> losses(GraphContext context, Operand<TFloating> x) {
    MultiTaskModel model = new Mmoe(3, List.of(4, 3), List.of(2), 0);
    FeatureTensors features =
        new FeatureTensors(context, List.of(new FeatureTensors.Block(x, List.of())));
    Map<String, Supervision> supervision = new LinkedHashMap<>();
    LABELS.forEach(
        (task, labels) ->
            supervision.put(
                task, new Supervision(vector(context, labels), vector(context, ones()))));
    var outputs =
        model.build(new ModelInputs(features, supervision), new ModelContext(context, TASKS));
    return context
        .tf()
        .stack(
            ModelLosses.of(context, model.outputs(TASKS), outputs, supervision).tasks().stream()
                .map(TaskLoss::mean)
                .toList());
  }

  private static Operand<TFloating> vector(GraphContext context, double[] values) {
    return context.toFloating(context.tf().constant(values));
  }

  private static double[] ones() {
    double[] ones = new double[ROWS];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void lossesAndGradientsEqualPyTorchs() {
    Map<String, double[]> golden = GoldenValues.read(GoldenMmoeTest.class, "golden.csv", 2);
    try (LayerHarness harness = new LayerHarness(false, WIDTH, GoldenMmoeTest::losses)) {
      Map<String, double[]> point = harness.point(ROWS, TestSeed.random());
      point.put(LayerHarness.X, GoldenValues.numbers(500, ROWS * WIDTH));
      int k = 1;
      for (String name : new TreeSet<>(point.keySet())) {
        if (name.startsWith(SCOPE)) {
          point.put(name, GoldenValues.numbers(1000 * k++, point.get(name).length));
        }
      }
      double[] losses = harness.forward(point);
      for (int t = 0; t < TASKS.size(); t++) {
        String task = TASKS.get(t).name();
        assertThat(losses[t]).isCloseTo(golden.get(task + ",loss")[0], within(1e-13));
        double[] factors = new double[TASKS.size()];
        factors[t] = 1;
        Map<String, double[]> gradients = harness.gradients(point, factors);
        gradients.remove(LayerHarness.X);
        gradients.forEach(
            (name, gradient) -> {
              double[] expected =
                  golden.getOrDefault(
                      task + "," + name.substring(SCOPE.length()), new double[gradient.length]);
              assertThat(gradient)
                  .as("%s by %s", task, name)
                  .containsExactly(expected, within(1e-13));
            });
      }
    }
  }
}
