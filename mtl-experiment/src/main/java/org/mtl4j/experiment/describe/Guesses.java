package org.mtl4j.experiment.describe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.describe.ColumnSummary;
import org.mtl4j.data.describe.TableSummary;

/**
 * What the columns of a table are likely to be for.
 *
 * @param table what is in it
 * @param roles per column its role
 * @param labels columns to predict, in order; at least one
 */
record Guesses(TableSummary table, Map<String, ColumnRole> roles, List<ColumnSummary> labels) {
  /** A text of more different values is hardly a class. */
  private static final int MAX_CLASSES = 100;

  Guesses {
    roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
    labels = List.copyOf(labels);
  }

  /**
   * Guesses by names and values; where no name is a label's, by the habit to put it last.
   *
   * @throws MtlException of code DATA_FORMAT if nothing can be predicted
   */
  static Guesses of(TableSummary table) {
    Map<String, ColumnRole> roles = new LinkedHashMap<>();
    table.columns().forEach(c -> roles.put(c.name(), ColumnRole.of(c, table.rows())));
    List<ColumnSummary> labels = new ArrayList<>();
    for (ColumnSummary column : table.columns()) {
      ColumnRole role = roles.get(column.name());
      if (role == ColumnRole.BINARY_LABEL || role == ColumnRole.NUMBER_LABEL) {
        labels.add(column);
      }
    }
    if (labels.isEmpty()) {
      labels.add(last(table, roles).orElseThrow(Guesses::nothing));
    }
    return new Guesses(table, roles, labels);
  }

  /** The last column of two values, or else of a few, or else of numbers. */
  private static Optional<ColumnSummary> last(TableSummary table, Map<String, ColumnRole> roles) {
    return last(table, column -> column.distinct().count() == 2)
        .or(() -> last(table, column -> isFew(column, roles)))
        .or(() -> last(table, column -> roles.get(column.name()) == ColumnRole.NUMBER));
  }

  private static boolean isFew(ColumnSummary column, Map<String, ColumnRole> roles) {
    return roles.get(column.name()) == ColumnRole.CATEGORY
        && column.distinct().count() <= MAX_CLASSES;
  }

  private static Optional<ColumnSummary> last(
      TableSummary table, Predicate<ColumnSummary> condition) {
    return table.columns().stream().filter(condition).reduce((earlier, later) -> later);
  }

  private static MtlException nothing() {
    return new MtlException(
        new Problem(
            ErrorCode.DATA_FORMAT,
            "mtl describe",
            "Expected a column to predict, one of few values or of numbers, found none.",
            "Check --delimiter, --no-header and --missing; or write the experiment by hand."));
  }

  /** The columns of a role that are not predicted, in order. */
  List<ColumnSummary> of(ColumnRole role) {
    return table.columns().stream()
        .filter(c -> roles.get(c.name()) == role && !labels.contains(c))
        .toList();
  }

  /** The kind of task that a label's column makes. */
  static String taskType(ColumnSummary label) {
    if (label.distinct().count() == 2) {
      return "binary";
    }
    return label.type() == ColumnSummary.Type.NUMBER ? "regression" : "multiclass";
  }
}
