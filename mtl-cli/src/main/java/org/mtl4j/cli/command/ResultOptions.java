package org.mtl4j.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.eval.report.Report;
import org.mtl4j.eval.report.ReportFormat;
import org.mtl4j.eval.report.Table;
import org.mtl4j.experiment.run.RunFiles;
import picocli.CommandLine.Option;

/** How the tables that a command found are printed, and where they are written as a page. */
final class ResultOptions {
  @Option(
      names = "--format",
      defaultValue = "table",
      paramLabel = "FORMAT",
      description = "table, markdown or csv; default: ${DEFAULT-VALUE}.")
  private TableFormat format;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write a page with plots there, too, in place of one that is there.")
  private Path report;

  /**
   * To be called before a command works for long.
   *
   * @throws MtlException USAGE if the page's name is that of a folder
   */
  void check() {
    if (report != null && Files.isDirectory(report)) {
      throw new MtlException(
          new Problem(
              ErrorCode.USAGE,
              "--report",
              "Expected a file to write, found the folder " + report + ".",
              "Name a file in it, say page.html."));
    }
  }

  /**
   * What a command found, in all its forms.
   *
   * @param json for programs
   * @param tables for people
   * @param spreadsheet one table with all that is to be worked with
   * @param page text, tables and plots
   */
  record Found(Map<String, Object> json, List<Table> tables, Table spreadsheet, Report page) {
    Found {
      json = Collections.unmodifiableMap(new LinkedHashMap<>(json));
      tables = List.copyOf(tables);
    }
  }

  /** What was found, after the page is written. */
  Answer answer(Found found, Console console) {
    Map<String, Object> all = new LinkedHashMap<>(found.json());
    if (report != null) {
      Path file = report.toAbsolutePath();
      new RunFiles(file.getParent()).write(file, ReportFormat.HTML.write(found.page()));
      console.note("report  " + report);
      all.put("report", report.toString());
    }
    boolean spreadsheet = format == TableFormat.CSV;
    return Answer.of(
        all, format.lines(spreadsheet ? List.of(found.spreadsheet()) : found.tables()));
  }
}
