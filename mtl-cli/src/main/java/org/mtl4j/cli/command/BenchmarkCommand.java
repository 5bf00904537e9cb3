package org.mtl4j.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.ExitCode;
import org.mtl4j.cli.console.Interruption;

/**
 * A command that measures and leaves nothing behind: the first Ctrl-C has it clear away and end.
 */
abstract class BenchmarkCommand extends MtlCommand {
  private final Interruption interruption;

  BenchmarkCommand(Console console, Interruption interruption) {
    super(console);
    this.interruption = interruption;
  }

  /** Where it writes while it runs; empty if it does not. */
  abstract Optional<Path> folder();

  /**
   * Measures.
   *
   * @param stopRequested once it is true, everything is to be deleted
   * @throws CancellationException when it is
   */
  abstract Answer measure(BooleanSupplier stopRequested) throws InterruptedException;

  @Override
  protected final Answer answer() throws InterruptedException {
    interruption.begin(
        new Interruption.Words(
            "what the benchmark has written is deleted",
            folder()
                .map("What the benchmark has written may still be in %s."::formatted)
                .orElse("")));
    try {
      return measure(interruption::requested);
    } catch (CancellationException e) {
      return new Answer(
          Map.of("status", "interrupted"),
          List.of("Interrupted; nothing was measured, and nothing is left."),
          ExitCode.INTERRUPTED);
    } finally {
      interruption.end();
    }
  }
}
