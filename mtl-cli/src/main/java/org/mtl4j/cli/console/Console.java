package org.mtl4j.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes: results on {@code out}, everything else on {@code err}.
 *
 * @param out results, for people or, with {@code --json}, for programs
 * @param err progress, notes, warnings and errors
 * @param columns width of the terminal that {@code err} is, so that lines may be rewritten in
 *     place; 0 if it is none
 */
public record Console(PrintStream out, PrintStream err, int columns) {
  /** Set by the launcher: Java itself can tell neither for the standard error alone. */
  public static final String COLUMNS = "mtl.terminal.columns";

  /** The process's own streams, in UTF-8 whatever the locale, as JSON must be. */
  public static Console system() {
    return new Console(
        stream(FileDescriptor.out), stream(FileDescriptor.err), Integer.getInteger(COLUMNS, 0));
  }

  /** Whether a person watches {@code err}. */
  public boolean isTerminal() {
    return columns > 0;
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** Writes a line beside the results. */
  public void note(String line) {
    err.println(line);
  }
}
