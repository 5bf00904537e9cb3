package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.optimizer.UpdateContext;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.training.StepLosses;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingSession;

/**
 * The part of {@link ModelContractTest} that trains. Graphs take longer to build than to run at
 * this size, so tests that look at a trained model look at the same ones.
 */
abstract class ModelLearningContract extends ModelLossContract {
  private static final int ROWS = 512;

  /** How many rows probes are looked at for. */
  static final int PROBED = 16;

  /** How far a model gets depends on rows and start: of some draw each model would fall short. */
  private static final long SEED = 7;

  private static final int STEPS = 200;
  private static final int EARLY = 20;

  /** Until a linear model ranks well, too. */
  private static final int LONG = 500;

  private static final int REPLAY_ROWS = 64;
  private static final int STARTS = 3;
  private static final double LEAST_AUC = 0.95;

  private final List<Start> starts = new ArrayList<>();

  /** Where exports go. */
  @TempDir Path folder;

  /** A session that is trained once, when somebody first asks for what it has learnt. */
  private final class Start {
    private final TrainingSession session = session(SEED + starts.size());
    private final Map<String, float[]> firstProbes = probed(session);
    private Learned learned;

    Learned learned() {
      if (learned == null) {
        EncodedRows rows = rows(ROWS);
        StepLosses first = train(session, rows, 1, 1);
        train(session, rows, 2, EARLY);
        Map<String, ByteBuffer> early = StateValues.bytes(session.state());
        StepLosses last = train(session, rows, EARLY + 1, STEPS);
        if (session == session()) {
          train(session, rows, STEPS + 1, LONG);
        }
        learned = new Learned(first, last, early);
      }
      return learned;
    }
  }

  /**
   * What a session was on its way.
   *
   * @param first the losses before the first step
   * @param last the losses before the last of the usual steps
   * @param early the state after some steps
   */
  private record Learned(StepLosses first, StepLosses last, Map<String, ByteBuffer> early) {}

  private Start start(int number) {
    while (starts.size() <= number) {
      starts.add(new Start());
    }
    return starts.get(number);
  }

  @AfterAll
  final void closeSessions() {
    starts.forEach(start -> start.session.close());
  }

  private TrainingSession session(long seed) {
    return new TrainingSession(problem().trainer(model(), seed));
  }

  /** The first of the sessions, trained or not. */
  final TrainingSession session() {
    return start(0).session;
  }

  /** The same, trained for longer than the others. */
  final TrainingSession learned() {
    start(0).learned();
    return session();
  }

  /** The same rows at each call. */
  final EncodedRows rows(int n) {
    return problem().rows(n, model(), new Random(SEED));
  }

  /** What the model's probes are for some rows, with first values. */
  final Map<String, float[]> firstProbes() {
    return start(0).firstProbes;
  }

  /** What they are for {@value #PROBED} rows now. */
  final Map<String, float[]> probed(TrainingSession session) {
    return session.probes().values(rows(PROBED), IntStream.range(0, PROBED).toArray());
  }

  /** Labels follow from features: whoever learns gets far below the first loss, from any start. */
  @Test
  void trainingLowersEveryTasksLoss() {
    for (int number = 0; number < STARTS; number++) {
      Learned one = start(number).learned();
      String from = " from start " + number;
      assertThat(one.last().tasks()).containsOnlyKeys(one.first().tasks().keySet());
      one.first()
          .tasks()
          .forEach(
              (task, loss) ->
                  assertThat(one.last().tasks().get(task))
                      .as(seed(task + from))
                      .isLessThan(0.9 * loss));
    }
  }

  /** Of rows that it was not trained on. */
  @Test
  void everyBinaryOutputRanksNewRowsAlmostAsTheirLabels() {
    TrainingSession session = learned();
    EncodedRows rows = problem().rows(ROWS, model(), new Random(~SEED));
    Map<String, float[]> predictions = session.predict(rows).values();
    for (OutputSpec output : model().outputs(problem().tasks())) {
      if (output.encoding() instanceof LabelEncoding.Indicator) {
        assertThat(auc(predictions.get(output.name()), rows.labels().get(output.name())))
            .as(seed("AUC of " + output.name()))
            .isGreaterThan(LEAST_AUC);
      }
    }
  }

  /** The share of pairs of a positive and a negative that are in order; equal ones count half. */
  private static double auc(float[] scores, LabelColumn column) {
    double ordered = 0;
    long pairs = 0;
    for (int p = 0; p < scores.length; p++) {
      for (int n = 0; n < scores.length; n++) {
        boolean valid = column.mask()[p] && column.mask()[n];
        if (valid && column.labels()[p] == 1 && column.labels()[n] == 0) {
          pairs++;
          ordered += scores[p] > scores[n] ? 1 : scores[p] == scores[n] ? 0.5 : 0;
        }
      }
    }
    return ordered / pairs;
  }

  @Test
  void whatIsLeftForOneTaskLearnsIt() {
    EncodedRows rows = rows(ROWS);
    for (FittedTask task : problem().tasks()) {
      TrainerSpec all = problem().trainer(model(), SEED);
      TrainerSpec alone =
          new TrainerSpec(
              all.pipeline(),
              List.of(task),
              model().forTask(task.name()),
              all.updates(),
              all.execution());
      try (TrainingSession session = new TrainingSession(alone)) {
        StepLosses first = train(session, rows, 1, 1);
        assertThat(first.tasks()).containsOnlyKeys(task.name());
        assertThat(train(session, rows, 2, STEPS).tasks().get(task.name()))
            .as(seed(task.name()))
            .isLessThan(0.9 * first.tasks().get(task.name()));
      }
    }
  }

  @Test
  void sameSeedGivesTheSameBytesAndAnotherSeedOthers() {
    EncodedRows rows = rows(ROWS);
    Map<String, ByteBuffer> first = start(0).learned().early();
    try (TrainingSession again = session(SEED)) {
      train(again, rows, 1, EARLY);
      assertThat(StateValues.bytes(again.state())).as(seed("again")).isEqualTo(first);
    }
    // Different predictions need a different state, and are quicker to get.
    String task = problem().tasks().get(0).name();
    start(1).learned();
    assertThat(start(1).session.predict(rows).values().get(task))
        .as(seed("another"))
        .isNotEqualTo(learned().predict(rows).values().get(task));
  }

  /**
   * The exporter reloads what it wrote and refuses numbers beyond |a - b| at most 1e-6 + 1e-5 |b|.
   */
  @Test
  void exportGivesTheTrainersNumbersUnderTheTrainersNames() {
    TrainingSession session = learned();
    Path export = folder.resolve("1");
    ModelManifest manifest =
        SmallExport.write(
            session, SmallExport.batch(SmallExport.rows(REPLAY_ROWS, TestSeed.random())), export);
    assertThat(manifest.certificate().rows()).isEqualTo(REPLAY_ROWS);
    assertThat(manifest.outputs())
        .extracting(ModelManifest.Output::name)
        .containsExactlyElementsOf(
            model().outputs(problem().tasks()).stream().map(OutputSpec::name).toList());
    List<String> trained = new ModelPass(model(), problem()).dense();
    assertThat(SmallExport.variables(export))
        .filteredOn(name -> !name.startsWith("embedding/"))
        .containsExactlyInAnyOrderElementsOf(trained);
  }

  /** With slots that hold nothing yet; later on, what is left in them may still move variables. */
  @Test
  void stepInWhichNoRowHasASayMovesNothingButByRegularisers() {
    EncodedRows rows = rows(16);
    EncodedRows silent = RowEdits.silence(rows, List.copyOf(rows.labels().keySet()));
    Set<String> regularised = regularised(silent);
    try (TrainingSession session = session(TestSeed.value())) {
      Map<String, ByteBuffer> before = StateValues.bytes(session.state());
      StepLosses losses = train(session, silent, 1);
      assertThat(losses.tasks().values()).as(seed("tasks")).containsOnly(0.0);
      Map<String, ByteBuffer> after = StateValues.bytes(session.state());
      before.keySet().removeAll(notLearned());
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

  /** Takes steps 1 to n over all rows at once and gives the last one's losses. */
  static StepLosses train(TrainingSession session, EncodedRows rows, int steps) {
    return train(session, rows, 1, steps);
  }

  private static StepLosses train(TrainingSession session, EncodedRows rows, int from, int to) {
    Batch batch = new Batch(session.batchLayout(rows.rowCount()));
    batch.fill(rows, IntStream.range(0, rows.rowCount()).toArray(), 0, rows.rowCount());
    StepLosses losses = null;
    for (int step = from; step <= to; step++) {
      losses = session.step(batch, step);
    }
    return losses;
  }
}
