package org.mtl4j.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.mtl4j.cli.console.Console;

/** The command in a process of its own, to be signalled, killed and starved of space. */
final class Child implements AutoCloseable {
  private static final long SIGINT_BIT = 1L << (2 - 1);
  private static final int BLOCK = 512;

  private final Process process;
  private final Path err;
  private final Path out;

  private Child(Process process, Path err, Path out) {
    this.process = process;
    this.err = err;
    this.out = out;
  }

  /** Starts {@code mtl}, with what it says on its standard error kept in the folder. */
  static Child start(Path folder, String... args) throws IOException {
    return start(folder, java(List.of(), args));
  }

  /** The same with a heap of its own, say {@code 64m}. */
  static Child startWithHeap(String heap, Path folder, String... args) throws IOException {
    return start(folder, java(List.of("-Xmx" + heap), args));
  }

  /** The same with options of Java's. */
  static Child startWith(List<String> options, Path folder, String... args) throws IOException {
    return start(folder, java(options, args));
  }

  /**
   * The same where no file may become larger, as {@code ulimit -f} of a shell says it. What it says
   * is in a file too: there is no terminal, whose bars would fill that.
   */
  static Child startWithFilesUpTo(int bytes, Path folder, String... args) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of("sh", "-c", "ulimit -f " + bytes / BLOCK + " && exec \"$@\"", "sh"));
    words.addAll(java(List.of("-D" + Console.COLUMNS + "=0"), args));
    return start(folder, words);
  }

  private static Child start(Path folder, List<String> words) throws IOException {
    Path err = Files.createTempFile(folder, "said", ".txt");
    Path out = Files.createTempFile(folder, "answered", ".txt");
    return new Child(
        new ProcessBuilder(words).redirectError(err.toFile()).redirectOutput(out.toFile()).start(),
        err,
        out);
  }

  /** Whether it has a file open whose path has this in it, deleted or not. */
  boolean hasOpen(String part) {
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid()), "fd"))) {
      return open.anyMatch(descriptor -> target(descriptor).contains(part));
    } catch (IOException | UncheckedIOException e) {
      return false; // It ends while it is looked at.
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static List<String> java(List<String> options, String... args) {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-Dorg.bytedeco.javacpp.maxBytes=0",
                "-D" + Console.COLUMNS + "=100",
                "-cp",
                System.getProperty("java.class.path")));
    words.addAll(options);
    words.add("org.mtl4j.cli.Main");
    words.addAll(List.of(args));
    return words;
  }

  /** Everything it has said so far. */
  String said() {
    return text(err);
  }

  /** What it has answered, on its standard output. */
  String answered() {
    return text(out);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until something is so or the process has ended; false in the latter case. */
  boolean await(BooleanSupplier moment) throws InterruptedException {
    while (process.isAlive()) {
      if (moment.getAsBoolean()) {
        return true;
      }
      Thread.sleep(1);
    }
    return false;
  }

  boolean awaitSaid(String text) throws InterruptedException {
    return await(() -> said().contains(text));
  }

  /** SIGKILL, in the middle of whatever it does; false if it had ended before. */
  boolean kill() throws InterruptedException {
    boolean alive = process.isAlive();
    process.destroyForcibly().waitFor();
    return alive;
  }

  /** Ctrl-C; SIGTERM where whoever started the tests has SIGINT ignored, which is inherited. */
  void interrupt() throws IOException, InterruptedException {
    long ignored =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
            .findFirst()
            .orElse(0);
    signal((ignored & SIGINT_BIT) == 0 ? "INT" : "TERM");
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
  }

  long pid() {
    return process.pid();
  }

  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  /** No test leaves one behind. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
