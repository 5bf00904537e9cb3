package org.mtl4j.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Java of its own over this test's class path, for what a test cannot see in its own process: the
 * memory that one thing takes, say, when nothing else ran before.
 */
public final class JavaProcess {
  private JavaProcess() {}

  /**
   * Runs a main class to its end, with a heap of fixed size that is resident from the start, so
   * that resident memory moves with what lies outside it.
   *
   * @param heap its size, say {@code 64m}
   * @return the lines of its standard output
   * @throws AssertionError with all that it said if it does not exit with 0
   * @throws UncheckedIOException if it cannot be started or its output cannot be read
   */
  public static List<String> run(String heap, String main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms" + heap,
                "-Xmx" + heap,
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-Dorg.bytedeco.javacpp.maxBytes=0",
                "-Dmtl.test.seed=" + TestSeed.value(),
                "-cp",
                System.getProperty("java.class.path"),
                main));
    command.addAll(List.of(arguments));
    try {
      // TensorFlow's log and stack traces go aside, to be shown only if it fails.
      Path errors = Files.createTempFile("java-process", ".err");
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int exitCode = process.waitFor();
      if (exitCode != 0) {
        throw new AssertionError(
            main + " exited with " + exitCode + ": " + output + Files.readString(errors));
      }
      Files.delete(errors);
      return output.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while " + command + " ran", e);
    }
  }
}
