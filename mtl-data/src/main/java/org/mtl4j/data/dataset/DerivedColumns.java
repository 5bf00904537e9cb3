package org.mtl4j.data.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.BoundExpression;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.Expression;

/** Columns made of others, of type NUMBER or TEXT as their expression says. */
final class DerivedColumns {
  private final Columns derived;
  private final List<BoundExpression> expressions = new ArrayList<>();
  private final Columns all;

  /**
   * Binds expressions to a source's columns.
   *
   * @throws MtlException with the problems of all expressions, each at its key
   */
  DerivedColumns(Map<String, Expression> columns, Columns source) {
    List<Columns.Column> made = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    columns.forEach(
        (name, expression) -> {
          try {
            BoundExpression bound = expression.bind(source);
            expressions.add(bound);
            made.add(
                new Columns.Column(name, bound.isText() ? ColumnType.TEXT : ColumnType.NUMBER));
          } catch (MtlException e) {
            problems.addAll(e.at("data.columns." + name).problems());
          }
        });
    if (!problems.isEmpty()) {
      throw new MtlException(problems);
    }
    derived = new Columns(made);
    try {
      all = source.and(made);
    } catch (MtlException e) {
      throw e.at("data.columns");
    }
  }

  /** The source's columns and behind them the derived ones. */
  Columns all() {
    return all;
  }

  /** The rows with their derived values. */
  RawBatch of(RawBatch rows) {
    return expressions.isEmpty()
        ? rows
        : rows.with(derived, expressions.stream().map(e -> values(e, rows)).toList());
  }

  static Object values(BoundExpression expression, RawBatch rows) {
    if (expression.isText()) {
      String[] texts = new String[rows.rowCount()];
      for (int row = 0; row < texts.length; row++) {
        texts[row] = expression.text(rows, row);
      }
      return texts;
    }
    double[] numbers = new double[rows.rowCount()];
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = expression.number(rows, row);
    }
    return numbers;
  }
}
