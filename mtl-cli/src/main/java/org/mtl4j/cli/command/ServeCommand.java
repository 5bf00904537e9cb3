package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.Interruption;
import org.mtl4j.experiment.run.Datasets;
import org.mtl4j.server.config.ServedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mtl serve}: a server of a model's versions, until it is told to stop. */
@Command(
    name = "serve",
    description = "Serves a model over TensorFlow Serving's REST and gRPC protocols.",
    footer = {
      "",
      "BASE has a folder a version, BASE/1, BASE/2, ..., as mtl export makes them; the latest is",
      "served, and a new one takes its place when it is there. docs/serving.md has the protocols.",
      "",
      "Examples:",
      "  mtl export --run runs/shop --to models/shop",
      "  mtl serve --model models/shop --name shop",
      "  mtl serve --model-config-file models.config",
      "  curl -d '{\"instances\": [{\"user\": \"u1\", \"price\": 9.5}]}' \\",
      "    localhost:8501/v1/models/shop:predict"
    })
public final class ServeCommand extends MtlCommand {
  @Option(names = "--model", paramLabel = "BASE", description = "The folder of versions.")
  private Path base;

  @Option(
      names = "--model-config-file",
      paramLabel = "FILE",
      description =
          "Several models, with policies and labels: TensorFlow Serving's file, in its place.")
  private Path configFile;

  @Option(
      names = "--name",
      defaultValue = "default",
      description = "The model's name in requests; default: ${DEFAULT-VALUE}.")
  private String name;

  @Option(
      names = "--rest-port",
      defaultValue = "8501",
      paramLabel = "PORT",
      description = "REST's port; 0: one that is free. Default: ${DEFAULT-VALUE}.")
  private int restPort;

  @Option(
      names = "--grpc-port",
      defaultValue = "8500",
      paramLabel = "PORT",
      description = "gRPC's port; 0: one that is free. Default: ${DEFAULT-VALUE}.")
  private int grpcPort;

  @Mixin private ServerFlags flags;

  private final Interruption interruption;
  private final Datasets datasets;

  /** The command. */
  @Inject
  public ServeCommand(Console console, Interruption interruption, Datasets datasets) {
    super(console);
    this.datasets = datasets;
    this.interruption = interruption;
  }

  @Override
  protected Answer answer() throws InterruptedException {
    List<ServedModel> models = ServedModels.of(name, base, configFile);
    return new RunningServer(console(), interruption)
        .run(flags.settings(models, restPort, grpcPort, datasets));
  }
}
