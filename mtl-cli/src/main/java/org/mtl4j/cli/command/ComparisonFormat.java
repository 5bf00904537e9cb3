package org.mtl4j.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.mtl4j.cli.console.TextTable;
import org.mtl4j.eval.report.Table;
import org.mtl4j.experiment.compare.Comparison;
import org.mtl4j.experiment.compare.ComparisonTables;

/** How {@code mtl compare} prints. */
enum ComparisonFormat {
  /** Aligned columns, winners and costs. */
  TABLE {
    @Override
    List<String> lines(Comparison comparison) {
      List<String> lines = new ArrayList<>(aligned(ComparisonTables.figures(comparison)));
      lines.add("");
      lines.addAll(aligned(ComparisonTables.winners(comparison)));
      lines.add("");
      lines.addAll(aligned(ComparisonTables.costs(comparison)));
      return lines;
    }
  },
  /** Tables of Markdown. */
  MARKDOWN {
    @Override
    List<String> lines(Comparison comparison) {
      List<String> lines = new ArrayList<>();
      for (Table table :
          List.of(
              ComparisonTables.figures(comparison),
              ComparisonTables.winners(comparison),
              ComparisonTables.costs(comparison))) {
        lines.addAll(lines.isEmpty() ? List.of() : List.of(""));
        lines.add(bars(table.head()));
        lines.add("|" + "---|".repeat(table.head().size()));
        texts(table).forEach(row -> lines.add(bars(row)));
      }
      return lines;
    }
  },
  /** The figures alone, for spreadsheets. */
  CSV {
    @Override
    List<String> lines(Comparison comparison) {
      Table figures = ComparisonTables.figures(comparison);
      return Stream.concat(Stream.of(figures.head()), texts(figures).stream())
          .map(row -> String.join(",", row.stream().map(ComparisonFormat::quote).toList()))
          .toList();
    }
  };

  abstract List<String> lines(Comparison comparison);

  private static List<String> aligned(Table table) {
    TextTable lines = new TextTable(table.head()).leftAligned();
    texts(table).forEach(lines::row);
    return lines.lines();
  }

  private static List<List<String>> texts(Table table) {
    return table.rows().stream().map(row -> row.stream().map(Table.Cell::text).toList()).toList();
  }

  private static String bars(List<String> row) {
    List<String> cells = row.stream().map(cell -> cell.replace("|", "\\|")).toList();
    return "| " + String.join(" | ", cells) + " |";
  }

  private static String quote(String cell) {
    return cell.matches("[^,\"\r\n]*") ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
  }
}
