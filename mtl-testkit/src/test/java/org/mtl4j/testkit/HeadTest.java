package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.head.ModelLosses;
import org.mtl4j.core.head.TaskHead;
import org.mtl4j.core.model.LabelRule;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.model.Supervision;
import org.mtl4j.core.task.BinaryLoss;
import org.mtl4j.core.task.CodeSpec;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.RegressionLoss;
import org.mtl4j.core.task.TaskType;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TFloating;

/**
 * The loss of every head and kind of output, averaged as training does it: its gradient by finite
 * differences, and which rows have a say. The formulas themselves are compared in mtl-core.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeadTest {
  private static final int BATCHES = 8;
  private static final int[] SIZES = {1, 2, 6, 7};
  private static final String LABELS = "layer/labels";
  private static final String WEIGHTS = "layer/weights";
  private static final int CLASSES = 3;
  private static final double ROUNDING = 1e-12;
  private static final List<RegressionLoss> REGRESSIONS =
      List.of(
          new RegressionLoss.Mse(),
          new RegressionLoss.Mae(),
          new RegressionLoss.Huber(),
          new RegressionLoss.Quantile(0.8),
          new RegressionLoss.Poisson(),
          new RegressionLoss.Ziln());

  /**
   * A head with the way from scores to what it is given.
   *
   * @param width scores a row
   */
  private record Case(
      String name,
      OutputSpec spec,
      int width,
      BiFunction<GraphContext, Operand<TFloating>, OutputTensor> link) {
    int labelWidth() {
      return spec.labelShape().width();
    }

    double label(Random random) {
      if (spec.type() instanceof TaskType.Regression number) {
        double value = 3 + 2 * random.nextGaussian();
        // Away from 0, where a label's log has no slope; the golden values have labels of 0.
        return number.loss().needsNonNegative() ? 0.5 + Math.abs(value) : value;
      }
      return random.nextInt(spec.type().isClass() ? CLASSES : 2);
    }
  }

  private static List<Case> cases() {
    OutputSpec binary = spec(new TaskType.Binary(List.of()), new LabelEncoding.Indicator());
    OutputSpec classes =
        spec(new TaskType.Multiclass(), new LabelEncoding.Classes(List.of("a", "b", "c")));
    OutputSpec sets =
        spec(
            new TaskType.Multilabel("|", 1, CLASSES),
            new LabelEncoding.ClassSet(List.of("a", "b", "c")));
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("binary, logit", binary, 1, HeadTest::logit));
    for (BinaryLoss loss : List.of(new BinaryLoss.Focal(1.5), new BinaryLoss.Hinge())) {
      OutputSpec other = spec(new TaskType.Binary(List.of(), loss), new LabelEncoding.Indicator());
      cases.add(new Case(loss + ", logit", other, 1, HeadTest::logit));
      cases.add(new Case(loss + ", product of three", other, 3, HeadTest::product));
    }
    cases.add(new Case("binary, log probability", binary, 1, HeadTest::product));
    cases.add(new Case("binary, product of three", binary, 3, HeadTest::product));
    cases.add(new Case("multiclass", classes, CLASSES, HeadTest::matrix));
    OutputSpec ordinal =
        spec(new TaskType.Ordinal(List.of()), new LabelEncoding.Classes(List.of("1", "2", "3")));
    cases.add(new Case("ordinal", ordinal, CLASSES, HeadTest::matrix));
    cases.add(new Case("multilabel", sets, CLASSES, HeadTest::matrix));
    for (RegressionLoss loss : REGRESSIONS) {
      OutputSpec regression =
          spec(new TaskType.Regression(loss), new LabelEncoding.Scale(2.5, 1.7));
      boolean several = loss.logits() > 1;
      cases.add(
          new Case(
              "regression, " + loss,
              regression,
              loss.logits(),
              several ? HeadTest::matrix : HeadTest::logit));
    }
    return cases;
  }

  private static OutputSpec spec(TaskType type, LabelEncoding encoding) {
    return new OutputSpec("y", type, encoding, new LabelRule.OfTask("y"), "");
  }

  private static OutputTensor matrix(GraphContext context, Operand<TFloating> x) {
    return new OutputTensor.Logit("y", x);
  }

  private static OutputTensor logit(GraphContext context, Operand<TFloating> x) {
    var tf = context.tf();
    return new OutputTensor.Logit("y", tf.reshape(x, tf.constant(new int[] {-1})));
  }

  /** As a funnel multiplies its stages: the sum of their log sigmoids. */
  private static OutputTensor product(GraphContext context, Operand<TFloating> x) {
    var tf = context.tf();
    Operand<TFloating> logs = tf.math.neg(tf.math.softplus(tf.math.neg(x)));
    return new OutputTensor.LogProbability("y", tf.sum(logs, tf.constant(1)));
  }

  /** A batch of one output. */
  private record Rows(double[] scores, double[] labels, double[] weights) {
    static Rows random(Case c, int n, Random random) {
      double[] labels = new double[n * c.labelWidth()];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = c.label(random);
      }
      return new Rows(
          random.doubles((long) n * c.width(), -3, 3).toArray(),
          labels,
          random.doubles(n, 0.3, 2).toArray());
    }

    int size() {
      return weights.length;
    }

    Rows withWeights(double... other) {
      return new Rows(scores, labels, other);
    }

    Map<String, double[]> point() {
      return Map.of(LayerHarness.X, scores, LABELS, labels, WEIGHTS, weights);
    }
  }

  /** No row has a loss of its own: {@link RankingLossTest}. */
  private static final Set<Class<?>> RANKINGS =
      Set.of(BinaryLoss.Bpr.class, BinaryLoss.Listwise.class);

  private final Map<String, LayerHarness> harnesses = new HashMap<>();

  /** The mean loss of a case over n rows, whose labels and weights are fed as variables are. */
  private LayerHarness harness(Case c, int n) {
    return harnesses.computeIfAbsent(
        c.name() + n,
        key -> new LayerHarness(false, c.width(), (context, x) -> mean(c, n, context, x)));
  }

  private static Operand<TFloating> mean(
      Case c, int n, GraphContext context, Operand<TFloating> x) {
    Operand<TFloating> labels =
        context.variable("labels", c.spec().labelTensor(n), Initializer.zeros());
    Operand<TFloating> weights = context.variable("weights", Shape.of(n), Initializer.zeros());
    if (c.spec().type().isClass()) {
      // An index in the middle of what it is rounded down from, so that a small step changes
      // nothing.
      labels = context.tf().math.add(labels, context.constant(0.5));
    }
    ModelOutputs outputs = ModelOutputs.of(List.of(c.link().apply(context, x)), Set.of());
    Map<String, Supervision> supervision = Map.of("y", new Supervision(labels, weights));
    return ModelLosses.of(context, List.of(c.spec()), outputs, supervision).tasks().get(0).mean();
  }

  @AfterAll
  void close() {
    harnesses.values().forEach(LayerHarness::close);
  }

  /** The mean loss and its derivative by the scores. */
  private ModelHarness.Slope slope(Case c, Rows rows) {
    LayerHarness harness = harness(c, rows.size());
    double[] one = {1};
    double[] gradient = harness.gradients(rows.point(), one).get(LayerHarness.X);
    return new ModelHarness.Slope(
        harness.forward(rows.point())[0], Map.of(LayerHarness.X, gradient));
  }

  private interface Property {
    void check(Case c, Rows rows, Random random);
  }

  private static void forRandomRows(Property property) {
    for (Case c : cases()) {
      Random random = TestSeed.random();
      for (int i = 0; i < BATCHES; i++) {
        property.check(c, Rows.random(c, SIZES[random.nextInt(SIZES.length)], random), random);
      }
    }
  }

  /** What they lose is the model's own. */
  private static final Set<Class<?>> WITHOUT_A_LABEL =
      Set.of(TaskType.Reconstruction.class, TaskType.Clustering.class);

  @Test
  void everyHeadAndLossIsAmongTheCases() {
    assertThat(REGRESSIONS.stream().map(loss -> loss.getClass().getName()))
        .containsExactlyInAnyOrderElementsOf(permitted(RegressionLoss.class, Set.of()));
    assertThat(
            cases().stream()
                .filter(c -> c.spec().type() instanceof TaskType.Binary)
                .map(c -> ((TaskType.Binary) c.spec().type()).loss().getClass().getName())
                .distinct())
        .containsExactlyInAnyOrderElementsOf(permitted(BinaryLoss.class, RANKINGS));

    TaskType code = new TaskType.Reconstruction(new CodeSpec(Optional.empty(), 2, List.of()));
    OutputSpec unlabelled =
        new OutputSpec(
            "code", code, LabelEncoding.Columns.of(code), new LabelRule.OfTask("code"), "code");
    assertThat(
            Stream.concat(cases().stream().map(Case::spec), Stream.of(unlabelled))
                .map(spec -> TaskHead.of(spec).getClass().getName())
                .distinct())
        .containsExactlyInAnyOrderElementsOf(permitted(TaskHead.class, Set.of()));
    assertThat(cases().stream().map(c -> c.spec().type().getClass().getName()).distinct())
        .containsExactlyInAnyOrderElementsOf(permitted(TaskType.class, WITHOUT_A_LABEL));
  }

  private static List<String> permitted(Class<?> sealed, Set<Class<?>> without) {
    return Arrays.stream(sealed.getPermittedSubclasses())
        .filter(type -> !without.contains(type))
        .map(Class::getName)
        .toList();
  }

  @Test
  void gradientsAgreeWithFiniteDifferences() {
    forRandomRows(
        (c, rows, random) -> {
          LayerHarness harness = harness(c, rows.size());
          Rows away = rows;
          while (harness.kinkDistance(away.point()) <= FiniteDifferences.MARGIN) {
            away = Rows.random(c, rows.size(), random);
          }
          harness.checkGradients(new HashMap<>(away.point()), random);
        });
  }

  @Test
  void rowsOfWeightZeroHaveNoSayAndNoGradient() {
    forRandomRows(
        (c, rows, random) -> {
          int silent = random.nextInt(rows.size());
          double[] weights = rows.weights().clone();
          weights[silent] = 0;
          double[] scores = rows.scores().clone();
          for (int i = 0; i < c.width(); i++) {
            scores[silent * c.width() + i] = 1e3 * random.nextGaussian();
          }
          double[] labels = rows.labels().clone();
          labels[silent * c.labelWidth()] = 0;
          ModelHarness.Slope before = slope(c, rows.withWeights(weights));
          ModelHarness.Slope after = slope(c, new Rows(scores, labels, weights));
          Slopes.assertNear(after, before, 0, c.name());
          double[] gradient = after.gradients().get(LayerHarness.X);
          for (int i = 0; i < c.width(); i++) {
            Slopes.assertNear(gradient[silent * c.width() + i], 0, 0, c.name());
          }
        });
  }

  @Test
  void batchWithoutASayHasNeitherLossNorGradient() {
    forRandomRows(
        (c, rows, random) ->
            Slopes.assertNothing(slope(c, rows.withWeights(new double[rows.size()])), c.name()));
  }

  @Test
  void onlyRatiosOfWeightsMatter() {
    forRandomRows(
        (c, rows, random) -> {
          double factor = Math.exp(10 * random.nextDouble() - 5);
          double[] scaled = Arrays.stream(rows.weights()).map(w -> w * factor).toArray();
          Slopes.assertNear(
              slope(c, rows.withWeights(scaled)), slope(c, rows), ROUNDING, c.name() + factor);
        });
  }

  /** Twice the weight is the same as the row twice. */
  @Test
  void weightCountsRows() {
    forRandomRows(
        (c, rows, random) -> {
          int n = rows.size();
          double[] ones = new double[n];
          Arrays.fill(ones, 1);
          double[] doubled = ones.clone();
          doubled[n - 1] = 2;
          double[] again = Arrays.copyOf(rows.scores(), (n + 1) * c.width());
          System.arraycopy(rows.scores(), (n - 1) * c.width(), again, n * c.width(), c.width());
          int width = c.labelWidth();
          double[] labels = Arrays.copyOf(rows.labels(), (n + 1) * width);
          System.arraycopy(labels, (n - 1) * width, labels, n * width, width);
          double[] longer = Arrays.copyOf(ones, n + 1);
          longer[n] = 1;
          double expected = slope(c, new Rows(again, labels, longer)).loss();
          Slopes.assertNear(
              slope(c, rows.withWeights(doubled)).loss(), expected, ROUNDING, c.name());
        });
  }

  /** Labels of the golden values' six rows. */
  private static double[] goldenLabels(Case c) {
    if (c.spec().type() instanceof TaskType.Regression number) {
      // Two of the six are 0 where labels have no sign.
      return Arrays.stream(GoldenValues.numbers(300, 6))
          .map(v -> number.loss().needsNonNegative() ? Math.max(0, 2 * v) : 3 + 2 * v)
          .toArray();
    }
    if (c.spec().type() instanceof TaskType.Multilabel) {
      return new double[] {0, 0, 0, 1, 0, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 1, 1};
    }
    return c.spec().type().isClass()
        ? new double[] {0, 2, 1, 1, 0, 2}
        : new double[] {0, 1, 1, 0, 1, 0};
  }

  @Test
  void lossesAndGradientsEqualPyTorchs() {
    Map<String, double[]> golden = GoldenValues.read(HeadTest.class, "heads.csv", 1);
    Map<String, String> names =
        Map.ofEntries(
            Map.entry("binary, logit", "binary"),
            Map.entry("binary, product of three", "product"),
            Map.entry("Focal[gamma=1.5], logit", "focal"),
            Map.entry("Hinge[], logit", "hinge"),
            Map.entry("multiclass", "multiclass"),
            Map.entry("multilabel", "multilabel"),
            Map.entry("regression, Mse[]", "mse"),
            Map.entry("regression, Mae[]", "mae"),
            Map.entry("regression, Huber[]", "huber"),
            Map.entry("regression, Quantile[level=0.8]", "quantile"),
            Map.entry("regression, Poisson[]", "poisson"),
            Map.entry("regression, Ziln[]", "ziln"));
    List<Case> known = cases().stream().filter(c -> names.containsKey(c.name())).toList();
    assertThat(known).hasSameSizeAs(golden.keySet());
    for (Case c : known) {
      double[] expected = golden.get(names.get(c.name()));
      double[] scores = GoldenValues.numbers(100, 6 * c.width());
      double[] weights = GoldenValues.numbers(200, 6);
      ModelHarness.Slope slope =
          slope(
              c,
              new Rows(
                  Arrays.stream(scores).map(v -> 4 * v).toArray(),
                  goldenLabels(c),
                  Arrays.stream(weights).map(v -> 1.1 + v).toArray()));
      double[] gradient = Arrays.copyOfRange(expected, 1, expected.length);
      ModelHarness.Slope other =
          new ModelHarness.Slope(expected[0], Map.of(LayerHarness.X, gradient));
      Slopes.assertNear(slope, other, ROUNDING, c.name());
    }
  }
}
