package org.mtl4j.experiment.apply;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.core.model.Predictor;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.data.source.CsvWriter;
import org.mtl4j.eval.evaluator.Measurement;
import org.mtl4j.eval.evaluator.PredictionCollector;
import org.mtl4j.eval.interval.Bootstrap;
import org.mtl4j.eval.slice.SliceMeasure;
import org.mtl4j.eval.slice.SlicedFigures;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.RowRooms;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.YoungLabels;
import org.mtl4j.experiment.slice.MeasuredRows;

/**
 * Measures a run's export on other files: all their rows, after the experiment's rules, with the
 * metrics that training reported.
 */
public final class Evaluation {
  private static final int BLOCK = 4096;

  private final ExperimentService service;

  /** Over the parts that the run's experiment names. */
  public Evaluation(ExperimentService service) {
    this.service = service;
  }

  /**
   * What was found.
   *
   * @param rows number of rows after the rules
   * @param measured the metrics with their intervals
   * @param slices the metrics slice by slice
   * @param warnings what looked odd, a sentence each
   */
  public record Result(
      long rows, Measurement measured, List<SlicedFigures> slices, List<String> warnings) {
    /** Copies the lists. */
    public Result {
      slices = List.copyOf(slices);
      warnings = List.copyOf(warnings);
    }

    /** The metrics. */
    public MetricReport report() {
      return measured.report();
    }
  }

  /**
   * Evaluates a run.
   *
   * @param files in the format of the run's source
   * @throws MtlException for a file or column that is not there, a label that its task does not
   *     allow, or NO_ROWS if the rules leave none
   */
  public Result evaluate(Run run, List<String> files) {
    return evaluate(run, files, new More(Optional.empty(), List.of(), Optional.empty()));
  }

  /**
   * What is wanted besides metrics.
   *
   * @param saved the CSV file to write rows to with their predictions, labels and weights, not
   *     there yet; empty: none
   * @param slices columns by whose values the metrics are taken once more
   * @param export to be measured in place of the run's newest; empty: that one
   */
  public record More(Optional<Path> saved, List<String> slices, Optional<Path> export) {
    /** Copies the list. */
    public More {
      slices = List.copyOf(slices);
    }
  }

  /**
   * The same with more.
   *
   * @throws MtlException as above, and OUTPUT_FOLDER if the file to write is there already
   */
  public Result evaluate(Run run, List<String> files, More more) {
    more.saved().ifPresent(CsvWriter::refuseExisting);
    ConfigFile experiment = ConfigFile.readLeniently(run.files().experiment());
    try {
      RunRows rows =
          RunRows.of(
              more.export()
                  .map(export -> ServedModel.of(run, export, service.datasets()))
                  .orElseGet(() -> ServedModel.of(run, service)),
              run,
              new RunRows.Wanted(files, more.slices()),
              service);
      return evaluate(rows, RunItems.of(run, rows, service), more);
    } catch (MtlException e) {
      throw e.placed(experiment.root()::whereIs);
    }
  }

  private static Result evaluate(RunRows rows, RunItems items, More more) {
    Gathered gathered = new Gathered(rows, items, more.slices());
    boolean byGroup = rows.measure().groupBy().isPresent();
    try (Predictor model = rows.served().load();
        MeasuredRowsFile file =
            more.saved()
                .map(path -> new MeasuredRowsFile(path, rows.outputs(), byGroup))
                .orElse(null);
        RawCursor cursor = rows.source().open()) {
      for (Optional<RawBatch> next = cursor.next(BLOCK);
          next.isPresent();
          next = cursor.next(BLOCK)) {
        RawBatch block = next.get();
        Predictions predictions = model.predict(block);
        Map<String, LabelColumn> labels = rows.labels(block);
        Optional<int[]> groups = rows.groups(block);
        gathered.add(block, predictions, labels, groups);
        if (file != null) {
          file.add(block, predictions, labels, groups);
        }
      }
      if (file != null) {
        file.commit();
      }
    }
    return gathered.result();
  }

  /** What is kept of the rows until all are there. */
  private static final class Gathered {
    private final RunRows rows;
    private final RunItems items;
    private final PredictionCollector collector;
    private final YoungLabels young;
    private final RowSlices slices;
    private final MeasuredRows measured;
    private long count;

    Gathered(RunRows rows, RunItems items, List<String> slices) {
      this.rows = rows;
      this.items = items;
      this.collector =
          rows.measure().evaluator().collector(rows.outputs(), RowRooms.ofExperiment());
      this.young = new YoungLabels(rows.measure().tasks(), rows.source().columns());
      this.slices = RowSlices.of(slices, rows.source().columns());
      this.measured = new MeasuredRows(rows.outputs());
    }

    void add(
        RawBatch block,
        Predictions predictions,
        Map<String, LabelColumn> labels,
        Optional<int[]> groups) {
      collector.add(predictions, labels, groups, items.of(block));
      young.observe("evaluated", block);
      slices.add(block);
      measured.add(block.rowCount(), labels);
      count += block.rowCount();
    }

    Result result() {
      List<String> warnings = new ArrayList<>(rows.source().warnings());
      warnings.addAll(unseen(rows));
      warnings.addAll(young.warnings());
      warnings.addAll(items.warnings());
      checkRows(count);
      Bootstrap bootstrap = rows.measure().bootstrap();
      Measurement figures = collector.measurement(bootstrap);
      warnings.addAll(figures.report().warnings());
      SliceMeasure measure = new SliceMeasure(rows.measure().evaluator(), bootstrap);
      return new Result(
          count, figures, slices.figures(measured.with(collector.rows()), measure), warnings);
    }
  }

  private static void checkRows(long rows) {
    if (rows == 0) {
      throw new MtlException(
          new Problem(
              ErrorCode.NO_ROWS,
              "data.where",
              "Expected rows to evaluate, found none that the experiment's rules keep.",
              "Give other files, or look at data.where in the run's experiment.yaml."));
    }
  }

  private static List<String> unseen(RunRows rows) {
    return rows.tasks().stream()
        .filter(task -> rows.unseenClasses(task.name()) > 0)
        .map(
            task ->
                (task.task().type() instanceof TaskType.Multilabel
                        ? "%d rows have classes of %s that were not learnt; those are left out"
                        : "%d rows have no say in %s: their class was not seen in training")
                    .formatted(rows.unseenClasses(task.name()), task.name()))
        .toList();
  }
}
