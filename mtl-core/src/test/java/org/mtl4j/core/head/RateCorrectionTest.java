package org.mtl4j.core.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Variables;
import org.mtl4j.core.model.LabelRule;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.TaskType;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/** Predictions of a graph against the formula on plain numbers. */
class RateCorrectionTest {
  private static final double KEEP = 0.05;
  private static final double[] CLICK = {-3, 0, 2.5, -40, 40, -800, 800};
  private static final double[] BUY = {0.5, -1, 3, 2, -2, 1, 1};

  private static OutputSpec spec(String name, double kept, LabelRule label) {
    TaskType type = new TaskType.Binary(List.of());
    return new OutputSpec(name, type, new LabelEncoding.Indicator(kept), label, "");
  }

  private static OutputSpec spec(String name, double kept) {
    return spec(name, kept, new LabelRule.OfTask(name));
  }

  private static OutputSpec through(String... stages) {
    return spec("through", 1, new LabelRule.ThroughStages(List.of(stages)));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** What He and others write, p in [0, 1]. */
  private static double corrected(double p) {
    return p / (p + (1 - p) / KEEP);
  }

  private interface Outputs {
    List<OutputTensor> of(GraphContext context, Operand<TFloating> click, Operand<TFloating> buy);
  }

  private static double[] predictions(List<OutputSpec> specs, Outputs outputs, String name) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      GraphContext context =
          GraphContext.inference(graph, new Variables(graph, FloatType.FLOAT64), "test");
      Operand<TFloating> click = context.toFloating(context.tf().constant(CLICK));
      Operand<TFloating> buy = context.toFloating(context.tf().constant(BUY));
      List<OutputTensor> tensors = outputs.of(context, click, buy);
      Map<String, Operand<TFloating>> predictions =
          ModelPredictions.of(context, specs, ModelOutputs.of(tensors, Set.of()), Map.of());
      try (Result result = session.runner().fetch(predictions.get(name)).run()) {
        double[] values = new double[CLICK.length];
        ((TFloat64) result.get(0)).asRawTensor().data().asDoubles().read(values);
        return values;
      }
    }
  }

  private static Operand<TFloating> logSigmoid(GraphContext context, Operand<TFloating> x) {
    return context.tf().math.neg(context.tf().math.softplus(context.tf().math.neg(x)));
  }

  private static List<OutputTensor> funnel(
      GraphContext context, Operand<TFloating> click, Operand<TFloating> buy) {
    Operand<TFloating> both =
        context.tf().math.add(logSigmoid(context, click), logSigmoid(context, buy));
    return List.of(
        new OutputTensor.Logit("click", click),
        new OutputTensor.Logit("buy", buy),
        new OutputTensor.LogProbability("through", both));
  }

  @Test
  void sampledTaskIsBroughtBackToAllRowsAndOthersStay() {
    List<OutputSpec> specs = List.of(spec("click", KEEP), spec("buy", 1), through("click", "buy"));
    double[] click = predictions(specs, RateCorrectionTest::funnel, "click");
    double[] buy = predictions(specs, RateCorrectionTest::funnel, "buy");
    for (int i = 0; i < CLICK.length; i++) {
      assertThat(click[i])
          .as("%s", CLICK[i])
          .isCloseTo(corrected(sigmoid(CLICK[i])), within(1e-14));
      assertThat(buy[i]).isCloseTo(sigmoid(BUY[i]), within(1e-15));
    }
    assertThat(click[1]).isCloseTo(KEEP / (1 + KEEP), within(1e-15)); // Of p = 1/2.
  }

  @Test
  void productThroughASampledFirstStageIsBroughtBackWithIt() {
    List<OutputSpec> specs = List.of(spec("click", KEEP), spec("buy", 1), through("click", "buy"));
    double[] through = predictions(specs, RateCorrectionTest::funnel, "through");
    for (int i = 0; i < CLICK.length; i++) {
      double expected = corrected(sigmoid(CLICK[i])) * sigmoid(BUY[i]);
      assertThat(through[i]).as("%s", CLICK[i]).isCloseTo(expected, within(1e-14));
    }
  }

  /** A model may give log probabilities of tasks, too, and logits of what goes through. */
  @Test
  void logProbabilitiesAreBroughtBackAsLogitsAre() {
    List<OutputSpec> specs = List.of(spec("click", KEEP), through("click", "buy"));
    Outputs outputs =
        (context, click, buy) ->
            List.of(
                new OutputTensor.LogProbability("click", logSigmoid(context, click)),
                new OutputTensor.Logit("through", buy));
    double[] click = predictions(specs, outputs, "click");
    double[] through = predictions(specs, outputs, "through");
    for (int i = 0; i < CLICK.length; i++) {
      double p = sigmoid(CLICK[i]);
      assertThat(click[i]).as("%s", CLICK[i]).isCloseTo(corrected(p), within(1e-14));
      assertThat(through[i])
          .as("%s", CLICK[i])
          .isCloseTo(sigmoid(BUY[i]) / (p + (1 - p) / KEEP), within(1e-14));
    }
  }

  @Test
  void nothingIsTouchedWhereAllRowsWereSeen() {
    List<OutputSpec> specs = List.of(spec("click", 1), spec("buy", 1), through("click", "buy"));
    double[] through = predictions(specs, RateCorrectionTest::funnel, "through");
    for (int i = 0; i < CLICK.length; i++) {
      assertThat(through[i]).isCloseTo(sigmoid(CLICK[i]) * sigmoid(BUY[i]), within(1e-15));
    }
  }
}
