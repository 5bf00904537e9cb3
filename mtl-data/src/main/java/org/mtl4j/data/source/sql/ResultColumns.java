package org.mtl4j.data.source.sql;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Columns;

/**
 * The columns of a result and how their values are read.
 *
 * @param columns by their labels
 * @param kinds one a column
 */
record ResultColumns(Columns columns, List<ValueKind> kinds) {
  ResultColumns {
    kinds = List.copyOf(kinds);
  }

  /**
   * Reads what a driver says of a result.
   *
   * @throws MtlException of code DATA_FORMAT with a problem for each column that no row can hold
   */
  static ResultColumns of(ResultSetMetaData result, Query query) throws SQLException {
    List<Columns.Column> columns = new ArrayList<>();
    List<ValueKind> kinds = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (int c = 1; c <= result.getColumnCount(); c++) {
      String name = result.getColumnLabel(c);
      Optional<ValueKind> kind =
          ValueKind.of(
              result.getColumnType(c), result.getColumnTypeName(c), result.getColumnClassName(c));
      if (kind.isEmpty()) {
        problems.add(unreadable(name, result.getColumnTypeName(c), query));
      } else {
        columns.add(new Columns.Column(name, kind.get().columnType()));
        kinds.add(kind.get());
      }
    }
    if (!problems.isEmpty()) {
      throw new MtlException(problems);
    }
    try {
      return new ResultColumns(new Columns(columns), kinds);
    } catch (MtlException e) {
      throw e.at(query.place());
    }
  }

  private static Problem unreadable(String name, String type, Query query) {
    String quoted = name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : '"' + name + '"';
    String kind = type.toUpperCase(Locale.ROOT);
    String remedy;
    if (kind.endsWith("]") || kind.equals("LIST") || kind.startsWith("_")) {
      remedy = "array_to_string(" + quoted + ", '|') as " + quoted;
    } else if (kind.startsWith("STRUCT")) {
      remedy = quoted + ".FIELD as FIELD for each field of it";
    } else {
      remedy = "cast(" + quoted + " as varchar) as " + quoted;
    }
    return new Problem(
        ErrorCode.DATA_FORMAT,
        query.place(),
        "The column \"%s\" is of type %s: expected numbers, booleans, text, dates or times."
            .formatted(Excerpt.of(name), Excerpt.of(type)),
        query.typed()
            ? "Select " + remedy + " in its place."
            : "Read the file by a source of type sql, and select " + remedy + " in its place.");
  }
}
