package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.Interruption;
import org.mtl4j.experiment.run.Datasets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bin/mtl-model-server}: {@code mtl serve} under TensorFlow Serving's names of options. */
@Command(
    name = "model-server",
    hidden = true,
    description = "Serves models, with the names that tensorflow_model_server has for its options.",
    footer = {
      "",
      "Example:",
      "  mtl-model-server --rest_api_port=8501 --model_name=shop --model_base_path=/models/shop"
    })
public final class ModelServerCommand extends MtlCommand {
  @Option(
      names = "--port",
      defaultValue = "8500",
      description = "gRPC's port; default: ${DEFAULT-VALUE}.")
  private int grpcPort;

  @Option(
      names = "--rest_api_port",
      defaultValue = "8501",
      description = "REST's port; default: ${DEFAULT-VALUE}.")
  private int restPort;

  @Option(
      names = "--model_name",
      defaultValue = "default",
      description = "The model's name in requests; default: ${DEFAULT-VALUE}.")
  private String name;

  @Option(names = "--model_base_path", paramLabel = "BASE", description = "The folder of versions.")
  private Path base;

  @Option(
      names = "--model_config_file",
      paramLabel = "FILE",
      description = "Several models, in place of --model_name and --model_base_path.")
  private Path configFile;

  @Mixin private ServerFlags flags;

  private final Interruption interruption;
  private final Datasets datasets;

  /** The command. */
  @Inject
  public ModelServerCommand(Console console, Interruption interruption, Datasets datasets) {
    super(console);
    this.datasets = datasets;
    this.interruption = interruption;
  }

  @Override
  protected Answer answer() throws InterruptedException {
    return new RunningServer(console(), interruption)
        .run(flags.settings(ServedModels.of(name, base, configFile), restPort, grpcPort, datasets));
  }
}
