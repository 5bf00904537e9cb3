package org.mtl4j.core.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Variables;
import org.mtl4j.core.model.LabelRule;
import org.mtl4j.core.model.ModelLoss;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.model.Supervision;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.RegressionLoss;
import org.mtl4j.core.task.TaskType;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

class ModelLossesTest {
  private static final OutputSpec RATING =
      new OutputSpec(
          "rating",
          new TaskType.Regression(new RegressionLoss.Mse()),
          new LabelEncoding.Scale(0, 1),
          new LabelRule.OfTask("rating"),
          "E[rating]");

  private static Operand<TFloating> vector(GraphContext context, double... values) {
    return context.toFloating(context.tf().constant(values));
  }

  /** Numerator, denominator and mean of a squared error against labels of 0. */
  private static double[] squaredError(double[] logits, double[] weights) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      GraphContext root = root(graph);
      Supervision supervision =
          new Supervision(vector(root, new double[logits.length]), vector(root, weights));
      OutputTensor output = new OutputTensor.Logit("rating", vector(root, logits));
      TaskLoss loss =
          ModelLosses.of(
                  root,
                  List.of(RATING),
                  ModelOutputs.of(List.of(output), Set.of()),
                  Map.of("rating", supervision))
              .tasks()
              .get(0);
      try (Result result =
          session
              .runner()
              .fetch(loss.numerator())
              .fetch(loss.denominator())
              .fetch(loss.mean())
              .run()) {
        return new double[] {scalar(result, 0), scalar(result, 1), scalar(result, 2)};
      }
    }
  }

  private static GraphContext root(Graph graph) {
    return GraphContext.inference(graph, new Variables(graph, FloatType.FLOAT64), "test");
  }

  private static double scalar(Result result, int index) {
    return ((TFloat64) result.get(index)).getDouble();
  }

  @Test
  void taskLossIsTheWeightedMeanOfItsRows() {
    double[] loss = squaredError(new double[] {1, 2, 3}, new double[] {0.5, 0, 1.5});
    assertThat(loss[0]).isCloseTo(0.5 * 1 + 1.5 * 9, within(1e-12));
    assertThat(loss[1]).isCloseTo(2, within(1e-12));
    assertThat(loss[2]).isCloseTo(7, within(1e-12));
  }

  @Test
  void taskWithoutARowHasALossOfZero() {
    assertThat(squaredError(new double[] {1, 2}, new double[] {0, 0})).containsExactly(0, 0, 0);
  }

  /** 1e200 squared is infinite, and infinity times 0 is NaN. */
  @Test
  void infiniteLossOfARowWithoutASayIsLeftOut() {
    double[] loss = squaredError(new double[] {1e200, 2, -1e200}, new double[] {0, 0.5, 0});
    assertThat(loss).containsExactly(2, 0.5, 4);
  }

  @Test
  void lossOfAnOutputThatIsNotThereIsRefused() {
    try (Graph graph = new Graph()) {
      GraphContext root = root(graph);
      ModelOutputs outputs =
          ModelOutputs.of(
                  List.of(new OutputTensor.Logit("rating", vector(root, 1))), Set.<String>of())
              .withLosses(List.of(new ModelLoss.OfOutput("ratings", "rating")));
      assertThatThrownBy(() -> ModelLosses.of(root, List.of(RATING), outputs, Map.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("\"ratings\"");
    }
  }
}
