package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Stock Python TensorFlow, to compare with: that of MTL_PYTHON, or of python3. */
public final class PythonTensorFlow {
  private PythonTensorFlow() {}

  /** The command that runs it, or the end of the test, as skipped, where there is none. */
  public static String assumeThere() throws InterruptedException {
    String python = System.getenv().getOrDefault("MTL_PYTHON", "python3");
    assumeTrue(
        isThere(python),
        "skipped: " + python + " has no TensorFlow; set MTL_PYTHON to one that has");
    return python;
  }

  /**
   * Runs a script, or ends the test as skipped where there is no TensorFlow.
   *
   * @param test beside whose class the script stands
   * @param script its name
   * @param folder takes a copy of it
   * @return what it prints
   */
  public static String run(Class<?> test, String script, Path folder, String... arguments)
      throws IOException, InterruptedException {
    String python = assumeThere();
    Path copy = folder.resolve(script);
    try (InputStream file = test.getResourceAsStream(script)) {
      Files.copy(file, copy);
    }
    List<String> command = new ArrayList<>(List.of(python, copy.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("exit code of " + command).isZero();
    return output;
  }

  private static boolean isThere(String python) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(
                  python,
                  "-c",
                  "import importlib.util as u, sys;"
                      + " sys.exit(0 if u.find_spec('tensorflow') else 1)")
              .redirectErrorStream(true)
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
