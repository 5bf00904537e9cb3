package org.mtl4j.core.task;

import java.util.Set;

/** An expression over source columns. */
public final class Expression {
  private final String source;

  private Expression(String source) {
    this.source = source;
  }

  /** Parses. */
  public static Expression parse(String source) {
    return new Expression(source);
  }

  /** The columns it reads. */
  public Set<String> columns() {
    return Set.of(source);
  }

  /** Checks columns and types against a source. */
  public BoundExpression bind(Columns columns) {
    int column = columns.indexOf(source);
    return new BoundExpression() {
      @Override
      public boolean isText() {
        return columns.all().get(column).type() == ColumnType.TEXT;
      }

      @Override
      public double number(Rows rows, int row) {
        return rows.number(column, row);
      }

      @Override
      public String text(Rows rows, int row) {
        return rows.text(column, row);
      }
    };
  }

  @Override
  public String toString() {
    return source;
  }
}
