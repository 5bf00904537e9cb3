package org.mtl4j.experiment.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainBenchTest {
  private static final TrainBenchConfig.Model MODEL =
      new TrainBenchConfig.Model(2, List.of(4), List.of(4), 2);

  @Test
  void figuresArePositiveAndThoseOfTheBestRound() throws InterruptedException {
    int batch = 16;
    TrainBench.Result result =
        new TrainBench(new TrainBenchConfig(2, 50, 4, batch, MODEL, 3)).run(1);
    assertThat(result.roundsMsPerStep()).hasSize(3).allMatch(ms -> ms > 0);
    assertThat(result.msPerStep())
        .isEqualTo(result.roundsMsPerStep().stream().min(Double::compare).orElseThrow());
    double fromMilliseconds = batch * 1e3 / result.msPerStep();
    assertThat(result.examplesPerSecond() / fromMilliseconds).isBetween(1 - 1e-9, 1 + 1e-9);
    assertThat(result.memory().peakBytes().orElse(Long.MAX_VALUE)).isGreaterThan(1 << 20);
  }

  @Test
  void checkpointIsTimedAndLeavesNothingBehind(@TempDir Path folder) throws InterruptedException {
    TrainBench.Result result =
        new TrainBench(new TrainBenchConfig(2, 50, 4, 16, MODEL, 3)).run(1, Optional.of(folder));
    assertThat(result.checkpoint()).isPresent();
    assertThat(result.checkpoint().get().saveSeconds()).isPositive();
    assertThat(result.checkpoint().get().restoreSeconds()).isPositive();
    // Two tables with their slots, 4 bytes a value, and some dense variables.
    assertThat(result.memory().stateBytes()).isBetween(2L * 50 * 4 * 2 * 4, 20_000L);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void sizesWithoutAMeaningAreRefusedByName() {
    assertThatThrownBy(() -> new TrainBenchConfig(0, 50, 4, 16, MODEL, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fields: expected at least 1, found 0");
    assertThatThrownBy(() -> new TrainBenchConfig(1, 1, 4, 16, MODEL, 3))
        .hasMessage("vocabulary: expected at least 2, found 1");
    assertThatThrownBy(() -> new TrainBenchConfig.Model(2, List.of(4), List.of(4), 0))
        .hasMessage("tasks: expected at least 1, found 0");
  }
}
