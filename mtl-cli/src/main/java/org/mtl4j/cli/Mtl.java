package org.mtl4j.cli;

import org.mtl4j.cli.command.ArchiveClassesCommand;
import org.mtl4j.cli.command.BenchCommand;
import org.mtl4j.cli.command.CacheCommand;
import org.mtl4j.cli.command.CompareCommand;
import org.mtl4j.cli.command.DatasetsCommand;
import org.mtl4j.cli.command.DescribeCommand;
import org.mtl4j.cli.command.DiagnoseCommand;
import org.mtl4j.cli.command.EvaluateCommand;
import org.mtl4j.cli.command.ExplainCommand;
import org.mtl4j.cli.command.ExportCommand;
import org.mtl4j.cli.command.FeedbackCommand;
import org.mtl4j.cli.command.FuseCommand;
import org.mtl4j.cli.command.LearningCurveCommand;
import org.mtl4j.cli.command.LintCommand;
import org.mtl4j.cli.command.ModelServerCommand;
import org.mtl4j.cli.command.ModelsCommand;
import org.mtl4j.cli.command.PredictCommand;
import org.mtl4j.cli.command.QuickstartCommand;
import org.mtl4j.cli.command.RecommendCommand;
import org.mtl4j.cli.command.ReportCommand;
import org.mtl4j.cli.command.ReproduceCommand;
import org.mtl4j.cli.command.ServeCommand;
import org.mtl4j.cli.command.TrainCommand;
import org.mtl4j.cli.command.TuneCommand;
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
    subcommands = {
      QuickstartCommand.class,
      TrainCommand.class,
      LearningCurveCommand.class,
      TuneCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      ExportCommand.class,
      CompareCommand.class,
      DiagnoseCommand.class,
      ReportCommand.class,
      ReproduceCommand.class,
      ExplainCommand.class,
      FuseCommand.class,
      RecommendCommand.class,
      FeedbackCommand.class,
      ServeCommand.class,
      ModelServerCommand.class,
      ArchiveClassesCommand.class,
      ModelsCommand.class,
      DatasetsCommand.class,
      DescribeCommand.class,
      LintCommand.class,
      CacheCommand.class,
      BenchCommand.class,
      HelpCommand.class
    })
final class Mtl {}
