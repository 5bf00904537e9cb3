package org.mtl4j.cli.console;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells as aligned lines: the first column to the left, the others to the right. */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /** A table with the given heads. */
  public TextTable(List<String> heads) {
    rows.add(List.copyOf(heads));
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if it has not a cell for each head
   */
  public TextTable row(List<String> cells) {
    if (cells.size() != rows.get(0).size()) {
      throw new IllegalArgumentException(
          "expected %d cells, found %s".formatted(rows.get(0).size(), cells));
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  /** The lines, heads first. */
  public List<String> lines() {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String padding = " ".repeat(widths[c] - row.get(c).length());
      line.append(c == 0 ? "" : GAP);
      line.append(c == 0 ? row.get(c) + padding : padding + row.get(c));
    }
    return line.toString().stripTrailing();
  }
}
