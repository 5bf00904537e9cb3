package org.mtl4j.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.mtl4j.experiment.run.ExperimentListener.Pass;
import org.mtl4j.experiment.run.ExperimentListener.Reading;

/** What is shown while rows are read. */
class ReadingTest {
  private static final long ROWS = 2_500_000;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private void read(int columns) {
    Console console = new Console(stream(out), stream(err), columns);
    try (TrainingConsole shown = new TrainingConsole(console, new Interruption(console))) {
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
    read(0);
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
    read(100);
    String shown = err.toString(StandardCharsets.UTF_8);
    assertThat(shown).contains("learning from the rows", "encoding the rows");
    assertThat(shown.lines().toList().get(shown.lines().toList().size() - 1))
        .endsWith("rows: train 2,500,000");
    assertThat(shown.lines()).filteredOn(line -> !line.isBlank()).hasSizeLessThan(20);
  }
}
