package org.mtl4j.eval.report;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.Stream;

/**
 * The tables of a report as CSV (RFC 4180), a line a cell: {@code section,table,row,column,value}.
 * Tables are numbered from 1 in their section; a row goes by its first cell.
 */
final class CsvReport {
  private CsvReport() {}

  static String write(Report report) {
    StringBuilder text = new StringBuilder(line("section", "table", "row", "column", "value"));
    for (Report.Section section : report.sections()) {
      int number = 0;
      for (Element element : section.elements()) {
        if (element instanceof Table table) {
          number++;
          append(text, section.title(), number, table);
        }
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String section, int number, Table table) {
    for (List<Table.Cell> row : table.rows()) {
      for (int i = 1; i < row.size(); i++) {
        String column = table.head().get(i);
        text.append(line(section, "" + number, row.get(0).text(), column, row.get(i).text()));
      }
    }
  }

  private static String line(String... cells) {
    return Stream.of(cells).map(CsvReport::quote).collect(joining(",", "", "\r\n"));
  }

  private static String quote(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
  }
}
