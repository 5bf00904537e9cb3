package org.mtl4j.experiment.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.eval.metric.Auc;
import org.mtl4j.eval.metric.CoverageAtK;
import org.mtl4j.eval.metric.LogLoss;

class EvaluateBenchTest {
  private static final int ROWS = 2000;

  @TempDir private Path folder;

  @Test
  void everythingIsMeasuredInEachRoundAndNothingIsLeftBehind() throws Exception {
    EvaluateBench.Result result =
        bench(3, Optional.of("test $(wc -c < \"$FILE\") = 10000 && echo 0.5")).run();

    assertThat(result.turns().turns())
        .hasSize(3)
        .allSatisfy(turn -> assertThat(turn.peerSeconds()).hasValue(.5));
    assertThat(result.gauc()).hasSize(3);
    assertThat(result.ndcg()).hasSize(3);
    assertThat(result.replicates()).isPresent();
    assertThat(result.auc()).isBetween(.55, .75);
    assertThat(folder).isEmptyDirectory();
  }

  /** What the peer gets are the rows that we measure. */
  @Test
  void fileHoldsScoresAndLabels() throws Exception {
    EvaluateRows rows = EvaluateRows.make(ROWS, 100);
    Path file = folder.resolve("rows.bin");
    rows.write(file);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);

    for (int row = 0; row < ROWS; row++) {
      assertThat(bytes.getFloat()).isEqualTo((float) rows.scores().get(row));
    }
    for (int row = 0; row < ROWS; row++) {
      assertThat((double) bytes.get()).isEqualTo(rows.labels().get(row));
    }
    assertThat(bytes.hasRemaining()).isFalse();
  }

  @Test
  void peerThatFailsIsAnErrorAndNothingIsLeftBehind() {
    assertThatThrownBy(() -> bench(1, Optional.of("exit 3")).run())
        .isInstanceOf(MtlException.class)
        .hasMessage(
            "mtl bench evaluate: --peer: expected a command that ends with exit status 0 and prints"
                + " its seconds as the last line, found exit status 3 and 0 lines. Let it time itself,"
                + " from the arrays in memory to the figure; \"$FILE\" has a float32 a row"
                + " (little-endian), then a byte a row, the label.");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void stopEndsIt() {
    EvaluateBench bench =
        new EvaluateBench(
            config(1, Optional.of("echo 1")), List.of(new Auc()), said -> {}, () -> true);

    assertThatThrownBy(bench::run).isInstanceOf(CancellationException.class);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void metricsOfWhatItsRowsDoNotHoldAreRefused() {
    EvaluateBenchConfig config = config(1, Optional.empty());
    List<Metric> items = List.of(new Auc(), new CoverageAtK(5));

    assertThatThrownBy(() -> new EvaluateBench(config, items, said -> {}, () -> false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "expected metrics of rows with [GROUPS], found coverage@5, which needs [GROUPS, ITEMS]");
  }

  @Test
  void sizesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new EvaluateBenchConfig(999, 1, 0, folder, Rounds.ONE))
        .hasMessage("rows: expected a number from 1000 to 1,000,000,000, found 999");
    assertThatThrownBy(() -> new EvaluateBenchConfig(1000, 1001, 0, folder, Rounds.ONE))
        .hasMessage("users: expected a number from 1 to that of the rows, found 1001");
    assertThatThrownBy(() -> new EvaluateBenchConfig(1000, 1, -1, folder, Rounds.ONE))
        .hasMessage("replicates: expected at least 0, found -1");
  }

  private EvaluateBench bench(int rounds, Optional<String> peer) {
    return new EvaluateBench(
        config(rounds, peer), List.of(new Auc(), new LogLoss()), said -> {}, () -> false);
  }

  private EvaluateBenchConfig config(int rounds, Optional<String> peer) {
    return new EvaluateBenchConfig(ROWS, 100, 4, folder, new Rounds(rounds, peer));
  }
}
