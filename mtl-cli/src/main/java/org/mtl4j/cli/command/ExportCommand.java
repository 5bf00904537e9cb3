package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.experiment.apply.ExportFolder;
import org.mtl4j.experiment.run.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mtl export}: a run's newest export into a folder of versions. */
@Command(
    name = "export",
    description = "Copies a run's newest export into a folder of versions, as the next of them.",
    footer = {"", "Example:", "  mtl export --run runs/shop --to models/shop"})
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

  /** The command. */
  @Inject
  public ExportCommand(Console console) {
    super(console);
  }

  @Override
  protected Answer answer() {
    Path from = Run.open(run).export();
    Path version = new ExportFolder(to).add(from, warning -> warn(List.of(warning)));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("from", from.toString());
    json.put("export", version.toString());
    return Answer.of(json, List.of("exported " + from + " to " + version));
  }
}
