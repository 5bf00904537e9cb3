package org.mtl4j.cli.command;

import org.mtl4j.cli.console.Console;
import org.mtl4j.experiment.apply.ServedModel;
import org.mtl4j.experiment.run.ExperimentService;
import picocli.CommandLine.ArgGroup;

/** A command that puts a trained model to work. */
abstract class ModelCommand extends MtlCommand {
  private final ExperimentService service;

  @ArgGroup(multiplicity = "1")
  private ModelChoice model;

  ModelCommand(Console console, ExperimentService service) {
    super(console);
    this.service = service;
  }

  /** The model that the command line chooses. */
  final ServedModel model() {
    return model.open(service);
  }
}
