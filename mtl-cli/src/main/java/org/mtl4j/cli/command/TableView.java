package org.mtl4j.cli.command;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.mtl4j.cli.console.TextTable;
import org.mtl4j.data.describe.ColumnSummary;
import org.mtl4j.data.describe.TableSummary;

/** What is in a table, for programs and for people. */
final class TableView {
  private static final int VALUE_WIDTH = 20;

  private TableView() {}

  static Map<String, Object> json(TableSummary summary) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rows", summary.rows());
    json.put("columns", summary.columns().stream().map(TableView::json).toList());
    return json;
  }

  private static Map<String, Object> json(ColumnSummary column) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", column.name());
    json.put("type", type(column));
    json.put("missing", column.missing());
    json.put("distinct", column.distinct().count());
    json.put("distinct_exact", column.distinct().exact());
    column.range().ifPresent(range -> json.put("range", range));
    json.put("frequent", column.frequent());
    return json;
  }

  static List<String> text(TableSummary summary) {
    TextTable table =
        new TextTable(List.of("column", "type", "missing", "distinct", "values")).leftAligned();
    for (ColumnSummary column : summary.columns()) {
      double share = 100.0 * column.missing() / summary.rows();
      table.row(
          List.of(
              column.name(),
              type(column),
              column.missing() == 0 ? "" : shorten(share, 3) + " %",
              String.format(
                  Locale.ROOT,
                  "%s%,d",
                  column.distinct().exact() ? "" : "more than ",
                  column.distinct().count()),
              values(column)));
    }
    List<String> text = new ArrayList<>(table.lines());
    text.add("");
    text.add(String.format(Locale.ROOT, "%,d rows", summary.rows()));
    return text;
  }

  private static String type(ColumnSummary column) {
    return column.type().name().toLowerCase(Locale.ROOT);
  }

  private static String values(ColumnSummary column) {
    return column
        .range()
        .map(r -> spell(r.min()) + " to " + spell(r.max()) + ", mean " + shorten(r.mean(), 6))
        .orElseGet(
            () ->
                column.frequent().stream()
                    .map(value -> abbreviate(value.value()) + " (" + value.count() + ")")
                    .collect(Collectors.joining(", ")));
  }

  private static String spell(double number) {
    return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
  }

  static String shorten(double number, int digits) {
    return new BigDecimal(number, new MathContext(digits)).stripTrailingZeros().toPlainString();
  }

  private static String abbreviate(String value) {
    return value.length() <= VALUE_WIDTH ? value : value.substring(0, VALUE_WIDTH - 3) + "...";
  }
}
