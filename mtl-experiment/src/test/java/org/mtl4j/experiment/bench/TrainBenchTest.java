package org.mtl4j.experiment.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.balancing.StaticWeights;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.graph.MatrixProducts;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.testkit.Folders;
import org.mtl4j.testkit.LinearModel;
import org.mtl4j.testkit.SmallProblem;

class TrainBenchTest {
  private static final TrainBenchConfig.Step STEP =
      new TrainBenchConfig.Step(MatrixProducts.SEPARATE, new StaticWeights());
  private static final TrainBenchConfig.Model MODEL =
      new TrainBenchConfig.Model(2, List.of(4), List.of(4), 2, STEP);
  private static final TrainBenchConfig SMALL = new TrainBenchConfig(2, 50, 4, 16, MODEL, 3);

  /** Weights and biases of experts, gates, towers and heads. */
  private static final int DENSE =
      2 * (8 * 4 + 4) + 2 * (8 * 2 + 2) + 2 * (4 * 4 + 4) + 2 * (4 + 1);

  /** Two tables with a slot each and dense variables with two each, 4 bytes a value. */
  private static final long STATE_BYTES = 4L * (2 * 50 * 4 * 2 + DENSE * 3);

  @Test
  void figuresArePositiveAndThoseOfTheBestRound() throws InterruptedException {
    int batch = 16;
    TrainBench.Result result =
        new TrainBench(new TrainBenchConfig(2, 50, 4, batch, MODEL, 3), () -> false).run(1);
    TrainBench.Speed speed = result.speed();
    assertThat(speed.roundsMsPerStep()).hasSize(3).allMatch(ms -> ms > 0 && Double.isFinite(ms));
    assertThat(speed.msPerStep())
        .isEqualTo(speed.roundsMsPerStep().stream().min(Double::compare).orElseThrow());
    double fromMilliseconds = batch * 1e3 / speed.msPerStep();
    assertThat(result.feeding().waitingShare()).isBetween(0.0, 1.0).isPositive();
    result.feeding().processorMsPerStep().ifPresent(ms -> assertThat(ms).isPositive().isFinite());
    assertThat(speed.examplesPerSecond()).isCloseTo(fromMilliseconds, withinPercentage(1e-6));
    assertThat(result.memory().stateBytes()).isEqualTo(STATE_BYTES);
    assertThat(result.memory().peakBytes().isPresent()).isEqualTo(OS.LINUX.isCurrentOs());
    result.memory().peakBytes().ifPresent(bytes -> assertThat(bytes).isGreaterThan(STATE_BYTES));
    assertThat(result.checkpoint()).isEmpty();
  }

  @Test
  void checkpointIsTimedAndLeavesNothingBehind(@TempDir Path folder) throws InterruptedException {
    TrainBench.Result result = new TrainBench(SMALL, () -> false).run(1, Optional.of(folder));
    TrainBench.CheckpointTimes times = result.checkpoint().orElseThrow();
    assertThat(times.saveSeconds()).isPositive().isFinite();
    assertThat(times.restoreSeconds()).isPositive().isFinite();
    assertThat(result.memory().stateBytes()).isEqualTo(STATE_BYTES);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aStopThatIsAskedForWhenTheCheckpointIsThereLeavesNothingBehind(@TempDir Path folder) {
    List<Integer> looks = new ArrayList<>();
    BooleanSupplier whenSaved =
        () -> {
          looks.add(folder.toFile().list().length);
          return folder.toFile().list().length > 0;
        };
    assertThatThrownBy(() -> new TrainBench(SMALL, whenSaved).run(1, Optional.of(folder)))
        .isInstanceOf(CancellationException.class);
    assertThat(looks).last().isEqualTo(1);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aCheckpointThatCannotBeRestoredIsDeleted(@TempDir Path folder) throws IOException {
    TrainerSpec spec = SmallProblem.withFunnel("click").trainer(new LinearModel(), 1);
    TrainerSpec other = SmallProblem.withFunnel("click", "buy").trainer(new LinearModel(), 1);
    try (BenchCheckpoint checkpoint = new BenchCheckpoint(folder)) {
      try (TrainingSession session = new TrainingSession(spec)) {
        checkpoint.save(session);
      }
      assertThatThrownBy(() -> checkpoint.restore(other).close())
          .isInstanceOf(IllegalStateException.class);
      checkpoint.restore(spec).close();
      Path saved = folder.resolve(Folders.names(folder).get(0)).resolve("step-1");
      Files.write(saved.resolve("tensors.bin"), new byte[3]);
      assertThatThrownBy(() -> checkpoint.restore(spec).close())
          .isInstanceOfSatisfying(
              MtlException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_INVALID));
      assertThat(folder).isNotEmptyDirectory();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void sizesWithoutAMeaningAreRefusedByName() {
    assertThatThrownBy(() -> new TrainBenchConfig(0, 50, 4, 16, MODEL, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fields: expected at least 1, found 0");
    assertThatThrownBy(() -> new TrainBenchConfig(1, 1, 4, 16, MODEL, 3))
        .hasMessage("vocabulary: expected at least 2, found 1");
    assertThatThrownBy(() -> new TrainBenchConfig.Model(2, List.of(4), List.of(4), 0, STEP))
        .hasMessage("tasks: expected at least 1, found 0");
    assertThatThrownBy(() -> new TrainBenchConfig.Model(2000, List.of(4), List.of(4), 1, STEP))
        .hasMessage("experts: expected 1 to 1024, found 2000");
    assertThatThrownBy(() -> new TrainBenchConfig(1, 50, 4, 2_000_000_000, MODEL, 3))
        .hasMessage("batch: expected at most 1048576, found 2000000000");
  }
}
