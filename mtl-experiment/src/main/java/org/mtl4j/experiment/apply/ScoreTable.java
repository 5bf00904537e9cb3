package org.mtl4j.experiment.apply;

import java.util.Optional;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Numbers;
import org.mtl4j.core.metric.RowBlock;
import org.mtl4j.core.metric.RowItems;
import org.mtl4j.core.metric.RowList;
import org.mtl4j.core.metric.RowShape;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.union.IdScope;
import org.mtl4j.experiment.run.Groups;
import org.mtl4j.experiment.run.Items;
import org.mtl4j.experiment.run.RowRooms;

/** The columns of a table of scores, gathered. */
final class ScoreTable {
  private static final String GROUP = "--group";

  private final int label;
  private final int score;
  private final Optional<Integer> weight;
  private final Groups grouping;
  private final Items itemColumns;
  private final Optional<Integer> count;
  private final ScoreColumns names;
  private final RowList list;

  /**
   * No rows yet.
   *
   * @throws MtlException COLUMN_MISSING if there is no such column
   */
  ScoreTable(Columns columns, ScoreColumns names) {
    this.names = names;
    list = new RowList(new RowShape(1, 1, true), RowRooms.of(GROUP));
    label = indexOf(columns, names.label(), "--label");
    score = indexOf(columns, names.score(), "--score");
    weight = names.weight().map(name -> indexOf(columns, name, "--weight"));
    names.group().ifPresent(name -> indexOf(columns, name, GROUP));
    names.items().item().ifPresent(name -> indexOf(columns, name, "--item"));
    count = names.items().count().map(name -> indexOf(columns, name, "--item-count"));
    names.items().content().forEach(name -> indexOf(columns, name, "--item-content"));
    Items.Keys keys = new Items.Keys("--item", "--item-content");
    ScoreColumns.ItemColumns items = names.items();
    itemColumns = Items.of(items.item(), items.content(), columns, IdScope.WHOLE, keys);
    grouping = Groups.of(names.group(), columns, IdScope.WHOLE, GROUP);
  }

  private static int indexOf(Columns columns, String name, String option) {
    try {
      return columns.indexOf(name);
    } catch (MtlException e) {
      throw e.at(option + " " + name);
    }
  }

  /** The numbers of a block's rows. */
  private record Block(
      double[] scores,
      double[] labels,
      double[] weights,
      Optional<int[]> groups,
      Optional<RowItems> items)
      implements RowBlock {
    @Override
    public double prediction(int row, int i) {
      return scores[row];
    }

    @Override
    public double label(int row, int i) {
      return labels[row];
    }

    @Override
    public double weight(int row) {
      return weights[row];
    }

    @Override
    public int group(int row) {
      return groups.map(numbers -> numbers[row]).orElse(0);
    }
  }

  /**
   * Takes a block of rows.
   *
   * @throws MtlException DATA_VALUE for a value that is none
   */
  void add(RawBatch rows) {
    int n = rows.rowCount();
    Optional<int[]> groups = grouping.of(rows);
    Optional<RowItems> items = itemColumns.of(rows).map(found -> counted(rows, found));
    Block block = new Block(new double[n], new double[n], new double[n], groups, items);
    for (int row = 0; row < n; row++) {
      block.labels[row] = label(rows, row);
      block.scores[row] =
          finite(rows, score, row, names.score(), "a score that is a finite number");
      block.weights[row] = weight(rows, row);
    }
    list.expect(n, groups.isPresent(), items);
    for (int row = 0; row < n; row++) {
      list.add(block, row);
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
    return new RowItems(
        found.ofRow(), Optional.of(Numbers.of(counts, counts.length)), found.content());
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
    if (list.size() == 0) {
      throw new MtlException(
          new Problem(
              ErrorCode.NO_ROWS,
              "--scores",
              "Expected rows with scores, found none.",
              "Give a file with a line a row behind its header."));
    }
    return list.toRows();
  }
}
