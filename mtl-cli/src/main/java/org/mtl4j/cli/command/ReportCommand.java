package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.eval.report.ReportFormat;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.RunFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mtl report}: a run's report in another format. */
@Command(
    name = "report",
    description = "Writes a run's report as a page, Markdown, JSON or CSV.",
    footer = {
      "",
      "Examples:",
      "  mtl report --run runs/shop --format markdown",
      "  mtl report --run runs/shop --format csv --output figures.csv"
    })
public final class ReportCommand extends MtlCommand {
  @Option(
      names = "--run",
      required = true,
      paramLabel = "RUN",
      description = "A finished run's folder.")
  private Path run;

  @Option(
      names = "--format",
      defaultValue = "markdown",
      paramLabel = "FORMAT",
      description = "html, markdown, json or csv; default: ${DEFAULT-VALUE}.")
  private ReportFormat format;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The file to write, in place of one that is there; default: it is printed.")
  private Path output;

  /** The command. */
  @Inject
  public ReportCommand(Console console) {
    super(console);
  }

  @Override
  protected Answer answer() {
    String text = format.write(Run.open(run).report());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", run.toString());
    json.put("format", format.name().toLowerCase(Locale.ROOT));
    if (output == null) {
      json.put("report", text);
      return Answer.of(json, text.lines().toList());
    }
    Path file = output.toAbsolutePath();
    new RunFiles(file.getParent()).write(file, text);
    json.put("output", output.toString());
    return Answer.of(json, List.of("wrote " + output));
  }
}
