package org.mtl4j.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Opens a page in headless Chromium, to see that it runs. Tests of pages are skipped where there is
 * none: in {@code $MTL_CHROMIUM}, or where Debian puts it.
 */
public final class Browser {
  private static final List<String> PLACES = List.of("/usr/bin/chromium", "/usr/bin/google-chrome");

  private static final Pattern PLOT = Pattern.compile("<figure [^>]*data-plot=");
  private static final Pattern DRAWN = Pattern.compile("<figure [^>]*data-drawn=\"true\"");

  private Browser() {}

  /**
   * What became of a page.
   *
   * @param dom the document after its scripts ran
   * @param console what they wrote to the console, errors above all
   */
  public record Page(String dom, List<String> console) {
    /** Copies the list. */
    public Page {
      console = List.copyOf(console);
    }

    /** Number of plots that it is to have. */
    public long plots() {
      return PLOT.matcher(dom).results().count();
    }

    /** Number of plots that were drawn. */
    public long drawn() {
      return DRAWN.matcher(dom).results().count();
    }
  }

  /**
   * Opens a page.
   *
   * @param html the page
   * @param folder an empty one, for the page and the browser's own files
   */
  public static Page open(String html, Path folder) throws IOException, InterruptedException {
    Path page = Files.writeString(folder.resolve("page.html"), html);
    Path dom = folder.resolve("dom.html");
    Path log = folder.resolve("chromium.log");
    run(folder, List.of("--dump-dom", page.toUri().toString()), dom, log);
    List<String> console =
        Files.readAllLines(log).stream().filter(line -> line.contains(":CONSOLE")).toList();
    return new Page(Files.readString(dom), console);
  }

  private static void run(Path folder, List<String> arguments, Path output, Path log)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(command(folder));
    command.add("--enable-logging=stderr");
    command.add("--virtual-time-budget=20000");
    command.addAll(arguments);
    Process chromium =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(log.toFile())
            .start();
    try {
      if (!chromium.waitFor(2, TimeUnit.MINUTES) || chromium.exitValue() != 0) {
        throw new IOException(
            command + " did not end well:\n" + Files.readString(log, StandardCharsets.UTF_8));
      }
    } finally {
      chromium.destroyForcibly();
    }
  }

  /** How it is started, with its own files in the folder; the test is skipped if there is none. */
  static List<String> command(Path folder) {
    return List.of(
        find().orElseGet(Browser::skip),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--hide-scrollbars",
        "--user-data-dir=" + folder.resolve("profile"));
  }

  private static Optional<String> find() {
    return Stream.concat(Stream.ofNullable(System.getenv("MTL_CHROMIUM")), PLACES.stream())
        .filter(place -> Files.isExecutable(Path.of(place)))
        .findFirst();
  }

  private static String skip() {
    Assumptions.abort(
        "skipped: no Chromium in $MTL_CHROMIUM or "
            + PLACES
            + " (Debian: apt-get install chromium)");
    return "";
  }
}
