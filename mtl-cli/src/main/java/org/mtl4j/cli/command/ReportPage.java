package org.mtl4j.cli.command;

import java.nio.file.Path;
import org.mtl4j.cli.console.Console;
import org.mtl4j.eval.report.Report;
import org.mtl4j.eval.report.ReportFormat;
import org.mtl4j.experiment.run.RunFiles;

/** A report as a page, where {@code --report} says. */
final class ReportPage {
  private ReportPage() {}

  /** Writes it, in place of one that is there. */
  static void write(Report report, Path page, Console console) {
    Path file = page.toAbsolutePath();
    new RunFiles(file.getParent()).write(file, ReportFormat.HTML.write(report));
    console.note("report  " + page);
  }
}
