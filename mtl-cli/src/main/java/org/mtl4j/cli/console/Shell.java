package org.mtl4j.cli.console;

import java.util.List;
import java.util.stream.Collectors;

/** Spells commands so that they can be pasted into a shell. */
public final class Shell {
  private Shell() {}

  /** The words as one line, quoted where a POSIX shell needs it. */
  public static String line(List<String> words) {
    return words.stream().map(Shell::quote).collect(Collectors.joining(" "));
  }

  private static String quote(String word) {
    return word.matches("[A-Za-z0-9_./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
