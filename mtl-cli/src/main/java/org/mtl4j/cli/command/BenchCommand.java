package org.mtl4j.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mtl bench}: the benchmarks, a subcommand each. */
@Command(
    name = "bench",
    synopsisSubcommandLabel = "COMMAND",
    description = "Measures how fast MTL4J is on this machine.",
    subcommands = {
      BenchTrainCommand.class,
      BenchIngestCommand.class,
      BenchEvaluateCommand.class,
      BenchServeCommand.class
    })
public final class BenchCommand {
  @SuppressWarnings("UnusedVariable") // Picocli acts on it.
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and end.")
  private boolean help;
}
