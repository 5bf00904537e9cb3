package org.mtl4j.experiment.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.experiment.wiring.MtlServices;

class IngestBenchTest {
  @TempDir private Path folder;

  @Test
  void everyStageSeesEveryRowAndNothingIsLeftBehind() throws Exception {
    long bytes = 1_000_000;
    Path table = folder.resolve("same.csv");
    long rows = IngestTable.write(table, bytes);
    assertThat(Files.readAllLines(table)).hasSize((int) rows + 1);
    Files.delete(table);

    List<String> said = new ArrayList<>();
    IngestBench.Result result =
        new IngestBench(
                MtlServices.standard(),
                new IngestBenchConfig(bytes / 1e9, 64, folder),
                said::add,
                () -> false)
            .run();
    assertThat(result.stages())
        .extracting(IngestBench.Stage::name)
        .containsExactly("make", "parse", "learn", "encode", "epoch");
    for (IngestBench.Stage stage : result.stages().subList(0, 4)) {
      assertThat(stage.rows()).as(stage.name()).isEqualTo(rows);
      assertThat(stage.bytes()).isBetween(bytes, bytes + 1000);
    }
    IngestBench.Stage epoch = result.stages().get(4);
    assertThat(epoch.rows() / (double) rows).isBetween(0.65, 0.75);
    assertThat(epoch.rowsPerSecond() * epoch.seconds() / epoch.rows()).isBetween(0.999, 1.001);
    assertThat(result.memory().heap()).isBetween(1L << 20, result.memory().heapLimit());
    assertThat(said).hasSize(5);
    assertThat(folder).isEmptyDirectory();
  }

  /** Of so many looks each answers no but the last, which comes while a stage is under way. */
  @Test
  void aStopThatIsAskedForEndsEachStageAndNothingIsLeftBehind() {
    IngestBenchConfig config = new IngestBenchConfig(4e6 / 1e9, 64, folder);
    for (String stage :
        List.of("making the file", "parsing", "learning", "encoding", "an epoch of batches")) {
      List<String> said = new ArrayList<>();
      AtomicInteger looks = new AtomicInteger();
      BooleanSupplier third = () -> said.contains(stage + "...") && looks.incrementAndGet() >= 3;
      assertThatThrownBy(
              () -> new IngestBench(MtlServices.standard(), config, said::add, third).run())
          .isInstanceOf(CancellationException.class);
      assertThat(said).last().isEqualTo(stage + "...");
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void tableIsTheSameEveryTime() throws IOException {
    IngestTable.write(folder.resolve("a"), 10_000);
    IngestTable.write(folder.resolve("b"), 10_000);
    assertThat(folder.resolve("a")).hasSameBinaryContentAs(folder.resolve("b"));
  }

  @Test
  void sizesWithoutAMeaningAreRefusedByName() {
    assertThatThrownBy(() -> new IngestBenchConfig(0, 64, folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gigabytes: expected a number above 0");
    assertThatThrownBy(() -> new IngestBenchConfig(1, 0, folder))
        .hasMessage("batch: expected at least 1, found 0");
  }
}
