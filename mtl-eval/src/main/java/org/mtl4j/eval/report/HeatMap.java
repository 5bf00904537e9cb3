package org.mtl4j.eval.report;

import java.util.List;

/**
 * Coloured cells of a matrix, say gate weights by task and expert.
 *
 * @param caption the words around it
 * @param columns a name for each column
 * @param rows a name and its values, one a column, for each row; NaN for none
 * @param scale the values of the first and the last colour
 */
public record HeatMap(Caption caption, List<String> columns, List<Row> rows, Axis.Range scale)
    implements Chart {
  /**
   * Copies and checks the lists.
   *
   * @throws IllegalArgumentException if a row has not a value a column
   */
  public HeatMap {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    int width = columns.size();
    rows.forEach(row -> row.check(width));
  }

  /**
   * One row of cells.
   *
   * @param name of the row
   * @param values one a column
   */
  public record Row(String name, List<Double> values) {
    /** Copies the values. */
    public Row {
      values = List.copyOf(values);
    }

    private void check(int width) {
      if (values.size() != width) {
        throw new IllegalArgumentException(
            "row %s: expected %d values, one a column, found %d"
                .formatted(name, width, values.size()));
      }
    }
  }
}
