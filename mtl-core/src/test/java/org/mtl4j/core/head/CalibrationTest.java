package org.mtl4j.core.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Variables;
import org.mtl4j.core.model.CalibrationMethod;
import org.mtl4j.core.model.Calibrator;
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
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** Calibrated predictions of a float32 graph against the formulas on plain numbers. */
class CalibrationTest {
  private static final float[] CLICK = {-30, -3, -1, -0.5f, 0, 0.25f, 1, 2.5f, 30};
  private static final float[] BUY = {1, 0.5f, -1, 3, 2, -2, 1, 1, 0};
  private static final Calibrator PLATT =
      new Calibrator.Linear(CalibrationMethod.PLATT, List.of(0.7), List.of(-1.2));
  private static final Calibrator TEMPERATURE =
      new Calibrator.Linear(CalibrationMethod.TEMPERATURE, List.of(1 / 1.6), List.of(0.0));
  private static final Calibrator CURVE =
      new Calibrator.Curve(List.of(-1.0, 0.0, 2.0), List.of(-2.0, -1.5, 3.0));

  private static OutputSpec spec(String name, double kept) {
    return new OutputSpec(
        name,
        new TaskType.Binary(List.of()),
        new LabelEncoding.Indicator(kept),
        new LabelRule.OfTask(name),
        "");
  }

  private static final OutputSpec THROUGH =
      new OutputSpec(
          "through",
          new TaskType.Binary(List.of()),
          new LabelEncoding.Indicator(),
          new LabelRule.ThroughStages(List.of("click", "buy")),
          "");

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private interface Outputs {
    List<OutputTensor> of(GraphContext context);
  }

  private interface Fetched {
    Operand<TFloating> of(GraphContext context, ModelOutputs outputs);
  }

  private static float[] run(Outputs outputs, Fetched fetched) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      GraphContext context =
          GraphContext.inference(graph, new Variables(graph, FloatType.FLOAT32), "test");
      ModelOutputs made = ModelOutputs.of(outputs.of(context), Set.of());
      try (Result result = session.runner().fetch(fetched.of(context, made)).run()) {
        TFloat32 tensor = (TFloat32) result.get(0);
        float[] values = new float[Math.toIntExact(tensor.size())];
        tensor.asRawTensor().data().asFloats().read(values);
        return values;
      }
    }
  }

  private static float[] predictions(
      List<OutputSpec> specs, Outputs outputs, Map<String, Calibrator> fitted, String name) {
    return run(
        outputs, (context, made) -> ModelPredictions.of(context, specs, made, fitted).get(name));
  }

  private static Operand<TFloating> floating(GraphContext context, float... values) {
    return context.toFloating(context.tf().constant(values));
  }

  private static Operand<TFloating> logSigmoid(GraphContext context, Operand<TFloating> x) {
    return context.tf().math.neg(context.tf().math.softplus(context.tf().math.neg(x)));
  }

  private static List<OutputTensor> funnel(GraphContext context) {
    Operand<TFloating> click = floating(context, CLICK);
    Operand<TFloating> buy = floating(context, BUY);
    Operand<TFloating> both =
        context.tf().math.add(logSigmoid(context, click), logSigmoid(context, buy));
    return List.of(
        new OutputTensor.Logit("click", click),
        new OutputTensor.Logit("buy", buy),
        new OutputTensor.LogProbability("through", both));
  }

  private static void assertClose(float found, double expected, String what) {
    assertThat((double) found).as(what).isCloseTo(expected, within(1e-6 + 1e-5 * expected));
  }

  @Test
  void logOddsAreMappedAndOtherOutputsStay() {
    List<OutputSpec> specs = List.of(spec("click", 1), spec("buy", 1), THROUGH);
    for (Calibrator calibrator : List.of(PLATT, TEMPERATURE, CURVE)) {
      Map<String, Calibrator> fitted = Map.of("click", calibrator);
      float[] click = predictions(specs, CalibrationTest::funnel, fitted, "click");
      float[] buy = predictions(specs, CalibrationTest::funnel, fitted, "buy");
      for (int i = 0; i < CLICK.length; i++) {
        String what = calibrator + " of " + CLICK[i];
        assertClose(click[i], sigmoid(calibrator.apply(0, CLICK[i])), what);
        assertClose(buy[i], sigmoid(BUY[i]), what);
      }
    }
  }

  /** By hand: slopes of 1/16 outside, of 1/2 and 9/4 between the points. */
  @Test
  void curveGoesThroughItsPointsAndOnBeyondThem() {
    assertThat(CURVE.apply(0, -17)).isEqualTo(-3);
    assertThat(CURVE.apply(0, -1)).isEqualTo(-2);
    assertThat(CURVE.apply(0, -0.5)).isEqualTo(-1.75);
    assertThat(CURVE.apply(0, 0)).isEqualTo(-1.5);
    assertThat(CURVE.apply(0, 1)).isEqualTo(0.75);
    assertThat(CURVE.apply(0, 18)).isEqualTo(4);
    float[] click =
        predictions(
            List.of(spec("click", 1)),
            context -> List.of(new OutputTensor.Logit("click", floating(context, 1))),
            Map.of("click", CURVE),
            "click");
    assertThat(click).hasSize(1); // Of one row, too.
    assertClose(click[0], sigmoid(0.75), "one row");
  }

  @Test
  void productThroughCalibratedStagesIsTheirProduct() {
    List<OutputSpec> specs = List.of(spec("click", 1), spec("buy", 1), THROUGH);
    Map<String, Calibrator> fitted = Map.of("click", PLATT, "buy", CURVE);
    float[] through = predictions(specs, CalibrationTest::funnel, fitted, "through");
    for (int i = 0; i < CLICK.length; i++) {
      double expected = sigmoid(PLATT.apply(0, CLICK[i])) * sigmoid(CURVE.apply(0, BUY[i]));
      assertClose(through[i], expected, "through " + CLICK[i]);
    }
  }

  /** The share of negatives comes last: a temperature does not scale it. */
  @Test
  void shareOfNegativesIsUndoneAfterCalibration() {
    List<OutputSpec> specs = List.of(spec("click", 0.1), spec("buy", 1), THROUGH);
    Map<String, Calibrator> fitted = Map.of("click", TEMPERATURE);
    float[] click = predictions(specs, CalibrationTest::funnel, fitted, "click");
    float[] through = predictions(specs, CalibrationTest::funnel, fitted, "through");
    for (int i = 0; i < CLICK.length; i++) {
      double p = sigmoid(CLICK[i] / 1.6);
      double corrected = p / (p + (1 - p) / 0.1);
      assertClose(click[i], corrected, "click " + CLICK[i]);
      assertClose(through[i], corrected * sigmoid(BUY[i]), "through " + CLICK[i]);
    }
  }

  /** A model may give the log probability of a task: its log odds are calibrated. */
  @Test
  void logProbabilityIsCalibratedByItsLogOdds() {
    List<OutputSpec> specs = List.of(spec("click", 1));
    Outputs outputs =
        context ->
            List.of(
                new OutputTensor.LogProbability(
                    "click", logSigmoid(context, floating(context, CLICK))));
    float[] click = predictions(specs, outputs, Map.of("click", PLATT), "click");
    float[] scores =
        run(outputs, (context, made) -> ModelPredictions.scores(context, specs, made).get("click"));
    for (int i = 1; i < CLICK.length - 1; i++) {
      assertClose(click[i], sigmoid(PLATT.apply(0, CLICK[i])), "click " + CLICK[i]);
      assertThat(scores[i]).isCloseTo(CLICK[i], within(1e-5f));
    }
  }

  @Test
  void classesHaveOneTemperatureAndSetsALineForEach() {
    float[][] logits = {{1, 2, -1}, {0, 0, 3}};
    float[] flat = {1, 2, -1, 0, 0, 3};
    Outputs outputs =
        context ->
            List.of(
                new OutputTensor.Logit(
                    "kind",
                    context
                        .tf()
                        .reshape(
                            floating(context, flat), context.tf().constant(new int[] {2, 3}))));
    List<String> names = List.of("a", "b", "c");
    LabelRule label = new LabelRule.OfTask("kind");
    OutputSpec one =
        new OutputSpec(
            "kind", new TaskType.Multiclass(), new LabelEncoding.Classes(names), label, "");
    OutputSpec sets =
        new OutputSpec(
            "kind",
            new TaskType.Multilabel("|", 1, 10),
            new LabelEncoding.ClassSet(names),
            label,
            "");
    Calibrator lines =
        new Calibrator.Linear(
            CalibrationMethod.PLATT, List.of(1.0, 0.5, 2.0), List.of(0.0, 1.0, -1.0));
    float[] softmax = predictions(List.of(one), outputs, Map.of("kind", TEMPERATURE), "kind");
    float[] yes = predictions(List.of(sets), outputs, Map.of("kind", lines), "kind");
    for (int row = 0; row < 2; row++) {
      double sum = 0;
      for (float x : logits[row]) {
        sum += Math.exp(x / 1.6);
      }
      for (int c = 0; c < 3; c++) {
        float x = logits[row][c];
        assertClose(softmax[3 * row + c], Math.exp(x / 1.6) / sum, "class " + c);
        double line = new double[] {x, 0.5 * x + 1, 2 * x - 1}[c];
        assertClose(yes[3 * row + c], sigmoid(line), "set " + c);
      }
    }
  }

  @Test
  void predictionsNeverFallAsScoresRise() {
    float[] scores = new float[4001];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = i * 0.005f - 10;
    }
    for (Calibrator calibrator : List.of(PLATT, TEMPERATURE, CURVE)) {
      float[] found =
          predictions(
              List.of(spec("click", 1)),
              context -> List.of(new OutputTensor.Logit("click", floating(context, scores))),
              Map.of("click", calibrator),
              "click");
      float[] sorted = found.clone();
      Arrays.sort(sorted);
      assertThat(found).as("%s", calibrator).containsExactly(sorted);
    }
  }
}
