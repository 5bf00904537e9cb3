package org.mtl4j.cli.console;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is asked before much is fetched, and what is shown of it. */
class DownloadConsoleTest {
  private static final String QUESTION = "This fetches at least 1,234.6 MB. Go on? [y/N] ";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private DownloadConsole open(int columns, boolean yes, InputStream answers) {
    Console console = new Console(stream(out), stream(err), columns);
    return new DownloadConsole(console, new Interruption(console), yes, answers);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, UTF_8);
  }

  private boolean approves(int columns, boolean yes, InputStream answers) {
    try (DownloadConsole shown = open(columns, yes, answers)) {
      return shown.approves(1_234_567_890);
    }
  }

  private static InputStream typed(String answer) {
    return new ByteArrayInputStream(answer.getBytes(US_ASCII));
  }

  private static InputStream silent() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("nobody may be asked");
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        return read();
      }
    };
  }

  @Test
  void yesGoesOn() {
    for (String answer : List.of("y\n", "Y\n", " yes \n", "YES")) {
      err.reset();
      assertThat(approves(100, false, typed(answer))).as(answer).isTrue();
      assertThat(err.toString(UTF_8)).isEqualTo(QUESTION);
      assertThat(out.toString(UTF_8)).isEmpty();
    }
  }

  @Test
  void anythingElseDoesNot() {
    for (String answer : List.of("", "\n", "n\ny\n", "no\n", "yep\n", "1\n")) {
      err.reset();
      assertThat(approves(100, false, typed(answer))).as(answer).isFalse();
      assertThat(err.toString(UTF_8)).isEqualTo(QUESTION);
    }
  }

  @Test
  void anAnswerThatCannotBeReadIsNone() {
    assertThat(approves(100, false, silent())).isFalse();
  }

  @Test
  void nobodyIsAskedWhereNobodyWatches() {
    assertThat(approves(0, false, typed("y\n"))).isFalse();
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void nobodyIsAskedWhoSaidSoBefore() {
    assertThat(approves(100, true, silent())).isTrue();
    assertThat(approves(0, true, silent())).isTrue();
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void whereNobodyWatchesThereIsALineAHundredMegabytes() {
    try (DownloadConsole shown = open(0, false, silent())) {
      shown.onStage("fetching a.zip");
      for (long done = 0; done <= 250_000_000; done += 50_000_000) {
        shown.onBytes("a.zip", done, OptionalLong.of(250_000_000));
      }
    }
    assertThat(err.toString(UTF_8).lines())
        .containsExactly(
            "fetching a.zip...", "a.zip: 100.0 of 250.0 MB", "a.zip: 200.0 of 250.0 MB");
  }
}
