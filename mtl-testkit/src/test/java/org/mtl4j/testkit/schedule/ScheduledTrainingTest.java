package org.mtl4j.testkit.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.balancing.StaticWeights;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.core.optimizer.ConstantRate;
import org.mtl4j.core.optimizer.CosineDecay;
import org.mtl4j.core.optimizer.LearningRateSchedule;
import org.mtl4j.core.optimizer.ReduceOnPlateau;
import org.mtl4j.core.optimizer.Sgd;
import org.mtl4j.core.training.Checkpoint;
import org.mtl4j.core.training.CheckpointStore;
import org.mtl4j.core.training.GradientRules;
import org.mtl4j.core.training.Pace;
import org.mtl4j.core.training.Progress;
import org.mtl4j.core.training.RateSchedule;
import org.mtl4j.core.training.Trainer;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingListener;
import org.mtl4j.core.training.TrainingPlan;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.core.training.VariableGroup;
import org.mtl4j.testkit.Folders;
import org.mtl4j.testkit.LinearModel;
import org.mtl4j.testkit.SmallProblem;
import org.mtl4j.testkit.StateValues;
import org.mtl4j.testkit.TestSeed;

class ScheduledTrainingTest {
  private static final SmallProblem PROBLEM = SmallProblem.withFunnel("click");
  private static final LinearModel MODEL = new LinearModel();
  private static final int ROWS = 50;
  private static final int BATCH = 8;
  private static final int STEPS_PER_EPOCH = 7;
  private static final int EPOCHS = 4;

  /** Falls after the first epoch: a plateau that halves after epochs 2, 3 and 4. */
  private static final double[] LOSSES = {0.5, 0.6, 0.7, 0.7};

  @TempDir Path folder;

  private static TrainerSpec spec(LearningRateSchedule schedule) {
    return PROBLEM.trainer(
        MODEL,
        SmallProblem.updates(new StaticWeights()).with(new RateSchedule(schedule, false)),
        1);
  }

  private static EncodedRows rows() {
    return PROBLEM.rows(ROWS, MODEL, TestSeed.random());
  }

  /** A plan whose validation gives {@link #LOSSES}. */
  private static TrainingPlan plan(EncodedRows rows) {
    int[] epoch = {0};
    Supplier<MetricReport> judge =
        () ->
            new MetricReport(
                Map.of(
                    "click",
                    new MetricReport.OutputMetrics(
                        ROWS,
                        Map.of("log_loss", OptionalDouble.of(LOSSES[epoch[0]++])),
                        List.of())));
    return new TrainingPlan(rows, Optional.of(judge), EPOCHS, BATCH, Optional.empty());
  }

  /** Stops after a number of its own steps. */
  private record Stopping(long after, long[] taken) implements TrainingListener {
    @Override
    public void onStep(Step step) {
      taken[0]++;
    }

    @Override
    public boolean stopRequested() {
      return taken[0] == after;
    }
  }

  private void train(TrainerSpec spec, TrainingPlan plan, String name, long stopAfter)
      throws IOException {
    CheckpointStore store = new CheckpointStore(folder.resolve(name));
    try (TrainingSession session = new TrainingSession(spec)) {
      Progress progress = Progress.start();
      Optional<Checkpoint> latest = store.latest();
      if (latest.isPresent()) {
        session.restore(latest.get());
        progress = latest.get().progress();
      }
      new Trainer(session, plan, store, new Stopping(stopAfter, new long[1]), progress).run();
    }
  }

  private Map<String, String> last(String name) throws IOException {
    return Folders.content(folder.resolve(name).resolve("step-" + EPOCHS * STEPS_PER_EPOCH));
  }

  private static Map<String, ?> afterOneStep(TrainerSpec.Updates updates, Pace pace) {
    EncodedRows rows = rows();
    try (TrainingSession session = new TrainingSession(PROBLEM.trainer(MODEL, updates, 1))) {
      Batch batch = new Batch(session.batchLayout(ROWS));
      batch.fill(rows, IntStream.range(0, ROWS).toArray(), 0, ROWS);
      session.step(batch, pace);
      return StateValues.bytes(session.state());
    }
  }

  @Test
  void bothLearningRatesAreMultipliedByTheFactor() {
    TrainerSpec.Updates whole =
        new TrainerSpec.Updates(new StaticWeights(), new Sgd(0.4, 0), new Sgd(0.8, 0));
    TrainerSpec.Updates quarter =
        new TrainerSpec.Updates(new StaticWeights(), new Sgd(0.1, 0), new Sgd(0.2, 0));
    RateSchedule schedule = new RateSchedule(new ConstantRate(3), true);
    Map<String, ?> expected = afterOneStep(quarter, Pace.of(1));
    assertThat(afterOneStep(whole.with(schedule), new Pace(1, 0, 0.25))).isEqualTo(expected);
    assertThat(afterOneStep(whole, new Pace(1, 0, 0.25))).isNotEqualTo(expected);
  }

  @Test
  void interruptedRunsGoOnToTheBitWithinAnEpoch() throws IOException {
    EncodedRows rows = rows();
    VariableGroup thawed = new VariableGroup(List.of("embedding/item"), 1, true, Optional.of(2));
    GradientRules rules = new GradientRules(Optional.empty(), Optional.empty(), List.of(thawed));
    Map<String, TrainerSpec> specs =
        Map.of(
            "cosine", spec(new CosineDecay(0.01, 5)),
            "plateau", spec(new ReduceOnPlateau("click/log_loss", 0.5, 1, 0, 3)),
            "thawed",
                PROBLEM.trainer(MODEL, SmallProblem.updates(new StaticWeights()).with(rules), 1));
    for (String name : specs.keySet()) {
      TrainerSpec spec = specs.get(name);
      train(spec, plan(rows), name, -1);
      TrainingPlan plan = plan(rows);
      train(spec, plan, name + "-stopped", 2 * STEPS_PER_EPOCH + 3);
      train(spec, plan, name + "-stopped", -1);
      assertThat(last(name + "-stopped"))
          .as("%s, seed %d", name, TestSeed.value())
          .isEqualTo(last(name));
    }
    assertThat(last("cosine")).isNotEqualTo(last("plateau"));
  }

  @Test
  void whatAPlateauWatchedIsInTheCheckpointWithTheMetricsDirection() throws IOException {
    train(spec(new ReduceOnPlateau("click/log_loss", 0.5, 1, 0, 0)), plan(rows()), "run", -1);
    Progress progress =
        new CheckpointStore(folder.resolve("run")).latest().orElseThrow().progress();
    assertThat(progress.watched()).containsExactly(-0.5, -0.6, -0.7, -0.7);
  }

  @Test
  void watchingNeedsValidationRows() {
    TrainingPlan plan = new TrainingPlan(rows(), Optional.empty(), EPOCHS, BATCH, Optional.empty());
    assertThatThrownBy(
            () -> train(spec(new ReduceOnPlateau("click/auc", 0.5, 1, 0, 0)), plan, "run", -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs validation rows");
  }
}
