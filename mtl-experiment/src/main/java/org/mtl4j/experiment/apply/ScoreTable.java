package org.mtl4j.experiment.apply;

import java.util.Arrays;
import java.util.Optional;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.ItemList;
import org.mtl4j.core.metric.RowItems;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.union.IdScope;
import org.mtl4j.experiment.run.Groups;
import org.mtl4j.experiment.run.Items;

/** The columns of a table of scores, in arrays that grow. */
final class ScoreTable {
  private final int label;
  private final int score;
  private final Optional<Integer> weight;
  private final Groups grouping;
  private final Items itemColumns;
  private final Optional<Integer> count;
  private final ScoreColumns names;
  private double[] labels = {};
  private double[] scores = {};
  private double[] weights = {};
  private int[] groups = {};
  private Optional<ItemList> items = Optional.empty();
  private boolean grouped;
  private int size;

  /**
   * No rows yet.
   *
   * @throws MtlException COLUMN_MISSING if there is no such column
   */
  ScoreTable(Columns columns, ScoreColumns names) {
    this.names = names;
    label = indexOf(columns, names.label(), "--label");
    score = indexOf(columns, names.score(), "--score");
    weight = names.weight().map(name -> indexOf(columns, name, "--weight"));
    names.group().ifPresent(name -> indexOf(columns, name, "--group"));
    names.items().item().ifPresent(name -> indexOf(columns, name, "--item"));
    count = names.items().count().map(name -> indexOf(columns, name, "--item-count"));
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

  /**
   * Takes a block of rows.
   *
   * @throws MtlException DATA_VALUE for a value that is none
   */
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
    itemColumns.of(rows).map(found -> counted(rows, found)).ifPresent(this::add);
    for (int row = 0; row < rows.rowCount(); row++) {
      labels[size] = label(rows, row);
      scores[size] = finite(rows, score, row, names.score(), "a score that is a finite number");
      weights[size] = weight(rows, row);
      size++;
    }
  }

  private RowItems counted(RawBatch rows, RowItems found) {
    if (count.isEmpty()) {
      return found;
    }
    float[] counts = new float[rows.rowCount()];
    for (int row = 0; row < counts.length; row++) {
      String name = names.items().count().orElseThrow();
      counts[row] =
          (float)
              notNegative(rows, count.get(), row, name, "a number of training rows of at least 0");
    }
    return new RowItems(found.ofRow(), Optional.of(counts), found.content());
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
    String name = names.weight().orElseThrow();
    return notNegative(rows, weight.get(), row, name, "an example weight of at least 0");
  }

  private static double notNegative(
      RawBatch rows, int column, int row, String name, String expected) {
    double value = finite(rows, column, row, name, expected);
    if (value < 0) {
      throw wrong(rows, column, row, name, expected);
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

  /**
   * All rows taken.
   *
   * @throws MtlException NO_ROWS if there are none
   */
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
