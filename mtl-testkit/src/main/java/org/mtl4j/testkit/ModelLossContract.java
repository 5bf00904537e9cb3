package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.model.LabelRule;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.FittedTask;

/**
 * The part of {@link ModelContractTest} that speaks of losses: which rows have a say in them and
 * how much. Each property is tried on several random batches, from one row on.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ModelLossContract {
  private static final int BATCHES = 6;

  /** What sums in another order may differ by. */
  private static final double ROUNDING = 1e-12;

  private ModelHarness harness;

  /** The model under test: small, with at least two ReLU layers somewhere, and dropout. */
  protected abstract MultiTaskModel model();

  /**
   * What it learns: a funnel of {@code click} and {@code purchase}, {@code genre}, {@code rating},
   * {@code moods}.
   */
  protected SmallProblem problem() {
    return SmallProblem.withFunnel("click", "purchase").withMoods();
  }

  /**
   * Names of the variables that no gradient is to move, since the model moves them itself or never:
   * moving averages, say.
   */
  protected Set<String> notLearned() {
    return Set.of();
  }

  /**
   * Whether in training a row's numbers depend on the batch's other rows, whoever has a say there,
   * as by batch normalisation.
   */
  protected boolean mixesRows() {
    return false;
  }

  /** The model's training pass; it keeps nothing from one test to the next. */
  final ModelHarness harness() {
    if (harness == null) {
      harness = new ModelHarness(model(), problem());
    }
    return harness;
  }

  @AfterAll
  final void closeHarness() {
    if (harness != null) {
      harness.close();
    }
  }

  /** A model at a random point, and random rows for it. */
  private record Draw(
      ModelHarness harness, Map<String, double[]> parameters, EncodedRows rows, Random random) {
    ModelHarness.Evaluation evaluate(EncodedRows edited) {
      return harness.evaluate(parameters, harness.batch(edited));
    }

    Map<String, ModelHarness.Share> shares(EncodedRows edited) {
      return harness.shares(parameters, harness.batch(edited));
    }

    /** Some of the rows, at least one. */
    boolean[] someRows() {
      boolean[] marked = new boolean[rows.rowCount()];
      for (int r = 0; r < marked.length; r++) {
        marked[r] = random.nextInt(3) == 0;
      }
      marked[random.nextInt(marked.length)] = true;
      return marked;
    }
  }

  private void forRandomBatches(Consumer<Draw> property) {
    Random random = TestSeed.random();
    for (int i = 0; i < BATCHES; i++) {
      EncodedRows rows = problem().rows(1 + random.nextInt(24), model(), random);
      property.accept(new Draw(harness(), harness().parameters(random), rows, random));
    }
  }

  @Test
  void rowsWithoutASayChangeNothing() {
    assumeFalse(mixesRows(), "each row depends on all");
    forRandomBatches(
        draw -> {
          boolean[] silent = draw.someRows();
          EncodedRows others = problem().rows(silent.length, model(), draw.random());
          EncodedRows before = RowEdits.silence(draw.rows(), silent);
          EncodedRows after =
              RowEdits.silence(RowEdits.replace(draw.rows(), others, silent), silent);
          assertThat(after.dense().get(0)).as(seed("dense")).isNotEqualTo(before.dense().get(0));
          Slopes.assertSame(draw.evaluate(after), draw.evaluate(before));
        });
  }

  @Test
  void rowsOutsideATasksSampleSpaceChangeNothingOfThatTask() {
    assumeFalse(mixesRows(), "each row depends on all");
    forRandomBatches(
        draw ->
            problem()
                .tasks()
                .forEach(
                    task -> {
                      boolean[] outside = draw.someRows();
                      EncodedRows others = problem().rows(outside.length, model(), draw.random());
                      List<String> outputs = outputsOf(task.name());
                      EncodedRows before = RowEdits.silence(draw.rows(), outputs, outside);
                      EncodedRows after =
                          RowEdits.silence(
                              RowEdits.replace(draw.rows(), others, outside), outputs, outside);
                      Map<String, ModelHarness.Slope> expected = draw.evaluate(before).tasks();
                      Map<String, ModelHarness.Slope> actual = draw.evaluate(after).tasks();
                      forLossesOf(
                          task,
                          expected,
                          (name, s) ->
                              Slopes.assertNear(actual.get(name), s, Slopes.LAST_BITS, name));
                    }));
  }

  @Test
  void whatStandsInMaskedSlotsChangesNothing() {
    forRandomBatches(
        draw -> {
          EncodedRows clean = RowEdits.silence(draw.rows(), draw.someRows());
          EncodedRows littered = RowEdits.litter(clean, draw.random());
          Slopes.assertSame(draw.evaluate(littered), draw.evaluate(clean));
        });
  }

  @Test
  void taskWithoutAValidRowHasNeitherLossNorGradient() {
    forRandomBatches(
        draw ->
            problem()
                .tasks()
                .forEach(
                    task -> {
                      ModelHarness.Evaluation evaluation =
                          draw.evaluate(RowEdits.silence(draw.rows(), outputsOf(task.name())));
                      forLossesOf(
                          task,
                          evaluation.tasks(),
                          (name, slope) -> Slopes.assertNothing(slope, name));
                      assertThat(evaluation.total().loss())
                          .as(seed("the others' loss"))
                          .isPositive()
                          .isFinite();
                    }));
  }

  @Test
  void batchWithoutAnyLabelHasAFiniteTotalAndNoTaskMovesAnything() {
    forRandomBatches(
        draw -> {
          List<String> all = List.copyOf(draw.rows().labels().keySet());
          ModelHarness.Evaluation evaluation = draw.evaluate(RowEdits.silence(draw.rows(), all));
          assertThat(evaluation.total().loss()).as(seed("total")).isFinite();
          evaluation.tasks().forEach((name, slope) -> Slopes.assertNothing(slope, name));
        });
  }

  /** So that micro-batches and workers may add numerators and denominators and divide once. */
  @Test
  void lossesAddUpOverRows() {
    forRandomBatches(
        draw -> {
          int n = draw.rows().rowCount();
          Map<String, ModelHarness.Slope> means = draw.evaluate(draw.rows()).tasks();
          Map<String, ModelHarness.Share> whole = draw.shares(draw.rows());
          List<Map<String, ModelHarness.Share>> single = new ArrayList<>();
          for (int r = 0; r < n; r++) {
            boolean[] others = new boolean[n];
            Arrays.fill(others, true);
            others[r] = false;
            single.add(draw.shares(RowEdits.silence(draw.rows(), others)));
          }
          whole.forEach(
              (name, share) -> {
                double numerator = single.stream().mapToDouble(s -> s.get(name).numerator()).sum();
                double denominator =
                    single.stream().mapToDouble(s -> s.get(name).denominator()).sum();
                Slopes.assertNear(share.numerator(), numerator, ROUNDING, name + "'s numerator");
                Slopes.assertNear(
                    share.denominator(), denominator, ROUNDING, name + "'s denominator");
                double mean = denominator == 0 ? 0 : numerator / denominator;
                Slopes.assertNear(means.get(name).loss(), mean, ROUNDING, name);
              });
        });
  }

  @Test
  void onlyRatiosOfExampleWeightsMatter() {
    forRandomBatches(
        draw -> {
          float factor = (float) Math.exp(draw.random().nextDouble() * 8 - 4);
          ModelHarness.Evaluation once = draw.evaluate(draw.rows());
          ModelHarness.Evaluation scaled =
              draw.evaluate(RowEdits.scaleWeights(draw.rows(), factor));
          // The weights themselves are float32: rounded anew by the factor.
          Slopes.assertNear(scaled.total(), once.total(), 2e-6, "weights times " + factor);
        });
  }

  @Test
  void lossWeightsScaleTheirTasksLossAndGradient() {
    Random random = TestSeed.random();
    EncodedRows rows = problem().rows(16, model(), random);
    SmallProblem changed = problem();
    Map<String, Double> more = new LinkedHashMap<>();
    for (FittedTask task : problem().tasks()) {
      more.put(task.name(), 3 * random.nextDouble());
      changed =
          changed.withLossWeight(task.name(), task.task().lossWeight() + more.get(task.name()));
    }
    Map<String, double[]> point = harness().parameters(random);
    ModelHarness.Evaluation before = harness().evaluate(point, harness().batch(rows));
    double loss = before.total().loss();
    Map<String, double[]> gradients = before.total().gradients();
    for (Map.Entry<String, ModelHarness.Slope> slope : before.tasks().entrySet()) {
      double factor = more.get(taskOf(slope.getKey()));
      loss += factor * slope.getValue().loss();
      slope.getValue().gradients().forEach((v, g) -> addTimes(gradients.get(v), factor, g));
    }
    try (ModelHarness second = new ModelHarness(model(), changed)) {
      ModelHarness.Slope after = second.evaluate(point, second.batch(rows)).total();
      Slopes.assertNear(
          after, new ModelHarness.Slope(loss, gradients), ROUNDING, "weights plus " + more);
    }
  }

  private static void addTimes(double[] sum, double factor, double[] values) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * values[i];
    }
  }

  /** The outputs whose labels are the task's, or end with it. */
  private List<String> outputsOf(String task) {
    List<String> names = new ArrayList<>();
    for (OutputSpec output : model().outputs(problem().tasks())) {
      boolean own =
          output.label() instanceof LabelRule.OfTask of
              ? of.task().equals(task)
              : output.label() instanceof LabelRule.ThroughStages through
                  && through.stages().get(through.stages().size() - 1).equals(task);
      if (own) {
        names.add(output.name());
      }
    }
    return names;
  }

  /** The task of a loss: a second loss is named {@code TASK#2}. */
  private static String taskOf(String loss) {
    return loss.split("#", 2)[0];
  }

  private static void forLossesOf(
      FittedTask task,
      Map<String, ModelHarness.Slope> slopes,
      BiConsumer<String, ModelHarness.Slope> check) {
    assertThat(slopes).containsKey(task.name());
    slopes.forEach(
        (name, slope) -> {
          if (taskOf(name).equals(task.name())) {
            check.accept(name, slope);
          }
        });
  }

  /** What, with the seed to repeat it by. */
  static String seed(String what) {
    return what + ", seed " + TestSeed.value();
  }
}
