package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.MetricTable;
import org.mtl4j.experiment.apply.Evaluation;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.MetricMaps;
import org.mtl4j.experiment.run.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mtl evaluate}: a run's metrics on other files. */
@Command(
    name = "evaluate",
    description = "Measures a run's export on all rows of other files.",
    footer = {"", "Example:", "  mtl evaluate --run runs/shop --data tomorrow.csv"})
public final class EvaluateCommand extends MtlCommand {
  private final ExperimentService service;

  @Option(
      names = "--run",
      required = true,
      paramLabel = "RUN",
      description = "A finished run's folder.")
  private Path run;

  @Option(
      names = "--data",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Files in the format of the run's source, with labels"
              + "; DOMAIN=FILE for a domain of a union.")
  private List<String> data;

  /** The command over a service. */
  @Inject
  public EvaluateCommand(Console console, ExperimentService service) {
    super(console);
    this.service = service;
  }

  @Override
  protected Answer answer() {
    Evaluation.Result result = new Evaluation(service).evaluate(Run.open(run), data);
    warn(result.warnings());
    Map<String, Map<String, Double>> metrics = MetricMaps.of(result.report());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", run.toString());
    json.put("data", data);
    json.put("rows", result.rows());
    json.put("metrics", metrics);
    Map<String, Map<String, List<Double>>> intervals = MetricMaps.of(result.measured().intervals());
    json.put("intervals", intervals);
    List<String> text = new ArrayList<>(MetricTable.lines("output", metrics, intervals));
    text.add("");
    text.add(String.format(Locale.ROOT, "%,d rows", result.rows()));
    return Answer.of(json, text);
  }
}
