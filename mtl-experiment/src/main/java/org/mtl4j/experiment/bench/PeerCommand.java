package org.mtl4j.experiment.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/**
 * Another program to measure against: it times itself, so that its start does not count, as that of
 * this one does not.
 *
 * @param command of the shell; {@code $FILE} is the file that it is to work on
 * @param refusal what is said where it does not
 */
record PeerCommand(String command, Refusal refusal) {
  /**
   * What an error says of a peer that fails.
   *
   * @param benchmark the command that it was given to
   * @param remedy what it should do, a sentence
   */
  record Refusal(String benchmark, String remedy) {}

  private static final long LOOK_MILLISECONDS = 50;

  /**
   * Runs it once.
   *
   * @param output takes what it prints
   * @return the seconds that it says
   * @throws MtlException of code USAGE if it fails or says no number
   * @throws CancellationException if a stop is asked for
   */
  double seconds(Path file, Path output, BooleanSupplier stopRequested)
      throws InterruptedException {
    try {
      ProcessBuilder builder =
          new ProcessBuilder("sh", "-c", command)
              .redirectOutput(output.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().put("FILE", file.toAbsolutePath().toString());
      Process process = builder.start();
      try {
        while (!process.waitFor(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS)) {
          StoppableSource.check(stopRequested);
        }
      } finally {
        process.destroy();
      }
      List<String> lines = Files.readAllLines(output);
      if (process.exitValue() != 0 || lines.isEmpty()) {
        throw failure("exit status " + process.exitValue() + " and " + lines.size() + " lines");
      }
      return seconds(lines.get(lines.size() - 1).strip());
    } catch (IOException e) {
      throw failure(e.toString());
    }
  }

  private double seconds(String line) {
    try {
      double seconds = Double.parseDouble(line);
      if (seconds > 0 && Double.isFinite(seconds)) {
        return seconds;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw failure("\"" + Excerpt.of(line) + "\"");
  }

  private MtlException failure(String found) {
    return new MtlException(
        new Problem(
            ErrorCode.USAGE,
            refusal.benchmark(),
            "--peer: expected a command that ends with exit status 0 and prints its seconds as the"
                + " last line, found "
                + found
                + ".",
            refusal.remedy()));
  }
}
