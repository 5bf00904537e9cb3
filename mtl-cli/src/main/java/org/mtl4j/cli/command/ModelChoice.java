package org.mtl4j.cli.command;

import java.nio.file.Path;
import org.mtl4j.experiment.apply.ServedModel;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Run;
import picocli.CommandLine.Option;

/** Which model to use: {@code --run} or {@code --model}, one of them. */
final class ModelChoice {
  @Option(
      names = "--run",
      required = true,
      paramLabel = "RUN",
      description = "A finished run's folder; its newest export is used.")
  private Path run;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "An export's folder, or one that holds versions of it.")
  private Path model;

  /** Finds it; files are read as the run's were, or for an export as CSV with a header. */
  ServedModel open(ExperimentService service) {
    return run == null
        ? ServedModel.of(model, service.datasets())
        : ServedModel.of(Run.open(run), service);
  }
}
