package org.mtl4j.cli;

import org.mtl4j.cli.command.TrainCommand;
import org.mtl4j.cli.command.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command without a subcommand: it has nothing to do but to name those it has. */
@Command(
    name = "mtl",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Trains, evaluates, exports and serves multi-task recommenders.",
    subcommands = {HelpCommand.class, TrainCommand.class})
final class Mtl {}
