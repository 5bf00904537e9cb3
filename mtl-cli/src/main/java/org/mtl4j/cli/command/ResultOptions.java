package org.mtl4j.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
      description = "Write the page with plots there, in place of one that is there.")
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

  /**
   * To be called where another option says that there is no page.
   *
   * @throws MtlException USAGE if one is asked for
   */
  void refuseReport(String other) {
    if (report != null) {
      throw new MtlException(
          new Problem(
              ErrorCode.USAGE,
              "--report",
              "Expected no " + other + " beside it, found both.",
              "Leave one of the two out."));
    }
  }

  /**
   * What was found, after the page is written if it is asked for.
   *
   * @param usual where it is written even if nobody asks; that it cannot be is no failure
   */
  Answer answer(Found found, Optional<Path> usual, Console console) {
    Optional<Path> page = Optional.ofNullable(report);
    if (page.isPresent()) {
      write(report, found.page());
    } else {
      page = usual.filter(file -> isWritten(file, found.page(), console));
    }
    Map<String, Object> all = new LinkedHashMap<>(found.json());
    page.ifPresent(
        file -> {
          console.note("report  " + file);
          all.put("report", file.toString());
        });
    boolean spreadsheet = format == TableFormat.CSV;
    return Answer.of(
        all, format.lines(spreadsheet ? List.of(found.spreadsheet()) : found.tables()));
  }

  private static void write(Path file, Report page) {
    Path place = file.toAbsolutePath();
    new RunFiles(place.getParent()).write(place, ReportFormat.HTML.write(page));
  }

  /** A page of ours is replaced, and nothing else. */
  private static boolean isWritten(Path file, Report page, Console console) {
    String why;
    try {
      if (!Files.exists(file) || (Files.isRegularFile(file) && ReportFormat.isPage(file))) {
        write(file, page);
        return true;
      }
      why = "What is there is no page of mtl's, and stays.";
    } catch (MtlException e) {
      why = e.problems().get(0).what();
    } catch (IOException e) {
      why = "What is there cannot be read: " + e + ".";
    }
    console.note(
        "no page %s: %s Name another place with --report FILE, or none with --no-report."
            .formatted(file, why));
    return false;
  }
}
