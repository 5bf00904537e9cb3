package org.mtl4j.data.union;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;

/**
 * One source of a union, and how its rows become rows of the whole.
 *
 * @param name of the domain
 * @param source its rows
 * @param columns of the union, the first of them the domain's name
 * @param markers per column of the union, the texts that stand for a missing value in other domains
 *     and not in this one
 */
record Domain(String name, BatchSource source, Columns columns, List<Set<String>> markers) {
  /**
   * A block of its rows.
   *
   * @param firstRecord the union's index of the first row
   */
  RawBatch of(RawBatch block, long firstRecord) {
    int rows = block.rowCount();
    List<Object> values = new ArrayList<>();
    String[] names = new String[rows];
    Arrays.fill(names, name);
    values.add(names);
    for (int c = 1; c < columns.size(); c++) {
      values.add(values(block, c));
    }
    return new RawBatch(
        columns, rows, firstRecord, values, row -> block.place(row) + " (domain " + name + ")");
  }

  private Object values(RawBatch block, int column) {
    Columns.Column wanted = columns.all().get(column);
    boolean numbers = wanted.type() == ColumnType.NUMBER;
    if (!source.columns().contains(wanted.name())) {
      return numbers ? missing(block.rowCount()) : new String[block.rowCount()];
    }
    int own = source.columns().indexOf(wanted.name());
    Object values = block.values(own);
    return numbers || (!(values instanceof double[]) && markers.get(column).isEmpty())
        ? values
        : texts(block, own, markers.get(column));
  }

  private static double[] missing(int rows) {
    double[] numbers = new double[rows];
    Arrays.fill(numbers, Double.NaN);
    return numbers;
  }

  private static String[] texts(RawBatch block, int column, Set<String> missing) {
    String[] texts = new String[block.rowCount()];
    for (int row = 0; row < texts.length; row++) {
      String text = block.text(column, row);
      texts[row] = text == null || missing.contains(text.trim()) ? null : text;
    }
    return texts;
  }
}
