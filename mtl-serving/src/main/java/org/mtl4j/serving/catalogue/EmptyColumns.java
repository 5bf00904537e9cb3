package org.mtl4j.serving.catalogue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;

/**
 * Columns without any value. Read from maps they are numbers, since nothing says otherwise, and a
 * condition that compares them with text would be refused for some candidates and not for others.
 */
public final class EmptyColumns {
  private EmptyColumns() {}

  /** The rows with such columns untyped, so that any condition may read them. */
  public static RawBatch untyped(RawBatch rows) {
    Map<Integer, Object> replaced = new HashMap<>();
    List<Columns.Column> columns =
        IntStream.range(0, rows.columns().size())
            .mapToObj(
                c -> {
                  Columns.Column column = rows.columns().all().get(c);
                  if (!isEmpty(rows, c)) {
                    return column;
                  }
                  replaced.put(c, new String[rows.rowCount()]);
                  return new Columns.Column(column.name(), ColumnType.UNTYPED);
                })
            .toList();
    RawBatch values = rows.withValues(replaced);
    return values.of(
        new Columns(columns), IntStream.range(0, columns.size()).mapToObj(values::values).toList());
  }

  private static boolean isEmpty(RawBatch rows, int column) {
    return rows.values(column) instanceof double[] numbers
        && Arrays.stream(numbers, 0, rows.rowCount()).allMatch(Double::isNaN);
  }
}
