package org.mtl4j.experiment.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.experiment.run.ExperimentPlan;
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
        .containsExactly("make", "parse", "learn", "encode", "ingest", "epoch");
    for (IngestBench.Stage stage : result.stages().subList(0, 5)) {
      assertThat(stage.rows()).as(stage.name()).isEqualTo(rows);
      assertThat(stage.bytes()).isBetween(bytes, bytes + 1000);
    }
    IngestBench.Stage epoch = result.stages().get(5);
    assertThat(epoch.rows() / (double) rows).isBetween(0.65, 0.75);
    assertThat(epoch.rowsPerSecond() * epoch.seconds() / epoch.rows()).isBetween(0.999, 1.001);
    assertThat(result.memory().heap()).isBetween(1L << 20, result.memory().heapLimit());
    assertThat(said).hasSize(5);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void everySourceReadsTheSameTable() throws Exception {
    List<List<List<Object>>> tables = new ArrayList<>();
    Path csv = folder.resolve("same.csv");
    Path parquet = folder.resolve("same.parquet");
    IngestTable.write(csv, 200_000);
    IngestTable.copy(csv, parquet);
    for (IngestSource source : IngestSource.values()) {
      Path file = source == IngestSource.PARQUET ? parquet : csv;
      ExperimentPlan plan = MtlServices.standard().read(IngestTable.experiment(file, source));
      BatchSource rows = MtlServices.standard().datasets().open(plan.config().data().source());
      tables.add(values(rows));
    }
    assertThat(tables.get(0)).hasSizeGreaterThan(500);
    assertThat(tables.get(1)).isEqualTo(tables.get(0));
    assertThat(tables.get(2)).isEqualTo(tables.get(0));
  }

  /** Texts of the labels, the user and the categories; numbers of the rest. */
  private static List<List<Object>> values(BatchSource source) {
    List<List<Object>> values = new ArrayList<>();
    try (RawCursor cursor = source.open()) {
      for (var block = cursor.next(100); block.isPresent(); block = cursor.next(100)) {
        for (int r = 0; r < block.get().rowCount(); r++) {
          List<Object> row = new ArrayList<>();
          for (int c = 0; c < source.columns().size(); c++) {
            boolean number = source.columns().names().get(c).startsWith("n");
            row.add(number ? block.get().number(c, r) : block.get().text(c, r));
          }
          values.add(row);
        }
      }
    }
    return values;
  }

  @Test
  void aPeerGetsTheCsvFileBeforeEachRound() throws Exception {
    String peer = "head -c 10 \"$FILE\" > /dev/null && wc -l < \"$FILE\" && echo 0.5";
    IngestBench.Result result = bench(IngestSource.PARQUET, peer);
    assertThat(result.turns().turns()).hasSize(3);
    for (PeerTurns.Turn turn : result.turns().turns()) {
      assertThat(turn.peerSeconds()).hasValue(0.5);
      assertThat(turn.ratio()).hasValue(0.5 / turn.seconds());
    }
    double fastest =
        result.turns().turns().stream().mapToDouble(PeerTurns.Turn::seconds).min().orElseThrow();
    assertThat(result.stages().get(4).seconds()).isEqualTo(fastest);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aPeerThatFailsOrSaysNoSecondsIsAnErrorAndNothingIsLeftBehind() {
    for (var bad :
        Map.of(
                "echo 1; exit 3",
                "exit status 3 and 1 lines",
                "true",
                "exit status 0 and 0 lines",
                "echo soon",
                "\"soon\"",
                "echo 0",
                "\"0\"")
            .entrySet()) {
      assertThatThrownBy(() -> bench(IngestSource.CSV, bad.getKey()))
          .isInstanceOf(MtlException.class)
          .hasMessage(
              "mtl bench ingest: --peer: expected a command that ends with exit status 0 and prints"
                  + " its seconds as the last line, found "
                  + bad.getValue()
                  + ". Let it time itself, from before it opens the file \"$FILE\" to the end of its"
                  + " work.");
      assertThat(folder).isEmptyDirectory();
    }
  }

  private IngestBench.Result bench(IngestSource source, String peer) throws Exception {
    Rounds turns = new Rounds(3, Optional.of(peer));
    IngestBenchConfig config = new IngestBenchConfig(2e-4, 64, folder, source, turns);
    return new IngestBench(MtlServices.standard(), config, said -> {}, () -> false).run();
  }

  @Test
  void theMedianOfPairedRatiosIsTakenAndADisturbedSideTold() {
    assertThat(turns(1, 2, 1, 4, 1, 3).medianRatio()).hasValue(3);
    assertThat(turns(2, 2, 1, 4).medianRatio()).hasValue(2.5);
    assertThat(turns(1, 2, 1.3, 2.6).isSteady()).isTrue();
    assertThat(turns(1, 2, 1.31, 2).isSteady()).isFalse();
    assertThat(turns(1, 2, 1, 2.61).isSteady()).isFalse();
    PeerTurns alone = new PeerTurns(List.of(new PeerTurns.Turn(1, OptionalDouble.empty())));
    assertThat(alone.medianRatio()).isEmpty();
    assertThat(alone.isSteady()).isTrue();
  }

  /** Ours and theirs in turn. */
  private static PeerTurns turns(double... seconds) {
    List<PeerTurns.Turn> turns = new ArrayList<>();
    for (int i = 0; i < seconds.length; i += 2) {
      turns.add(new PeerTurns.Turn(seconds[i], OptionalDouble.of(seconds[i + 1])));
    }
    return new PeerTurns(turns);
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
    assertThatThrownBy(() -> new Rounds(0, Optional.empty()))
        .hasMessage("rounds: expected at least 1, found 0");
  }
}
