package org.mtl4j.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mtl feedback}: what servers wrote of their recommendations and what came of them. */
@Command(
    name = "feedback",
    synopsisSubcommandLabel = "COMMAND",
    description = "Makes rows of what a server wrote of its recommendations, or forgets a user.",
    subcommands = {FeedbackJoinCommand.class, FeedbackForgetCommand.class})
public final class FeedbackCommand {
  @SuppressWarnings("UnusedVariable") // Picocli acts on it.
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and end.")
  private boolean help;
}
