package org.mtl4j.data.source.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.mtl4j.core.task.ColumnType;

/** The values of a column on their way into a block. */
final class ColumnBuffer {
  private final ValueKind kind;
  private final int column;
  private double[] numbers;
  private String[] texts;

  /**
   * An empty buffer.
   *
   * @param column the position in the result, from 1
   */
  ColumnBuffer(ValueKind kind, int column, int capacity) {
    this.kind = kind;
    this.column = column;
    boolean number = kind.columnType() == ColumnType.NUMBER;
    this.numbers = number ? new double[capacity] : null;
    this.texts = number ? null : new String[capacity];
  }

  /** Takes the value of the result's row. */
  void read(ResultSet rows, int row) throws SQLException {
    if (numbers != null) {
      numbers[row] = kind.number(rows, column);
    } else {
      texts[row] = kind.text(rows, column);
    }
  }

  void grow(int capacity) {
    if (numbers != null) {
      numbers = Arrays.copyOf(numbers, capacity);
    } else {
      texts = Arrays.copyOf(texts, capacity);
    }
  }

  /** A {@code double[]} or a {@code String[]}. */
  Object values() {
    return numbers != null ? numbers : texts;
  }
}
