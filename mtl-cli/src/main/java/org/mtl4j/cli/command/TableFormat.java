package org.mtl4j.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.mtl4j.cli.console.TextTable;
import org.mtl4j.eval.report.Table;

/** How commands print tables, the one that matters most first. */
enum TableFormat {
  /** Aligned columns. */
  TABLE {
    @Override
    List<String> lines(List<Table> tables) {
      List<String> lines = new ArrayList<>();
      for (Table table : tables) {
        lines.addAll(lines.isEmpty() ? List.of() : List.of(""));
        TextTable aligned = new TextTable(table.head()).leftAligned();
        texts(table).forEach(aligned::row);
        lines.addAll(aligned.lines());
      }
      return lines;
    }
  },
  /** Tables of Markdown. */
  MARKDOWN {
    @Override
    List<String> lines(List<Table> tables) {
      List<String> lines = new ArrayList<>();
      for (Table table : tables) {
        lines.addAll(lines.isEmpty() ? List.of() : List.of(""));
        lines.add(bars(table.head()));
        lines.add("|" + "---|".repeat(table.head().size()));
        texts(table).forEach(row -> lines.add(bars(row)));
      }
      return lines;
    }
  },
  /** The first table alone, for spreadsheets. */
  CSV {
    @Override
    List<String> lines(List<Table> tables) {
      Table first = tables.get(0);
      return Stream.concat(Stream.of(first.head()), texts(first).stream())
          .map(row -> String.join(",", row.stream().map(TableFormat::quote).toList()))
          .toList();
    }
  };

  /**
   * The tables as lines.
   *
   * @param tables one at least
   */
  abstract List<String> lines(List<Table> tables);

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
