package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.MetricTable;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.eval.evaluator.Measurement;
import org.mtl4j.eval.interval.Bootstrap;
import org.mtl4j.eval.slice.SlicedFigures;
import org.mtl4j.experiment.apply.Evaluation;
import org.mtl4j.experiment.apply.ScoreColumns;
import org.mtl4j.experiment.apply.ScoreEvaluation;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.KeptExport;
import org.mtl4j.experiment.run.MetricMaps;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.slice.SliceJson;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mtl evaluate}: a run's metrics on other files, or those of any system's scores. */
@Command(
    name = "evaluate",
    description = "Measures a run's export on all rows of other files, or any system's scores.",
    footer = {
      "",
      "Examples:",
      "  mtl evaluate --run runs/shop --data tomorrow.csv",
      "  mtl evaluate --run runs/shop --data tomorrow.csv --slice country",
      "  mtl evaluate --scores scores.csv --label clicked --score p --group user_id --json",
      "",
      "Scores are CSV, or what the file's name says: .tsv, .jsonl, .parquet; .gz and .zst are unpacked."
    })
public final class EvaluateCommand extends MtlCommand {
  private final ExperimentService service;

  @ArgGroup(multiplicity = "1")
  private Subject subject;

  @Option(
      names = "--slice",
      paramLabel = "COL",
      description =
          "Measure once more by the 10 most frequent values of a column; may be repeated.")
  private List<String> slices = List.of();

  @ArgGroup(exclusive = false, validate = false, heading = "How a table of scores is written:%n")
  private TableOptions table = new TableOptions();

  /** A run or scores. */
  private static final class Subject {
    @ArgGroup(exclusive = false)
    private OfRun run;

    @ArgGroup(exclusive = false)
    private OfScores scores;
  }

  /** A run's export on other rows. */
  private static final class OfRun {
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

    @Option(
        names = "--step",
        paramLabel = "N",
        description =
            "Measure the state after a step whose checkpoint is kept, one of front.json say, in"
                + " place of the newest export; the run's own data are read for it.")
    private Long step;

    @Option(
        names = "--save-predictions",
        paramLabel = "FILE",
        description =
            "A CSV file to write: each row's predictions, labels and weights; it must not be there.")
    private Path saved;
  }

  /** Scores in a table. */
  private static final class OfScores {
    @Option(
        names = "--scores",
        required = true,
        paramLabel = "FILE",
        description = "A table of scores that any system gave.")
    private String file;

    @Option(
        names = "--label",
        required = true,
        paramLabel = "COL",
        description = "The column of labels, 0 or 1.")
    private String label;

    @Option(
        names = "--score",
        required = true,
        paramLabel = "COL",
        description = "The column of scores; larger means yes.")
    private String score;

    @Option(names = "--weight", paramLabel = "COL", description = "A column of example weights.")
    private String weight;

    @Option(
        names = "--group",
        paramLabel = "COL",
        description = "A column whose values group rows, a user's id say.")
    private String group;

    @Option(
        names = "--item",
        paramLabel = "COL",
        description = "A column of each row's item, for coverage@K; with --group.")
    private String item;

    @Option(
        names = "--item-count",
        paramLabel = "COL",
        description =
            "A column of the number of training rows that each row's item stands in, for"
                + " popularity@K; with --item.")
    private String itemCount;

    @Option(
        names = "--item-content",
        split = ",",
        paramLabel = "COL",
        description = "Columns of what items are like, for diversity@K; with --item.")
    private List<String> content = List.of();

    @Option(
        names = "--k",
        split = ",",
        paramLabel = "K",
        description = "Cut-offs of metrics by group; default: 10.")
    private List<Integer> k = List.of(10);

    @Option(
        names = "--bootstrap",
        paramLabel = "N",
        description = "How often rows or groups are drawn for intervals; default: 1000.")
    private int bootstrap = 1000;
  }

  /** The command over a service. */
  @Inject
  public EvaluateCommand(Console console, ExperimentService service) {
    super(console);
    this.service = service;
  }

  @Override
  protected Answer answer() {
    return subject.run == null ? ofScores(subject.scores) : ofRun(subject.run);
  }

  private Answer ofRun(OfRun asked) {
    table.refuse(asked.run.toString());
    Run run = Run.open(asked.run);
    Evaluation.Result result =
        asked.step == null
            ? evaluation(run, asked, Optional.empty())
            : new KeptExport(run, asked.step)
                .with(
                    service,
                    ExperimentListener.SILENT,
                    export -> evaluation(run, asked, Optional.of(export)));
    warn(result.warnings());
    Map<String, Map<String, Double>> metrics = MetricMaps.of(result.report());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", asked.run.toString());
    if (asked.step != null) {
      json.put("step", asked.step);
    }
    json.put("data", asked.data);
    json.put("rows", result.rows());
    json.put("metrics", metrics);
    Map<String, Map<String, List<Double>>> intervals = MetricMaps.of(result.measured().intervals());
    json.put("intervals", intervals);
    List<String> text = new ArrayList<>(MetricTable.lines("output", metrics, intervals));
    text.add("");
    text.add(String.format(Locale.ROOT, "%,d rows", result.rows()));
    return answer(json, text, result.slices());
  }

  private Evaluation.Result evaluation(Run run, OfRun asked, Optional<Path> export) {
    return new Evaluation(service)
        .evaluate(
            run, asked.data, new Evaluation.More(Optional.ofNullable(asked.saved), slices, export));
  }

  private Answer ofScores(OfScores asked) {
    try {
      BatchSource source = table.open(List.of(asked.file), console()::note).source();
      ScoreEvaluation.Result result = evaluation(asked).evaluate(source, columns(asked), slices);
      warn(result.warnings());
      return answer(asked, result);
    } catch (MtlException e) {
      throw SourceOptions.inWords(e);
    }
  }

  private static ScoreColumns columns(OfScores asked) {
    try {
      return new ScoreColumns(
          asked.label,
          asked.score,
          Optional.ofNullable(asked.weight),
          Optional.ofNullable(asked.group),
          new ScoreColumns.ItemColumns(
              Optional.ofNullable(asked.item),
              Optional.ofNullable(asked.itemCount),
              asked.content));
    } catch (IllegalArgumentException e) {
      throw SourceOptions.ofOption(e);
    }
  }

  private ScoreEvaluation evaluation(OfScores asked) {
    try {
      return new ScoreEvaluation(service.parts(), asked.k, new Bootstrap(asked.bootstrap));
    } catch (IllegalArgumentException e) {
      throw SourceOptions.ofOption(e);
    }
  }

  private Answer answer(OfScores asked, ScoreEvaluation.Result result) {
    Measurement measured = result.measured();
    Map<String, Double> metrics = MetricMaps.of(measured.report()).get(asked.score);
    Map<String, List<Double>> intervals = MetricMaps.of(measured.intervals()).get(asked.score);
    int rows = measured.report().outputs().get(asked.score).rowCount();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("scores", asked.file);
    json.put("rows", rows);
    json.putAll(metrics);
    json.put("intervals", intervals);
    List<String> text = new ArrayList<>(MetricTable.lines(metrics, intervals));
    text.add("");
    text.add(String.format(Locale.ROOT, "%,d rows", rows));
    return answer(json, text, result.slices());
  }

  private Answer answer(Map<String, Object> json, List<String> text, List<SlicedFigures> sliced) {
    if (!slices.isEmpty()) {
      json.put("slices", SliceJson.of(sliced));
      text.addAll(SliceView.lines(sliced));
    }
    return Answer.of(json, text);
  }
}
