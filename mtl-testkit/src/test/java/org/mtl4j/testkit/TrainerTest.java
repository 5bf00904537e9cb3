package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.balancing.StaticWeights;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.metric.Goal;
import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.core.optimizer.Sgd;
import org.mtl4j.core.training.Checkpoint;
import org.mtl4j.core.training.CheckpointStore;
import org.mtl4j.core.training.Criterion;
import org.mtl4j.core.training.EarlyStopping;
import org.mtl4j.core.training.Progress;
import org.mtl4j.core.training.Trainer;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingListener;
import org.mtl4j.core.training.TrainingPlan;
import org.mtl4j.core.training.TrainingSession;

class TrainerTest {
  private static final SmallProblem PROBLEM = SmallProblem.withFunnel("click");
  private static final LinearModel MODEL = new LinearModel();
  private static final String METRIC = "click/auc";

  /** 50 rows in batches of 8: seven steps an epoch, the last of two rows. */
  private static final int ROWS = 50;

  private static final int BATCH = 8;
  private static final int STEPS_PER_EPOCH = 7;

  @TempDir Path folder;

  /** Losses in the order of the steps, and the epochs; stops after a number of steps. */
  private static final class Recorder implements TrainingListener {
    private final long stopAfter;
    private final List<Double> losses = new ArrayList<>();
    private final List<Epoch> epochs = new ArrayList<>();

    Recorder(long stopAfter) {
      this.stopAfter = stopAfter;
    }

    @Override
    public void onStep(Step step) {
      losses.add(step.losses().total());
    }

    @Override
    public void onEpoch(Epoch epoch) {
      epochs.add(epoch);
    }

    @Override
    public boolean stopRequested() {
      return losses.size() == stopAfter;
    }
  }

  private static EncodedRows rows() {
    return PROBLEM.rows(ROWS, MODEL, TestSeed.random());
  }

  private static TrainingPlan plan(EncodedRows rows, int epochs, int batch) {
    return new TrainingPlan(rows, Optional.empty(), epochs, batch, Optional.empty());
  }

  private Trainer.Ending train(
      TrainerSpec spec, TrainingPlan plan, String name, TrainingListener listener)
      throws IOException {
    CheckpointStore store = new CheckpointStore(folder.resolve(name));
    try (TrainingSession session = new TrainingSession(spec)) {
      Progress progress = Progress.start();
      Optional<Checkpoint> latest = store.latest();
      if (latest.isPresent()) {
        session.restore(latest.get());
        progress = latest.get().progress();
      }
      return new Trainer(session, plan, store, listener, progress).run();
    }
  }

  @Test
  void interruptedThreadSavesItsCheckpointAndIsStillInterrupted() throws IOException {
    List<Boolean> interruptedWhileSaving = new ArrayList<>();
    TrainingListener interrupting =
        new TrainingListener() {
          @Override
          public void onStep(Step step) {
            Thread.currentThread().interrupt();
          }

          @Override
          public void onStretch(Stretch stretch) {
            interruptedWhileSaving.add(Thread.currentThread().isInterrupted());
          }
        };
    Trainer.Ending ending;
    boolean interrupted;
    try {
      ending = train(PROBLEM.trainer(MODEL, 1), plan(rows(), 2, BATCH), "a", interrupting);
    } finally {
      interrupted = Thread.interrupted();
    }
    assertThat(ending).isEqualTo(Trainer.Ending.INTERRUPTED);
    assertThat(interrupted).isTrue();
    assertThat(interruptedWhileSaving).containsExactly(false);
    assertThat(new CheckpointStore(folder.resolve("a")).latestStep()).isPositive();
  }

  /** So small a rate that no float32 moves: a step's loss tells which rows it saw. */
  private static TrainerSpec still(long seed) {
    Sgd sgd = new Sgd(1e-30, 0);
    return PROBLEM.trainer(MODEL, new TrainerSpec.Updates(new StaticWeights(), sgd, sgd), seed);
  }

  private List<Double> lossesOfTwoEpochs(long seed, String name) throws IOException {
    Recorder recorder = new Recorder(-1);
    assertThat(train(still(seed), plan(rows(), 2, 1), name, recorder))
        .isEqualTo(Trainer.Ending.FINISHED);
    return recorder.losses;
  }

  @Test
  void everyEpochTakesEveryRowOnceInAnOrderOfItsOwn() throws IOException {
    List<Double> losses = lossesOfTwoEpochs(1, "a");
    List<Double> first = losses.subList(0, ROWS);
    List<Double> second = losses.subList(ROWS, 2 * ROWS);
    assertThat(second).as("seed %d", TestSeed.value()).isNotEqualTo(first);
    assertThat(second).as("seed %d", TestSeed.value()).containsExactlyInAnyOrderElementsOf(first);
  }

  @Test
  void ordersRepeatByTheSeed() throws IOException {
    List<Double> once = lossesOfTwoEpochs(1, "a");
    assertThat(lossesOfTwoEpochs(1, "b")).as("seed %d", TestSeed.value()).isEqualTo(once);
    assertThat(lossesOfTwoEpochs(2, "c")).as("seed %d", TestSeed.value()).isNotEqualTo(once);
  }

  @Test
  void runThatWasInterruptedEndsWithTheBytesOfOneThatWasNot() throws IOException {
    TrainingPlan plan = plan(rows(), 3, BATCH);
    TrainerSpec spec = PROBLEM.trainer(MODEL, 1);
    assertThat(train(spec, plan, "whole", new Recorder(-1))).isEqualTo(Trainer.Ending.FINISHED);
    String last = "step-" + 3 * STEPS_PER_EPOCH;
    Map<String, String> expected = Folders.content(folder.resolve("whole").resolve(last));
    assertThat(expected).containsOnlyKeys("checkpoint.json", "tensors.bin");
    for (int moment : List.of(3, STEPS_PER_EPOCH, 2 * STEPS_PER_EPOCH + 2)) {
      String name = "stopped-at-" + moment;
      assertThat(train(spec, plan, name, new Recorder(moment)))
          .isEqualTo(Trainer.Ending.INTERRUPTED);
      CheckpointStore store = new CheckpointStore(folder.resolve(name));
      assertThat(store.latestStep()).isEqualTo(moment);
      assertThat(store.open(moment).progress().step()).isEqualTo(moment);
      assertThat(train(spec, plan, name, new Recorder(-1))).isEqualTo(Trainer.Ending.FINISHED);
      assertThat(Folders.content(folder.resolve(name).resolve(last)))
          .as("interrupted at step %d, seed %d", moment, TestSeed.value())
          .isEqualTo(expected);
    }
  }

  /** A plan whose validation gives these figures, one an epoch. */
  private static TrainingPlan judged(int epochs, int patience, double... figures) {
    return judged(epochs, new EarlyStopping(METRIC, true, patience), figures);
  }

  private static TrainingPlan judged(int epochs, EarlyStopping rule, double... figures) {
    EncodedRows rows = rows();
    int[] epoch = {0};
    Supplier<MetricReport> judge =
        () -> {
          double figure = figures[epoch[0]++];
          OptionalDouble value =
              Double.isNaN(figure) ? OptionalDouble.empty() : OptionalDouble.of(figure);
          Map<String, OptionalDouble> values = new LinkedHashMap<>(Map.of("auc", value));
          return new MetricReport(
              Map.of("click", new MetricReport.OutputMetrics(ROWS, values, List.of())));
        };
    return new TrainingPlan(rows, Optional.of(judge), epochs, BATCH, Optional.of(rule));
  }

  @Test
  void earlyStoppingKeepsTheBestStepAndStopsAfterItsPatience() throws IOException {
    Recorder recorder = new Recorder(-1);
    TrainingPlan plan = judged(9, 2, 0.6, 0.8, 0.7, 0.79);
    assertThat(train(PROBLEM.trainer(MODEL, 1), plan, "run", recorder))
        .isEqualTo(Trainer.Ending.STOPPED_EARLY);
    assertThat(recorder.epochs)
        .extracting(TrainingListener.Epoch::best)
        .containsExactly(true, true, false, false);
    CheckpointStore store = new CheckpointStore(folder.resolve("run"));
    Progress progress = store.latest().orElseThrow().progress();
    assertThat(progress.best().step()).isEqualTo(2L * STEPS_PER_EPOCH);
    assertThat(progress.best().value()).isEqualTo(0.8);
    assertThat(store.open(progress.best().step()).progress().epoch()).isEqualTo(2);
  }

  @Test
  void withoutPatienceTheBestIsKeptAndTrainingGoesOn() throws IOException {
    EarlyStopping never =
        new EarlyStopping(new Criterion.ByMetric(new Goal(METRIC, true), 0), Optional.empty());
    assertThat(
            train(
                PROBLEM.trainer(MODEL, 1),
                judged(5, never, 0.6, 0.8, 0.7, 0.7, 0.7),
                "run",
                new Recorder(-1)))
        .isEqualTo(Trainer.Ending.FINISHED);
    CheckpointStore store = new CheckpointStore(folder.resolve("run"));
    assertThat(store.latest().orElseThrow().progress().best())
        .isEqualTo(new Progress.Best(2L * STEPS_PER_EPOCH, 0.8, 3));
    assertThat(store.open(2L * STEPS_PER_EPOCH).progress().epoch()).isEqualTo(2);
  }

  @Test
  void equalFigureIsNoGainAndALaterGainStartsThePatienceAnew() throws IOException {
    Recorder recorder = new Recorder(-1);
    TrainingPlan plan = judged(6, 2, 0.6, 0.6, 0.7, 0.7, 0.7);
    assertThat(train(PROBLEM.trainer(MODEL, 1), plan, "run", recorder))
        .isEqualTo(Trainer.Ending.STOPPED_EARLY);
    assertThat(recorder.epochs)
        .extracting(TrainingListener.Epoch::best)
        .containsExactly(true, false, true, false, false);
  }

  @Test
  void stateIsKeptThoughTheMetricIsNeverDefined() throws IOException {
    TrainingPlan plan = judged(9, 2, Double.NaN, Double.NaN, Double.NaN);
    assertThat(train(PROBLEM.trainer(MODEL, 1), plan, "run", new Recorder(-1)))
        .isEqualTo(Trainer.Ending.STOPPED_EARLY);
    CheckpointStore store = new CheckpointStore(folder.resolve("run"));
    assertThat(store.latest().orElseThrow().progress().best().step()).isEqualTo(STEPS_PER_EPOCH);
  }

  @Test
  void firstDefinedFigureIsAGainOverUndefinedOnes() throws IOException {
    TrainingPlan plan = judged(3, 3, Double.NaN, 0.1, 0.05);
    train(PROBLEM.trainer(MODEL, 1), plan, "run", new Recorder(-1));
    CheckpointStore store = new CheckpointStore(folder.resolve("run"));
    assertThat(store.latest().orElseThrow().progress().best().step())
        .isEqualTo(2L * STEPS_PER_EPOCH);
  }

  @Test
  void lossThatIsNotFiniteNamesStepAndTask() {
    EncodedRows rows = rows();
    rows.labels().get("rating").labels()[7] = Float.POSITIVE_INFINITY;
    rows.labels().get("rating").mask()[7] = true;
    MtlException failure =
        catchThrowableOfType(
            MtlException.class,
            () -> train(PROBLEM.trainer(MODEL, 1), plan(rows, 1, ROWS), "run", new Recorder(-1)));
    assertThat(failure.code()).isEqualTo(ErrorCode.DIVERGED);
    assertThat(failure)
        .hasMessageContaining("step 1:")
        .hasMessageContaining("the loss of the task rating ")
        .hasMessageContaining("learning_rate");
    assertThat(folder.resolve("run")).doesNotExist();
  }
}
