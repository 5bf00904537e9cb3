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
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.manifest.FusionFile;
import org.mtl4j.core.metric.Fusion;
import org.mtl4j.data.source.CsvWriter;
import org.mtl4j.experiment.apply.FusionTuning;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mtl fuse}: one ranking score out of several outputs of a run. */
@Command(
    name = "fuse",
    description = "Tunes one ranking score out of several outputs, on a run's validation rows.",
    footer = {
      "",
      "Examples:",
      "  mtl fuse --run runs/shop --metric purchase/ndcg@10 --constraint 'click/auc >= 0.75'"
          + " --output fusion.json",
      "  mtl recommend --run runs/shop --user user.json --items items.csv --fusion fusion.json"
    })
public final class FuseCommand extends MtlCommand {
  private final ExperimentService service;

  @Option(
      names = "--run",
      required = true,
      paramLabel = "RUN",
      description = "A finished run's folder.")
  private Path run;

  @Option(
      names = "--metric",
      required = true,
      paramLabel = "OUTPUT/METRIC",
      description = "What is to be as large as can be: a metric by rank, such as click/auc.")
  private String metric;

  @Option(
      names = "--constraint",
      paramLabel = "'OUTPUT/METRIC >= NUMBER'",
      description = "What has to be reached besides; may be given several times.")
  private List<String> constraints = List.of();

  @Option(
      names = "--outputs",
      split = ",",
      paramLabel = "OUTPUT",
      description = "What is fused; default: the outputs of --metric and --constraint.")
  private List<String> outputs = List.of();

  @Option(
      names = "--kind",
      defaultValue = "weighted_sum",
      description = "weighted_sum, product or rank_sum; default: ${DEFAULT-VALUE}.")
  private Fusion.Kind kind;

  @Option(
      names = "--trials",
      defaultValue = "200",
      description = "How many weights are tried, about; default: ${DEFAULT-VALUE}.")
  private int trials;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of the weights that are tried; default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "The JSON file to write; it must not be there yet.")
  private Path output;

  /** The command over a service. */
  @Inject
  public FuseCommand(Console console, ExperimentService service) {
    super(console);
    this.service = service;
  }

  @Override
  protected Answer answer() {
    if (trials < 1) {
      throw new MtlException(
          Problem.of(
              ErrorCode.USAGE,
              "--trials",
              "Expected a number of at least 1, found " + trials + "."));
    }
    CsvWriter.refuseExisting(output);
    FusionTuning.Request request =
        new FusionTuning.Request(
            metric, constraints, outputs, kind, new FusionFile.Search(seed, trials));
    FusionFile found = new FusionTuning(service).tune(Run.open(run), request);
    FusionTuning.write(found, output);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("output", output.toString());
    json.put("fusion", found);
    return Answer.of(json, text(found));
  }

  private List<String> text(FusionFile found) {
    List<String> text = new ArrayList<>();
    found
        .weights()
        .forEach((name, weight) -> text.add(String.format(Locale.ROOT, "%s %.6f", name, weight)));
    found
        .tuning()
        .figures()
        .forEach(
            (split, figures) -> {
              text.add("");
              text.add(split + ":");
              text.addAll(MetricTable.lines("ranked by", figures));
            });
    text.add("");
    text.add(
        "%s of %d weights tried into %s"
            .formatted(found.kind(), found.tuning().search().trials(), output));
    return text;
  }
}
