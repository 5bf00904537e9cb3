package org.mtl4j.core.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One row, written by hand: numbers, text, and text that its use types. */
final class TestRows implements Rows {
  /** Marks the value of a column that a CSV file might have. */
  record Untyped(String text) {}

  private final Map<String, Object> values = new LinkedHashMap<>();

  /** Adds a number, NaN for a missing one. */
  TestRows number(String column, double value) {
    values.put(column, value);
    return this;
  }

  /** Adds text, null for missing text. */
  TestRows text(String column, String value) {
    values.put(column, value);
    return this;
  }

  /** Adds an untyped value, null for a missing one. */
  TestRows untyped(String column, String value) {
    values.put(column, new Untyped(value));
    return this;
  }

  /** The columns with their types. */
  Columns columns() {
    List<Columns.Column> columns = new ArrayList<>();
    values.forEach((name, value) -> columns.add(new Columns.Column(name, type(value))));
    return new Columns(columns);
  }

  private static ColumnType type(Object value) {
    if (value instanceof Double) {
      return ColumnType.NUMBER;
    }
    return value instanceof Untyped ? ColumnType.UNTYPED : ColumnType.TEXT;
  }

  /** The value of an expression that is a number. */
  double evaluate(String expression) {
    return Expression.parse(expression).bindNumber(columns()).number(this, 0);
  }

  /** The value of an expression that is text. */
  String evaluateText(String expression) {
    return Expression.parse(expression).bind(columns()).text(this, 0);
  }

  @Override
  public int rowCount() {
    return 1;
  }

  @Override
  public double number(int column, int row) {
    Object value = value(column);
    if (value instanceof Untyped untyped) {
      return untyped.text() == null ? Double.NaN : Double.parseDouble(untyped.text());
    }
    return (Double) value;
  }

  @Override
  public String text(int column, int row) {
    Object value = value(column);
    if (value instanceof Untyped untyped) {
      return untyped.text();
    }
    return value instanceof Double number ? Rows.spell(number) : (String) value;
  }

  private Object value(int column) {
    return new ArrayList<>(values.values()).get(column);
  }
}
