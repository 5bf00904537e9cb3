package org.mtl4j.eval.report;

import java.io.IOException;
import java.nio.file.Path;

/** The ways in which a report is written. */
public enum ReportFormat {
  /** One page that opens offline, with plots. */
  HTML,
  /** Text and tables; plots are named. */
  MARKDOWN,
  /** Everything, plots too, as one JSON object. */
  JSON,
  /** The tables, a line a cell. */
  CSV;

  /** The report as text in this format. */
  public String write(Report report) {
    return switch (this) {
      case HTML -> HtmlReport.write(report);
      case MARKDOWN -> MarkdownReport.write(report);
      case JSON -> JsonReport.write(report);
      case CSV -> CsvReport.write(report);
    };
  }

  /**
   * Whether a file is a page that {@link #HTML} wrote, this release or a later one.
   *
   * @throws IOException if it cannot be read
   */
  public static boolean isPage(Path file) throws IOException {
    return HtmlReport.wrote(file);
  }

  /**
   * The report in a text that {@link #JSON} wrote.
   *
   * @throws IOException if it is none
   */
  public static Report read(String json) throws IOException {
    return JsonReport.read(json);
  }
}
