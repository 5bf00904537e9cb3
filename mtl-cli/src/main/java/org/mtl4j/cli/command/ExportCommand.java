package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.core.manifest.FusionFile;
import org.mtl4j.experiment.apply.ExportFolder;
import org.mtl4j.experiment.apply.FusionTuning;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.KeptExport;
import org.mtl4j.experiment.run.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code mtl export}: a run's newest export, or another of its states, into a folder of versions.
 */
@Command(
    name = "export",
    description = "Copies a run's newest export into a folder of versions, as the next of them.",
    footer = {
      "",
      "Examples:",
      "  mtl export --run runs/shop --to models/shop",
      "  mtl export --run runs/shop --step 4200 --to models/shop",
      "  mtl export --run runs/shop --fusion fusion.json --to models/shop"
    })
public final class ExportCommand extends MtlCommand {
  @Option(
      names = "--run",
      required = true,
      paramLabel = "RUN",
      description = "A finished run's folder.")
  private Path run;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "The folder of versions: DIR/1, DIR/2, ...; made if it is not there.")
  private Path to;

  @Option(
      names = "--step",
      paramLabel = "N",
      description =
          "The state after a step whose checkpoint is kept, one of front.json say, in place of the"
              + " newest export; the run's data are read for it.")
  private Long step;

  @Option(
      names = "--no-warmup",
      description =
          "Leaves out the requests that a server warms up with: they are rows of the training"
              + " data.")
  private boolean noWarmUp;

  @Option(
      names = "--fusion",
      paramLabel = "FILE",
      description =
          "Adds a file that mtl fuse wrote: whoever serves the version ranks by it where nobody"
              + " says by what.")
  private Path fusion;

  private final ExperimentService service;

  /** The command over a service. */
  @Inject
  public ExportCommand(Console console, ExperimentService service) {
    super(console);
    this.service = service;
  }

  @Override
  protected Answer answer() {
    Run opened = Run.open(run);
    return step == null
        ? answer(opened.export().toString(), add(opened.export()))
        : answer(
            "step %d of %s".formatted(step, run),
            new KeptExport(opened, step).with(service, ExperimentListener.SILENT, this::add));
  }

  private Path add(Path from) {
    Optional<Path> file = Optional.ofNullable(fusion);
    file.ifPresent(tuned -> warn(FusionTuning.warnings(FusionFile.read(tuned), from)));
    ExportFolder.Content content = new ExportFolder.Content(!noWarmUp, file);
    return new ExportFolder(to).add(from, content, warning -> warn(List.of(warning)));
  }

  private static Answer answer(String from, Path version) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("from", from);
    json.put("export", version.toString());
    return Answer.of(json, List.of("exported " + from + " to " + version));
  }
}
