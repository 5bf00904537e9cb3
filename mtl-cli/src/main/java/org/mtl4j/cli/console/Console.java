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
 * @param terminal whether a person watches {@code err}, so that lines may be rewritten in place
 */
public record Console(PrintStream out, PrintStream err, boolean terminal) {
  /** Set by the launcher, which can ask; Java itself cannot tell for one stream. */
  private static final String TERMINAL = "mtl.terminal";

  /** The process's own streams, in UTF-8 whatever the locale, as JSON must be. */
  public static Console system() {
    return new Console(
        stream(FileDescriptor.out), stream(FileDescriptor.err), Boolean.getBoolean(TERMINAL));
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** Writes a line beside the results. */
  public void note(String line) {
    err.println(line);
  }
}
