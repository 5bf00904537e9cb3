package org.mtl4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.mtl4j.cli.console.Console;

/** Runs commands in this process and looks at what they print. */
final class Cli {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Cli() {}

  /**
   * What came of a command.
   *
   * @param exitCode its exit code
   * @param out all of the standard output
   * @param err all of the standard error
   */
  record Ran(int exitCode, String out, String err) {
    /** The last line of the standard output, which must be JSON. */
    JsonNode json() {
      List<String> lines = out.lines().toList();
      try {
        return JSON.readTree(lines.get(lines.size() - 1));
      } catch (JsonProcessingException e) {
        throw new AssertionError("no JSON on the last line of " + lines, e);
      }
    }
  }

  static Ran run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode;
    try (PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      exitCode = Main.commandLine(new Console(outStream, errStream, 0)).execute(args);
    }
    return new Ran(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
