package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.core.model.Probe;
import org.mtl4j.core.optimizer.UpdateContext;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.core.training.StepLosses;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingSession;
import org.tensorflow.ndarray.Shape;

/**
 * What every {@link org.mtl4j.core.model.MultiTaskModel} promises that treats each row by itself.
 * Subclass it for each model; add a test of the forward pass against the paper's formula, which no
 * contract can know.
 */
public abstract class ModelContractTest extends ModelLossContract {
  private static final int ROWS = 16;
  private static final int STEPS = 100;
  private static final int STARTS = 3;

  @Test
  void trainingAndInferenceAskForTheSameVariables() {
    ModelPass pass = new ModelPass(model(), problem());
    Map<String, Shape> training = pass.variables(true);
    assertThat(training).isNotEmpty().containsExactlyEntriesOf(pass.variables(false));
    assertThat(pass.variables(true, false))
        .as("an inference pass behind the training pass adds none")
        .containsExactlyEntriesOf(training);
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
    Batch batch = harness().batch(problem().rows(ROWS, model(), random));
    Map<String, double[]> point = harness().parametersAwayFromKinks(random, batch);
    Map<String, double[]> gradients = harness().evaluate(point, batch).total().gradients();
    new FiniteDifferences(values -> harness().loss(values, batch), point, random).check(gradients);
  }

  /** With slots that hold nothing yet; later on, what is left in them may still move variables. */
  @Test
  void stepInWhichNoRowHasASayMovesNothingButByRegularisers() {
    EncodedRows rows = rows(ROWS);
    EncodedRows silent = RowEdits.silence(rows, List.copyOf(rows.labels().keySet()));
    Set<String> regularised = regularised(silent);
    try (TrainingSession session = session(TestSeed.value())) {
      Map<String, ByteBuffer> before = StateValues.bytes(session.state());
      StepLosses losses = train(session, silent, 1);
      assertThat(losses.tasks().values()).as(seed("tasks")).containsOnly(0.0);
      Map<String, ByteBuffer> after = StateValues.bytes(session.state());
      before.keySet().removeIf(name -> regularised.stream().anyMatch(v -> isOf(v, name)));
      assertThat(after).as(seed("state")).containsAllEntriesOf(before);
      train(session, rows, 3);
      assertThat(train(session, silent, 2).total()).as(seed("total")).isFinite();
      StateValues.of(session.state())
          .forEach(
              (name, values) ->
                  assertThat(Arrays.stream(values).allMatch(Double::isFinite))
                      .as(seed(name))
                      .isTrue());
    }
  }

  /** The parameters that have a gradient though no row has a say: only regularisers move them. */
  private Set<String> regularised(EncodedRows silent) {
    Map<String, double[]> point = harness().parameters(TestSeed.random());
    Set<String> names = new TreeSet<>();
    harness()
        .evaluate(point, harness().batch(silent))
        .total()
        .gradients()
        .forEach(
            (name, gradient) -> {
              if (Arrays.stream(gradient).anyMatch(g -> g != 0)) {
                names.add(name);
              }
            });
    return names;
  }

  /** Whether a part of the state is a parameter or a slot of it; a store's are all tables. */
  private static boolean isOf(String parameter, String name) {
    if (parameter.startsWith("embedding_store/")) {
      return name.contains("embedding/");
    }
    return name.equals(parameter) || UpdateContext.slotOf(parameter, name).isPresent();
  }

  /** Labels follow from features: whoever learns gets far below the first loss, from any start. */
  @Test
  void trainingLowersEveryTasksLoss() {
    EncodedRows rows = rows(256);
    for (long start = TestSeed.value(); start < TestSeed.value() + STARTS; start++) {
      String from = " from " + start;
      try (TrainingSession session = session(start)) {
        StepLosses first = train(session, rows, 1);
        StepLosses last = train(session, rows, STEPS);
        assertThat(last.tasks()).containsOnlyKeys(first.tasks().keySet());
        first
            .tasks()
            .forEach(
                (task, loss) ->
                    assertThat(last.tasks().get(task))
                        .as(seed(task + from))
                        .isLessThan(0.9 * loss));
      }
    }
  }

  @Test
  void whatIsLeftForOneTaskLearnsIt() {
    EncodedRows rows = rows(256);
    for (FittedTask task : problem().tasks()) {
      TrainerSpec all = problem().trainer(model(), TestSeed.value());
      TrainerSpec alone =
          new TrainerSpec(
              all.pipeline(),
              List.of(task),
              model().forTask(task.name()),
              all.updates(),
              all.execution());
      try (TrainingSession session = new TrainingSession(alone)) {
        StepLosses first = train(session, rows, 1);
        assertThat(first.tasks()).containsOnlyKeys(task.name());
        assertThat(train(session, rows, STEPS).tasks().get(task.name()))
            .as(seed(task.name()))
            .isLessThan(0.9 * first.tasks().get(task.name()));
      }
    }
  }

  /** Gates sum to 1 over experts that are probes, too; whatever is looked at is finite. */
  @Test
  void probesAreWhatTheirKindPromises() {
    EncodedRows rows = rows(ROWS);
    try (TrainingSession session = session(TestSeed.value())) {
      Map<String, Probe> probes = session.probes().declared();
      Map<String, float[]> values =
          session.probes().values(rows, IntStream.range(0, ROWS).toArray());
      assertThat(values).containsOnlyKeys(probes.keySet());
      values.forEach(
          (name, numbers) -> {
            for (float number : numbers) {
              assertThat(number).as(seed(name)).isFinite();
            }
          });
      probes.forEach(
          (name, probe) -> {
            if (probe instanceof Probe.Gate gate) {
              assertThat(problem().tasks())
                  .extracting(FittedTask::name)
                  .as(seed(name))
                  .contains(gate.task());
              assertThat(gate.experts())
                  .as(seed(name))
                  .allMatch(expert -> probes.get(expert) instanceof Probe.Expert);
              assertThat(values.get(name)).hasSize(ROWS * gate.experts().size());
              assertRowsSumToOne(values.get(name), gate.experts().size());
            }
          });
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
  static StepLosses train(TrainingSession session, EncodedRows rows, int steps) {
    Batch batch = new Batch(session.batchLayout(rows.rowCount()));
    batch.fill(rows, IntStream.range(0, rows.rowCount()).toArray(), 0, rows.rowCount());
    StepLosses losses = null;
    for (int step = 1; step <= steps; step++) {
      losses = session.step(batch, step);
    }
    return losses;
  }
}
