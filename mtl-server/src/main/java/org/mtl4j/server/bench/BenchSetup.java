package org.mtl4j.server.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What benchmarks of a server have in common.
 *
 * @param version the folder of what is served, an export of MTL4J with a warm-up file
 * @param folder where their own folders of versions go while they run; on the file system of {@code
 *     version}, files are linked and not copied
 * @param command given a folder of versions and more options, what starts a server of it, under the
 *     name {@value #MODEL}
 * @param rounds how often and how long each side is measured
 * @param watching who is told, and who can end it
 */
public record BenchSetup(
    Path version,
    Path folder,
    BiFunction<Path, List<String>, List<String>> command,
    Rounds rounds,
    Watching watching) {
  /** The model's name in requests. */
  public static final String MODEL = "bench";

  /**
   * How often and how long.
   *
   * @param number of rounds, at least 1; each side has its turn in each
   * @param time of a turn
   */
  public record Rounds(int number, Duration time) {
    /**
     * Checks them.
     *
     * @throws IllegalArgumentException naming what was expected and what was found
     */
    public Rounds {
      if (number < 1) {
        throw new IllegalArgumentException("rounds: expected at least 1, found " + number);
      }
      if (time.isNegative() || time.isZero()) {
        throw new IllegalArgumentException("time: expected more than 0, found " + time);
      }
    }
  }

  /**
   * Who looks on.
   *
   * @param progress told of each part before it begins
   * @param stopRequested asked again and again; once it is true the benchmark ends in moments with
   *     a {@link java.util.concurrent.CancellationException}, and its servers and folders are gone
   */
  public record Watching(Consumer<String> progress, BooleanSupplier stopRequested) {}
}
