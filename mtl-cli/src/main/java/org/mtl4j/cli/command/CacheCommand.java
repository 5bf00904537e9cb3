package org.mtl4j.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mtl cache}: the rows that are kept from one run to the next. */
@Command(
    name = "cache",
    synopsisSubcommandLabel = "COMMAND",
    description = "Lists or deletes the encoded rows that are kept from one run to the next.",
    subcommands = {CacheListCommand.class, CacheClearCommand.class, CacheForgetCommand.class})
public final class CacheCommand {
  @SuppressWarnings("UnusedVariable") // Picocli acts on it.
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and end.")
  private boolean help;
}
