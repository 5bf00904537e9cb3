package org.mtl4j.cli.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.OptionalLong;
import me.tongfei.progressbar.ProgressBar;
import org.mtl4j.data.download.DownloadListener;

/**
 * Shows a download as it goes: a bar a file, or a line a hundred megabytes where nobody watches.
 * Asks before much is fetched, if there is somebody to ask. The first signal stops the download and
 * the next one the process; what is here stays for the next try either way.
 */
public final class DownloadConsole implements DownloadListener, AutoCloseable {
  private static final Interruption.Words WORDS =
      new Interruption.Words(
          "what is here so far is kept", "What is here so far is kept: run the command again.");

  private static final long LINE_BYTES = 100_000_000;
  private static final long UNKNOWN = -1;

  private final Console console;
  private final Interruption interruption;
  private final boolean yes;
  private final InputStream answers;
  private ProgressBar bar;
  private String shown = "";
  private long before;

  /**
   * Shows on a console; signals go to {@code interruption}.
   *
   * @param yes whether to fetch as much as there is unasked
   * @param answers where whoever is asked types; stays open
   */
  public DownloadConsole(
      Console console, Interruption interruption, boolean yes, InputStream answers) {
    this.console = console;
    this.interruption = interruption;
    this.yes = yes;
    this.answers = answers;
    interruption.begin(WORDS);
  }

  @Override
  public void onStage(String stage) {
    closeBar();
    console.note(stage + "...");
  }

  @Override
  public void onBytes(String file, long done, OptionalLong total) {
    if (console.isTerminal()) {
      if (bar == null) {
        bar =
            StepBar.builder(console, file, total.orElse(UNKNOWN)).setUnit(" MB", 1_000_000).build();
      }
      bar.stepTo(done);
      return;
    }
    if (!file.equals(shown)) {
      shown = file;
      before = done;
    }
    if (done / LINE_BYTES > before / LINE_BYTES) {
      console.note(line(file, done, total));
    }
    before = done;
  }

  private static String line(String file, long done, OptionalLong total) {
    String of =
        total.isPresent() ? String.format(Locale.ROOT, " of %,.1f", total.getAsLong() / 1e6) : "";
    return String.format(Locale.ROOT, "%s: %,.1f%s MB", file, done / 1e6, of);
  }

  @Override
  public boolean stopRequested() {
    return interruption.requested();
  }

  @Override
  public boolean approves(long bytes) {
    return yes || (console.isTerminal() && asked(bytes));
  }

  private boolean asked(long bytes) {
    closeBar();
    console.err().printf(Locale.ROOT, "This fetches at least %,.1f MB. Go on? [y/N] ", bytes / 1e6);
    console.err().flush();
    try {
      String answer =
          new BufferedReader(new InputStreamReader(answers, Charset.defaultCharset())).readLine();
      return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    } catch (IOException e) {
      return false;
    }
  }

  private void closeBar() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  @Override
  public void close() {
    closeBar();
    interruption.end();
  }
}
