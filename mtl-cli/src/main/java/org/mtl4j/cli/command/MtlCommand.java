package org.mtl4j.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.Printer;
import picocli.CommandLine.Option;

/**
 * What all commands share: they find an {@link Answer}, and {@code --json} decides how it is
 * printed.
 */
public abstract class MtlCommand implements Callable<Integer> {
  /** The option that asks for JSON. */
  public static final String JSON = "--json";

  /** The option that asks for stack traces. */
  public static final String DEBUG = "--debug";

  private final Console console;

  @Option(
      names = JSON,
      description = "Print the result as JSON on the last line of the standard output.")
  private boolean json;

  @SuppressWarnings("UnusedVariable") // Looked up by name, when the command has failed.
  @Option(names = DEBUG, description = "Print a stack trace with an error.")
  private boolean debug;

  @SuppressWarnings("UnusedVariable") // Picocli acts on it.
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and end.")
  private boolean help;

  /** A command that prints there. */
  protected MtlCommand(Console console) {
    this.console = console;
  }

  /** Where to put notes and progress. */
  protected final Console console() {
    return console;
  }

  /** Says what looked odd, a line each. */
  protected final void warn(List<String> warnings) {
    warnings.forEach(warning -> console.note("warning: " + warning));
  }

  /**
   * Does what the command is for.
   *
   * @throws org.mtl4j.core.error.MtlException for whatever its user can mend
   */
  protected abstract Answer answer() throws Exception;

  @Override
  public final Integer call() throws Exception {
    Answer answer = answer();
    new Printer(console, json).print(answer);
    return answer.exitCode();
  }
}
