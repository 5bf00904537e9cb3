package org.mtl4j.server.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/** How long a server takes from its start until it is ready: its models loaded and warmed. */
public final class Starting {
  private final BenchSetup setup;

  /** Benchmarks of a setup. */
  public Starting(BenchSetup setup) {
    this.setup = setup;
  }

  /**
   * What was measured.
   *
   * @param modelBytes the size of the version's files
   * @param seconds of each start, the page cache being warm after the first, which is not among
   *     them
   */
  public record Result(long modelBytes, List<Double> seconds) {
    /** Copies the list. */
    public Result {
      seconds = List.copyOf(seconds);
    }

    /** The median. */
    public double median() {
      return Turns.median(seconds.stream().mapToDouble(s -> s).toArray());
    }
  }

  /**
   * Starts and stops servers.
   *
   * @throws InterruptedException if the thread is interrupted
   * @throws CancellationException if a stop was asked for
   */
  public Result run() throws InterruptedException {
    List<Double> seconds = new ArrayList<>();
    try (BenchVersions versions = BenchVersions.of(setup)) {
      for (int round = 0; round <= setup.rounds().number(); round++) {
        setup.watching().progress().accept("start " + round + "...");
        if (setup.watching().stopRequested().getAsBoolean()) {
          throw new CancellationException();
        }
        try (ServerProcess server =
            ServerProcess.start(setup.command().apply(versions.base(), List.of()))) {
          if (round > 0) {
            seconds.add(server.startSeconds());
          }
        }
      }
    }
    return new Result(bytes(setup.version()), seconds);
  }

  private static long bytes(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(folder.toString(), e);
    }
  }
}
