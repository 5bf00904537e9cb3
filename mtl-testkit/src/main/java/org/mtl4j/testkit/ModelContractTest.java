package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.model.LabelRule;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.core.training.StepLosses;
import org.mtl4j.core.training.TrainingSession;
import org.tensorflow.ndarray.Shape;

/**
 * What every {@link MultiTaskModel} promises that treats each row by itself. Subclass it for each
 * model; add a test of the forward pass against the paper's formula, which no contract can know.
 */
public abstract class ModelContractTest {
  private static final int ROWS = 16;

  /** The model under test: small, with at least two ReLU layers somewhere, and dropout. */
  protected abstract MultiTaskModel model();

  /**
   * What it learns: a funnel of {@code click} and {@code purchase}, {@code genre}, {@code rating}.
   */
  protected SmallProblem problem() {
    return SmallProblem.withFunnel("click", "purchase");
  }

  @Test
  void trainingAndInferenceAskForTheSameVariables() {
    ModelPass pass = new ModelPass(model(), problem());
    Map<String, Shape> training = pass.variables(true);
    assertThat(training).isNotEmpty().containsExactlyEntriesOf(pass.variables(false));
  }

  @Test
  void passGivesItsOutputsInOrder() {
    List<String> names = model().outputs(problem().tasks()).stream().map(OutputSpec::name).toList();
    assertThat(new ModelPass(model(), problem()).outputs()).isEqualTo(names);
  }

  @Test
  void everyTaskIsAnOutputOfItsOwnName() {
    assertThat(model().outputs(problem().tasks()))
        .extracting(OutputSpec::name)
        .doesNotHaveDuplicates()
        .containsAll(problem().tasks().stream().map(FittedTask::name).toList());
  }

  @Test
  void predictionsAreFiniteAndHaveTheirOutputsShape() {
    try (TrainingSession session = session(TestSeed.value())) {
      Predictions predictions = session.predict(rows(ROWS));
      assertThat(predictions.rowCount()).isEqualTo(ROWS);
      for (OutputSpec output : model().outputs(problem().tasks())) {
        float[] values = predictions.values().get(output.name());
        assertThat(values).as(seed(output.name())).hasSize(ROWS * output.width());
        for (float value : values) {
          assertThat(value).as(seed(output.name())).isFinite();
          if (!(output.type() instanceof TaskType.Regression)) {
            assertThat(value).as(seed(output.name())).isBetween(0f, 1f);
          }
        }
        if (output.encoding() instanceof LabelEncoding.Classes) {
          assertRowsSumToOne(values, output.width());
        }
      }
    }
  }

  private static void assertRowsSumToOne(float[] values, int width) {
    for (int first = 0; first < values.length; first += width) {
      double sum = 0;
      for (int c = 0; c < width; c++) {
        sum += values[first + c];
      }
      assertThat(sum).as(seed("row of classes")).isEqualTo(1, within(1e-5));
    }
  }

  @Test
  void gradientsAgreeWithFiniteDifferences() {
    Random random = TestSeed.random();
    try (ModelHarness harness = new ModelHarness(model(), problem())) {
      Batch batch = harness.batch(problem().rows(ROWS, model(), random));
      Map<String, double[]> parameters = harness.parameters(random);
      Map<String, double[]> gradients = harness.evaluate(parameters, batch).total().gradients();
      new GradientCheck(harness, parameters, batch).run(gradients, random);
    }
  }

  @Test
  void rowsWithoutASayChangeNothing() {
    Random random = TestSeed.random();
    try (ModelHarness harness = new ModelHarness(model(), problem())) {
      Map<String, double[]> parameters = harness.parameters(random);
      EncodedRows kept = rows(ROWS);
      EncodedRows changed = problem().rows(ROWS, model(), random);
      boolean[] out = new boolean[ROWS];
      IntStream.range(0, ROWS).filter(r -> r % 3 == 1).forEach(r -> out[r] = true);
      EncodedRows before = RowEdits.silence(kept, out);
      EncodedRows after = RowEdits.silence(RowEdits.replace(kept, changed, out), out);
      assertThat(after.ids().get(0)).as(seed("ids")).isNotEqualTo(before.ids().get(0));
      ModelHarness.Evaluation expected = harness.evaluate(parameters, harness.batch(before));
      ModelHarness.Evaluation actual = harness.evaluate(parameters, harness.batch(after));
      assertSame(actual.total(), expected.total(), "total");
      expected.tasks().forEach((task, slope) -> assertSame(actual.tasks().get(task), slope, task));
    }
  }

  private static void assertSame(
      ModelHarness.Slope actual, ModelHarness.Slope expected, String what) {
    assertThat(actual.loss()).as(seed("loss of " + what)).isEqualTo(expected.loss());
    expected
        .gradients()
        .forEach(
            (name, gradient) -> {
              double[] other = actual.gradients().get(name);
              for (int i = 0; i < gradient.length; i++) {
                // Not by bits: 0 and -0 are the same gradient.
                assertThat(other[i] == gradient[i])
                    .as(seed("%s by %s[%d]: %s, %s"), what, name, i, other[i], gradient[i])
                    .isTrue();
              }
            });
  }

  @Test
  void taskWithoutAValidRowHasNeitherLossNorGradient() {
    Random random = TestSeed.random();
    try (ModelHarness harness = new ModelHarness(model(), problem())) {
      Map<String, double[]> parameters = harness.parameters(random);
      EncodedRows rows = rows(ROWS);
      for (FittedTask task : problem().tasks()) {
        Batch batch = harness.batch(RowEdits.silence(rows, outputsOf(task.name())));
        ModelHarness.Evaluation evaluation = harness.evaluate(parameters, batch);
        ModelHarness.Slope slope = evaluation.tasks().get(task.name());
        assertThat(slope.loss()).as(seed(task.name())).isZero();
        slope.gradients().forEach((name, g) -> assertThat(g).as(name).containsOnly(0));
        assertThat(evaluation.total().loss()).as(seed("the others' loss")).isPositive().isFinite();
      }
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

  @Test
  void trainingLowersEveryTasksLoss() {
    try (TrainingSession session = session(TestSeed.value())) {
      EncodedRows rows = rows(256);
      StepLosses first = train(session, rows, 1);
      StepLosses last = train(session, rows, 200);
      assertThat(last.tasks()).containsOnlyKeys(first.tasks().keySet());
      first
          .tasks()
          .forEach(
              (task, loss) ->
                  assertThat(last.tasks().get(task)).as(seed(task)).isLessThan(0.9 * loss));
    }
  }

  @Test
  void sameSeedGivesTheSameBytesAndAnotherSeedOthers() {
    EncodedRows rows = rows(64);
    try (TrainingSession first = trained(rows, TestSeed.value());
        TrainingSession again = trained(rows, TestSeed.value());
        TrainingSession another = trained(rows, TestSeed.value() + 1)) {
      assertThat(StateValues.bytes(again.state()))
          .as(seed("again"))
          .isEqualTo(StateValues.bytes(first.state()));
      // Different predictions need a different state, and are quicker to get.
      String task = problem().tasks().get(0).name();
      assertThat(another.predict(rows).values().get(task))
          .as(seed("another"))
          .isNotEqualTo(first.predict(rows).values().get(task));
    }
  }

  private TrainingSession trained(EncodedRows rows, long seed) {
    TrainingSession session = session(seed);
    train(session, rows, 20);
    return session;
  }

  @Test
  void rowsInAnotherOrderGivePredictionsInThatOrder() {
    try (TrainingSession session = session(TestSeed.value())) {
      EncodedRows rows = rows(ROWS);
      int[] order = RandomRows.permutation(ROWS, TestSeed.random());
      Predictions straight = session.predict(rows);
      Predictions permuted = session.predict(RowEdits.select(rows, order));
      for (OutputSpec output : model().outputs(problem().tasks())) {
        int width = output.width();
        float[] expected = straight.values().get(output.name());
        float[] actual = permuted.values().get(output.name());
        for (int r = 0; r < ROWS; r++) {
          assertThat(Arrays.copyOfRange(actual, r * width, (r + 1) * width))
              .as(seed(output.name()))
              .containsExactly(
                  Arrays.copyOfRange(expected, order[r] * width, (order[r] + 1) * width),
                  within(1e-6f));
        }
      }
    }
  }

  private TrainingSession session(long seed) {
    return new TrainingSession(problem().trainer(model(), seed));
  }

  private EncodedRows rows(int n) {
    return problem().rows(n, model(), TestSeed.random());
  }

  /** Takes steps 1 to n over all rows at once and gives the last one's losses. */
  private static StepLosses train(TrainingSession session, EncodedRows rows, int steps) {
    Batch batch = new Batch(session.batchLayout(rows.rowCount()));
    batch.fill(rows, IntStream.range(0, rows.rowCount()).toArray(), 0, rows.rowCount());
    StepLosses losses = null;
    for (int step = 1; step <= steps; step++) {
      losses = session.step(batch, step);
    }
    return losses;
  }

  private static String seed(String what) {
    return what + ", seed " + TestSeed.value();
  }
}
