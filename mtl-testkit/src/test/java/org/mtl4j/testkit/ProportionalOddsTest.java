package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.head.TaskHead;
import org.mtl4j.core.task.Expression;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.SampleSpace;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;

/** The logits of an ordinal task against McCullagh's cumulative probabilities. */
class ProportionalOddsTest extends LayerContractTest {
  private static final List<String> CLASSES = List.of("1", "2", "3", "4");

  @Override
  protected Class<?> subject() {
    return TaskHead.class;
  }

  @Override
  protected LayerHarness.Layer layer() {
    return layer(CLASSES);
  }

  private static LayerHarness.Layer layer(List<String> classes) {
    Task task =
        new Task(
            "stars",
            new TaskType.Ordinal(List.of()),
            Expression.parse("stars"),
            SampleSpace.everywhere(),
            Optional.empty(),
            1);
    FittedTask fitted = new FittedTask(task, new LabelEncoding.Classes(classes));
    return (context, x) -> TaskHead.logit(context, fitted, x).tensor();
  }

  @Override
  protected int width() {
    return 3;
  }

  /** log of s(t_k - z) - s(t_(k-1) - z). */
  @Override
  protected double[] plain(Map<String, double[]> variables, double[] x) {
    double z = 0;
    for (int i = 0; i < x.length; i++) {
      z += variables.get("layer/head_stars/logit/kernel")[i] * x[i];
    }
    double[] free = variables.get("layer/head_stars/logit/thresholds");
    double threshold = free[0] - Math.log(2);
    double below = 0;
    double[] logits = new double[free.length + 1];
    for (int k = 0; k < free.length; k++) {
      threshold += k == 0 ? 0 : Math.log1p(Math.exp(free[k]));
      double upTo = 1 / (1 + Math.exp(z - threshold));
      logits[k] = Math.log(upTo - below);
      below = upTo;
    }
    logits[free.length] = Math.log(1 - below);
    return logits;
  }

  @Test
  void thresholdsBeginAroundZeroAndTwoClassesAreABinaryTask() {
    try (LayerHarness harness = new LayerHarness(false, width(), layer(List.of("no", "yes")))) {
      Map<String, double[]> point =
          Map.of(
              LayerHarness.X,
              new double[] {1, 2, 3},
              "layer/head_stars/logit/kernel",
              new double[] {0.5, -0.25, 0.1},
              "layer/head_stars/logit/thresholds",
              new double[] {0});
      double[] logs = harness.forward(point);
      double yes = 1 / (1 + Math.exp(-0.3));
      assertThat(logs)
          .containsExactly(new double[] {Math.log(1 - yes), Math.log(yes)}, within(1e-12));
    }
    try (LayerHarness harness = new LayerHarness(false, width(), layer())) {
      double[] logs =
          harness.forward(
              Map.of(
                  LayerHarness.X,
                  new double[3],
                  "layer/head_stars/logit/kernel",
                  new double[3],
                  "layer/head_stars/logit/thresholds",
                  new double[3]));
      double[] shares = Arrays.stream(logs).map(Math::exp).toArray();
      assertThat(Arrays.stream(shares).sum()).isCloseTo(1, within(1e-12));
      assertThat(shares[0]).isCloseTo(shares[3], within(1e-12));
      assertThat(shares[1]).isCloseTo(shares[2], within(1e-12));
    }
  }
}
