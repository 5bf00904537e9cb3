package org.mtl4j.experiment.apply;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.EvaluationSettings;
import org.mtl4j.core.metric.ItemList;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.metric.RowItems;
import org.mtl4j.core.model.LabelRule;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.data.union.IdScope;
import org.mtl4j.eval.evaluator.Evaluator;
import org.mtl4j.eval.evaluator.Measurement;
import org.mtl4j.eval.interval.Bootstrap;
import org.mtl4j.eval.slice.SliceMeasure;
import org.mtl4j.eval.slice.SlicedFigures;
import org.mtl4j.eval.slice.SlicedRows;
import org.mtl4j.experiment.run.Groups;
import org.mtl4j.experiment.run.Items;
import org.mtl4j.experiment.run.Parts;

/**
 * Measures the scores that any system gave to rows of a binary label, by every metric that applies:
 * 8 bytes a row for scores, labels and weights each are held, and 4 for groups, items and each
 * column of content.
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
   */
  public record Result(Measurement measured, List<SlicedFigures> slices) {
    /** Copies the list. */
    public Result {
      slices = List.copyOf(slices);
    }
  }

  /**
   * The same, slice by slice too.
   *
   * @param slices columns whose values part the rows
   * @throws MtlException as above
   */
  public Result evaluate(BatchSource source, ScoreColumns columns, List<String> slices) {
    Table table = new Table(source.columns(), columns);
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
    return new Result(
        evaluator.measurement(Map.of(output, rows), bootstrap),
        parts.figures(
            List.of(new SlicedRows(output, rows, all)), new SliceMeasure(evaluator, bootstrap)));
  }

  /** The columns in arrays that grow. */
  private static final class Table {
    private final int label;
    private final int score;
    private final Optional<Integer> weight;
    private final Groups grouping;
    private final Items itemColumns;
    private final ScoreColumns names;
    private double[] labels = {};
    private double[] scores = {};
    private double[] weights = {};
    private int[] groups = {};
    private Optional<ItemList> items = Optional.empty();
    private boolean grouped;
    private int size;

    Table(Columns columns, ScoreColumns names) {
      this.names = names;
      label = indexOf(columns, names.label(), "--label");
      score = indexOf(columns, names.score(), "--score");
      weight = names.weight().map(name -> indexOf(columns, name, "--weight"));
      names.group().ifPresent(name -> indexOf(columns, name, "--group"));
      names.items().item().ifPresent(name -> indexOf(columns, name, "--item"));
      names.items().content().forEach(name -> indexOf(columns, name, "--item-content"));
      itemColumns = Items.of(names.items().item(), names.items().content(), columns, IdScope.WHOLE);
      grouping = Groups.of(names.group(), columns, IdScope.WHOLE);
    }

    private static int indexOf(Columns columns, String name, String option) {
      try {
        return columns.indexOf(name);
      } catch (MtlException e) {
        throw e.at(option + " " + name);
      }
    }

    void add(RawBatch rows) {
      int needed = Math.addExact(size, rows.rowCount());
      if (needed > labels.length) {
        reserve(Math.max(needed, labels.length + labels.length / 2));
      }
      grouping
          .of(rows)
          .ifPresent(
              numbers -> {
                System.arraycopy(numbers, 0, groups, size, numbers.length);
                grouped = true;
              });
      itemColumns.of(rows).ifPresent(this::add);
      for (int row = 0; row < rows.rowCount(); row++) {
        labels[size] = label(rows, row);
        scores[size] = finite(rows, score, row, names.score(), "a score that is a finite number");
        weights[size] = weight(rows, row);
        size++;
      }
    }

    private void add(RowItems more) {
      ItemList list = items.orElseGet(() -> new ItemList(more));
      for (int row = 0; row < more.size(); row++) {
        list.add(more, row);
      }
      items = Optional.of(list);
    }

    private void reserve(int capacity) {
      labels = Arrays.copyOf(labels, capacity);
      scores = Arrays.copyOf(scores, capacity);
      weights = Arrays.copyOf(weights, capacity);
      groups = Arrays.copyOf(groups, capacity);
    }

    private double label(RawBatch rows, int row) {
      double value = number(rows, label, row);
      if (value != 0 && value != 1) {
        throw wrong(rows, label, row, names.label(), "a label of 0 or 1");
      }
      return value;
    }

    private double weight(RawBatch rows, int row) {
      if (weight.isEmpty()) {
        return 1;
      }
      String expected = "an example weight of at least 0";
      double value = finite(rows, weight.get(), row, names.weight().orElseThrow(), expected);
      if (value < 0) {
        throw wrong(rows, weight.get(), row, names.weight().orElseThrow(), expected);
      }
      return value;
    }

    private static double finite(RawBatch rows, int column, int row, String name, String expected) {
      double value = number(rows, column, row);
      if (!Double.isFinite(value)) {
        throw wrong(rows, column, row, name, expected);
      }
      return value;
    }

    /** NaN for what is none. */
    private static double number(RawBatch rows, int column, int row) {
      try {
        return rows.number(column, row);
      } catch (MtlException e) {
        return Double.NaN;
      }
    }

    private static MtlException wrong(
        RawBatch rows, int column, int row, String name, String expected) {
      String text = rows.text(column, row);
      return new MtlException(
          new Problem(
              ErrorCode.DATA_VALUE,
              rows.place(row),
              "Expected %s in the column \"%s\", found %s."
                  .formatted(expected, name, text == null ? "nothing" : "\"" + text + "\""),
              "Mend the row, or leave it out of the file."));
    }

    EvaluationRows rows() {
      if (size == 0) {
        throw new MtlException(
            new Problem(
                ErrorCode.NO_ROWS,
                "--scores",
                "Expected rows with scores, found none.",
                "Give a file with a line a row behind its header."));
      }
      EvaluationRows rows =
          new EvaluationRows(
              Arrays.copyOf(scores, size),
              1,
              Arrays.copyOf(labels, size),
              Arrays.copyOf(weights, size),
              grouped ? Optional.of(Arrays.copyOf(groups, size)) : Optional.empty());
      return items.map(list -> rows.withItems(list.toItems())).orElse(rows);
    }
  }
}
