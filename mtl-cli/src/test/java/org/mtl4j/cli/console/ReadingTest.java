package org.mtl4j.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.mtl4j.experiment.run.ExperimentListener.Pass;
import org.mtl4j.experiment.run.ExperimentListener.Reading;

/** What is shown while rows are read. */
class ReadingTest {
  private static final long ROWS = 2_500_000;
  private static final String NEWLINE = System.lineSeparator();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** By a clock that goes so far with each block. */
  private void read(int columns, Duration block) {
    Console console = new Console(stream(out), stream(err), columns);
    long[] now = {0};
    LongSupplier clock = () -> now[0] += block.toNanos();
    try (TrainingConsole shown = new TrainingConsole(console, new Interruption(console), clock)) {
      for (Pass pass : Pass.values()) {
        OptionalLong total = pass == Pass.LEARNING ? OptionalLong.empty() : OptionalLong.of(ROWS);
        for (long rows = 4096; rows < ROWS; rows += 4096) {
          shown.onRows(new Reading(pass, rows, total));
        }
        shown.onRows(new Reading(pass, ROWS, total));
      }
      shown.onData(Map.of("train", (int) ROWS), List.of());
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  @Test
  void nobodyWatchesAndThereIsALineAMillionRowsOfEachPass() {
    read(0, Duration.ofSeconds(1));
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "learning from the rows: 1,003,520",
            "learning from the rows: 2,002,944",
            "encoding the rows: 1,003,520 of 2,500,000",
            "encoding the rows: 2,002,944 of 2,500,000",
            "rows: train 2,500,000");
  }

  @Test
  void onATerminalABarAPassIsShownAndGoneBeforeTheNextLine() {
    read(100, Duration.ofMillis(10));
    String shown = err.toString(StandardCharsets.UTF_8);
    assertThat(shown).contains("learning from the rows", "encoding the rows");
    assertThat(shown.lines().toList().get(shown.lines().toList().size() - 1))
        .endsWith("rows: train 2,500,000");
    assertThat(shown.lines()).filteredOn(line -> !line.isBlank()).hasSizeLessThan(20);
  }

  /** Two passes over 611 blocks, each a little shorter than a 1222nd of a second. */
  @Test
  void onATerminalNoBarFlashesUpForDataThatAreReadWithinASecond() {
    read(100, Duration.ofNanos(800_000));
    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("rows: train 2,500,000" + NEWLINE);
  }

  @Test
  void whatIsReadInMoreThanASecondHasABarAlsoIfItsFirstPassHasNot() {
    read(100, Duration.ofMillis(1));
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("encoding the rows")
        .doesNotContain("learning from the rows");
  }
}
