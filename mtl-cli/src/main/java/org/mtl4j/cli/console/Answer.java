package org.mtl4j.cli.console;

import java.util.List;
import java.util.Objects;

/**
 * What a command found, said twice: for programs and for people.
 *
 * @param json what {@code --json} prints: a map, a list, or a record of those
 * @param text the lines that are printed otherwise
 * @param exitCode the command's exit code, see {@link ExitCode}
 */
public record Answer(Object json, List<String> text, int exitCode) {
  /** Checks that there is something to print. */
  public Answer {
    Objects.requireNonNull(json, "json");
    text = List.copyOf(text);
  }

  /** The answer of a command that did what it was asked to. */
  public static Answer of(Object json, List<String> text) {
    return new Answer(json, text, ExitCode.DONE);
  }
}
