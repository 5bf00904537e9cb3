package org.mtl4j.experiment.run;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.experiment.config.ExperimentConfig;
import org.mtl4j.experiment.lint.Finding;
import org.mtl4j.experiment.lint.LintReport;

/** {@code report.html}: one page that opens offline, with provenance, metrics and experiment. */
final class RunReport {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; }
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
      table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto; }
      th, td { text-align: right; padding: .25rem .75rem; border-bottom: 1px solid #8886; }
      th:first-child, td:first-child { text-align: left; }
      pre { overflow-x: auto; padding: 1rem; border: 1px solid #8886; }
      .undefined { opacity: .6; }
      """;

  private RunReport() {}

  static String html(
      ExperimentPlan.Document experiment,
      Map<String, String> provenance,
      History history,
      Map<String, MetricReport> reports,
      LintReport lint) {
    ExperimentConfig config = experiment.config();
    StringBuilder page = new StringBuilder();
    page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    page.append("<title>").append(escape(config.name())).append("</title><style>\n");
    page.append(STYLE).append("</style></head><body>\n");
    page.append("<h1>").append(escape(config.name())).append("</h1>\n");
    page.append("<p>Model <code>").append(escape(config.model().type()));
    page.append("</code>, ").append(history.epochs()).append(" epochs.</p>\n");
    if (!history.missing().isEmpty()) {
      page.append("<p class=\"undefined\">history.jsonl has no line for ");
      page.append(history.lack()).append(".</p>\n");
    }
    reports.forEach((rows, report) -> appendMetrics(page, rows, report));
    appendFindings(page, lint);
    page.append("<h2>Provenance</h2>\n<table>");
    provenance.forEach((key, value) -> appendRow(page, List.of(key, value)));
    page.append("</table>\n<h2>Experiment</h2>\n<pre>");
    page.append(escape(experiment.yaml())).append("</pre>\n</body></html>\n");
    return page.toString();
  }

  private static void appendMetrics(StringBuilder page, String rows, MetricReport report) {
    page.append("<h2>Metrics: ").append(escape(rows));
    page.append(
        "</h2>\n<table><tr><th>output</th><th>metric</th><th>value</th><th>rows</th></tr>\n");
    report
        .outputs()
        .forEach(
            (output, metrics) ->
                metrics
                    .values()
                    .forEach(
                        (key, value) ->
                            appendRow(
                                page,
                                List.of(
                                    output,
                                    key,
                                    format(value),
                                    Integer.toString(metrics.rowCount())))));
    page.append("</table>\n");
    for (String warning : report.warnings()) {
      page.append("<p class=\"undefined\">").append(escape(warning)).append("</p>\n");
    }
  }

  private static void appendFindings(StringBuilder page, LintReport lint) {
    if (lint.findings().isEmpty()) {
      return;
    }
    page.append("<h2>Linter</h2>\n<ul>");
    for (Finding finding : lint.findings()) {
      page.append("<li>").append(escape(finding.toString())).append("</li>\n");
    }
    page.append("</ul>\n");
  }

  private static String format(OptionalDouble value) {
    return value.isPresent()
        ? String.format(Locale.ROOT, "%.5f", value.getAsDouble())
        : "not defined";
  }

  private static void appendRow(StringBuilder page, List<String> cells) {
    page.append("<tr>");
    cells.forEach(cell -> page.append("<td>").append(escape(cell)).append("</td>"));
    page.append("</tr>\n");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
