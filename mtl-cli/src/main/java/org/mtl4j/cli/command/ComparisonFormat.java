package org.mtl4j.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.cli.console.TextTable;
import org.mtl4j.experiment.compare.Comparison;

/** How {@code mtl compare} prints. */
enum ComparisonFormat {
  /** Aligned columns, winners and costs. */
  TABLE {
    @Override
    List<String> lines(Comparison comparison) {
      List<String> lines = new ArrayList<>(aligned(ComparisonView.figures(comparison)));
      lines.add("");
      lines.addAll(aligned(ComparisonView.winners(comparison)));
      lines.add("");
      lines.addAll(aligned(ComparisonView.costs(comparison)));
      return lines;
    }
  },
  /** Tables of Markdown. */
  MARKDOWN {
    @Override
    List<String> lines(Comparison comparison) {
      List<String> lines = new ArrayList<>();
      for (List<List<String>> table :
          List.of(
              ComparisonView.figures(comparison),
              ComparisonView.winners(comparison),
              ComparisonView.costs(comparison))) {
        lines.addAll(lines.isEmpty() ? List.of() : List.of(""));
        lines.add(bars(table.get(0)));
        lines.add("|" + "---|".repeat(table.get(0).size()));
        table.subList(1, table.size()).forEach(row -> lines.add(bars(row)));
      }
      return lines;
    }
  },
  /** The figures alone, for spreadsheets. */
  CSV {
    @Override
    List<String> lines(Comparison comparison) {
      return ComparisonView.figures(comparison).stream()
          .map(row -> String.join(",", row.stream().map(ComparisonFormat::quote).toList()))
          .toList();
    }
  };

  abstract List<String> lines(Comparison comparison);

  private static List<String> aligned(List<List<String>> rows) {
    TextTable table = new TextTable(rows.get(0)).leftAligned();
    rows.subList(1, rows.size()).forEach(table::row);
    return table.lines();
  }

  private static String bars(List<String> row) {
    List<String> cells = row.stream().map(cell -> cell.replace("|", "\\|")).toList();
    return "| " + String.join(" | ", cells) + " |";
  }

  private static String quote(String cell) {
    return cell.matches("[^,\"\r\n]*") ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
  }
}
