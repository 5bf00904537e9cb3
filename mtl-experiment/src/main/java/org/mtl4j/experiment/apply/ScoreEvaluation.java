package org.mtl4j.experiment.apply;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.EvaluationSettings;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.metric.RowPart;
import org.mtl4j.core.model.LabelRule;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.eval.evaluator.Evaluator;
import org.mtl4j.eval.evaluator.Measurement;
import org.mtl4j.eval.interval.Bootstrap;
import org.mtl4j.eval.slice.SliceMeasure;
import org.mtl4j.eval.slice.SlicedFigures;
import org.mtl4j.eval.slice.SlicedRows;
import org.mtl4j.experiment.run.Parts;

/**
 * Measures the scores that any system gave to rows of a binary label, by every metric that applies.
 * Rows that half of the heap does not hold go to a file; figures are the same.
 */
public final class ScoreEvaluation {
  private static final int BLOCK = 4096;
  private static final TaskType BINARY = new TaskType.Binary(List.of());

  private final Evaluator evaluator;
  private final Bootstrap bootstrap;

  /**
   * By all bound metrics of binary outputs.
   *
   * @param k cut-offs of ranking metrics
   * @param bootstrap how often rows are drawn for intervals
   */
  public ScoreEvaluation(Parts parts, List<Integer> k, Bootstrap bootstrap) {
    EvaluationSettings settings = new EvaluationSettings(k, List.of());
    List<Metric> metrics =
        parts.metrics().values().stream()
            .flatMap(factory -> factory.create(settings).stream())
            .filter(metric -> metric.appliesTo(BINARY))
            .toList();
    this.evaluator = new Evaluator(metrics);
    this.bootstrap = bootstrap;
  }

  /**
   * Measures a table; the output has the name of the column of scores.
   *
   * @throws MtlException COLUMN_MISSING if there is no such column; DATA_VALUE for a label that is
   *     neither 0 nor 1, a score that is no finite number or a weight that is negative; NO_ROWS if
   *     there are no rows
   */
  public Measurement evaluate(BatchSource source, ScoreColumns columns) {
    return evaluate(source, columns, List.of()).measured();
  }

  /**
   * What was found.
   *
   * @param measured the metrics with their intervals
   * @param slices the metrics slice by slice
   * @param warnings what looked odd, a sentence each
   */
  public record Result(Measurement measured, List<SlicedFigures> slices, List<String> warnings) {
    /** Copies the lists. */
    public Result {
      slices = List.copyOf(slices);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The same, slice by slice too.
   *
   * @param slices columns whose values part the rows
   * @throws MtlException as above
   */
  public Result evaluate(BatchSource source, ScoreColumns columns, List<String> slices) {
    ScoreTable table = new ScoreTable(source.columns(), columns);
    RowSlices parts = RowSlices.of(slices, source.columns());
    try (RawCursor cursor = source.open()) {
      for (Optional<RawBatch> block = cursor.next(BLOCK);
          block.isPresent();
          block = cursor.next(BLOCK)) {
        table.add(block.get());
        parts.add(block.get());
      }
    }
    OutputSpec output =
        new OutputSpec(
            columns.score(),
            BINARY,
            new LabelEncoding.Indicator(),
            new LabelRule.OfTask(columns.score()),
            "a score");
    EvaluationRows rows = table.rows();
    BitSet all = new BitSet();
    all.set(0, rows.size());
    Measurement measured = evaluator.measurement(Map.of(output, rows), bootstrap);
    List<String> warnings = new ArrayList<>(source.warnings());
    warnings.addAll(leftOut(output, rows));
    warnings.addAll(measured.report().warnings());
    return new Result(
        measured,
        parts.figures(
            List.of(new SlicedRows(output, rows, all)), new SliceMeasure(evaluator, bootstrap)),
        warnings);
  }

  /** What is asked for with items, and what it takes. */
  private List<String> leftOut(OutputSpec output, EvaluationRows rows) {
    Set<RowPart> known = rows.parts();
    if (!known.contains(RowPart.ITEMS)) {
      return List.of();
    }
    Map<RowPart, String> remedies = new EnumMap<>(RowPart.class);
    remedies.put(
        RowPart.POPULARITY,
        "name a column of the number of training rows that each row's item stands in with"
            + " --item-count");
    remedies.put(RowPart.CONTENT, "name columns of what items are like with --item-content");
    remedies.keySet().removeAll(known);
    List<String> lines = new ArrayList<>();
    remedies.forEach(
        (part, remedy) ->
            evaluator.metricsOf(output, EnumSet.allOf(RowPart.class)).stream()
                .filter(metric -> metric.needs().contains(part))
                .forEach(metric -> lines.add(metric.key() + " is left out: " + remedy)));
    return lines;
  }
}
