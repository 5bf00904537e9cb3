package org.mtl4j.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.time.Clock;
import org.mtl4j.cli.command.ArchiveClassesCommand;
import org.mtl4j.cli.command.BenchEvaluateCommand;
import org.mtl4j.cli.command.BenchIngestCommand;
import org.mtl4j.cli.command.BenchServeCommand;
import org.mtl4j.cli.command.BenchTrainCommand;
import org.mtl4j.cli.command.CacheClearCommand;
import org.mtl4j.cli.command.CacheForgetCommand;
import org.mtl4j.cli.command.CacheListCommand;
import org.mtl4j.cli.command.CompareCommand;
import org.mtl4j.cli.command.DatasetsCommand;
import org.mtl4j.cli.command.DatasetsGetCommand;
import org.mtl4j.cli.command.DescribeCommand;
import org.mtl4j.cli.command.DiagnoseCommand;
import org.mtl4j.cli.command.EvaluateCommand;
import org.mtl4j.cli.command.ExplainCommand;
import org.mtl4j.cli.command.ExportCommand;
import org.mtl4j.cli.command.FeedbackForgetCommand;
import org.mtl4j.cli.command.FeedbackJoinCommand;
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
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.Interruption;
import org.mtl4j.experiment.run.Datasets;
import org.mtl4j.experiment.run.ExperimentService;

/** Binds the commands to what they need: a line a command. */
final class CliModule extends AbstractModule {
  private final Console console;

  CliModule(Console console) {
    this.console = console;
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().requireAtInjectOnConstructors();
    bind(Console.class).toInstance(console);
    bind(Clock.class).toInstance(Clock.systemUTC());
    bind(QuickstartCommand.class);
    bind(TrainCommand.class);
    bind(LearningCurveCommand.class);
    bind(TuneCommand.class);
    bind(EvaluateCommand.class);
    bind(CompareCommand.class);
    bind(DiagnoseCommand.class);
    bind(PredictCommand.class);
    bind(ExplainCommand.class);
    bind(ExportCommand.class);
    bind(ReportCommand.class);
    bind(ReproduceCommand.class);
    bind(FuseCommand.class);
    bind(RecommendCommand.class);
    bind(FeedbackJoinCommand.class);
    bind(FeedbackForgetCommand.class);
    bind(ServeCommand.class);
    bind(ModelServerCommand.class);
    bind(ArchiveClassesCommand.class);
    bind(ModelsCommand.class);
    bind(DatasetsCommand.class);
    bind(DatasetsGetCommand.class);
    bind(DescribeCommand.class);
    bind(LintCommand.class);
    bind(BenchEvaluateCommand.class);
    bind(BenchIngestCommand.class);
    bind(BenchServeCommand.class);
    bind(BenchTrainCommand.class);
    bind(CacheListCommand.class);
    bind(CacheClearCommand.class);
    bind(CacheForgetCommand.class);
  }

  @Provides
  Datasets datasets(ExperimentService service) {
    return service.datasets();
  }

  @Provides
  @Singleton
  Interruption interruption() {
    return new Interruption(console);
  }
}
