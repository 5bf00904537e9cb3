package org.mtl4j.cli;

import java.util.List;
import org.mtl4j.cli.command.MtlCommand;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.ExitCode;
import org.mtl4j.cli.console.Printer;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import picocli.CommandLine;

/** Says what went wrong and picks the exit code; a stack trace only with {@code --debug}. */
final class Failures
    implements CommandLine.IParameterExceptionHandler, CommandLine.IExecutionExceptionHandler {
  private final Console console;

  Failures(Console console) {
    this.console = console;
  }

  @Override
  public int handleParseException(CommandLine.ParameterException e, String[] args) {
    List<String> typed = List.of(args);
    printer(typed).print(List.of(UsageProblems.of(e)));
    printTrace(e, typed);
    return ExitCode.USER_INPUT;
  }

  @Override
  public int handleExecutionException(
      Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    List<String> typed = parsed.originalArgs();
    if (e instanceof MtlException failure) {
      printer(typed).print(failure);
      printTrace(e, typed);
      return exitCode(failure.code());
    }
    return fault(e, typed);
  }

  private static int exitCode(ErrorCode code) {
    if (code.isRefusal()) {
      return ExitCode.REFUSED;
    }
    return code.isUserInput() ? ExitCode.USER_INPUT : ExitCode.FAULT;
  }

  /** Says what ran out, or that it is not the user who has to mend something. */
  int fault(Throwable e, List<String> typed) {
    Problem problem =
        LackOfMemory.of(e)
            .orElseGet(
                () ->
                    new Problem(
                        ErrorCode.INTERNAL,
                        "",
                        "This is a fault of MTL4J: " + e + ".",
                        "Please report it with the output of the same command and --debug."));
    printer(typed).print(List.of(problem));
    printTrace(e, typed);
    return ExitCode.FAULT;
  }

  private Printer printer(List<String> typed) {
    return new Printer(console, typed.contains(MtlCommand.JSON));
  }

  private void printTrace(Throwable e, List<String> typed) {
    if (typed.contains(MtlCommand.DEBUG)) {
      e.printStackTrace(console.err());
    }
  }
}
