package org.mtl4j.experiment.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.core.metric.MetricReport.OutputMetrics;
import org.mtl4j.eval.evaluator.Measurement;
import org.mtl4j.eval.interval.Interval;
import org.mtl4j.eval.report.Chart;
import org.mtl4j.eval.report.Code;
import org.mtl4j.eval.report.Element;
import org.mtl4j.eval.report.Listing;
import org.mtl4j.eval.report.Paragraph;
import org.mtl4j.eval.report.Report;
import org.mtl4j.eval.report.Report.Section;
import org.mtl4j.eval.report.Table;
import org.mtl4j.eval.report.Table.Cell;
import org.mtl4j.experiment.lint.Finding;
import org.mtl4j.experiment.lint.LintReport;

/** What a run has to show: its figures, how they came about, and where they come from. */
final class RunReport {
  private RunReport() {}

  /**
   * How a run's figures came about.
   *
   * @param experiment what was asked for
   * @param provenance where its numbers come from
   * @param history its epochs
   * @param lint what was found in its data
   */
  record Source(
      ExperimentPlan.Document experiment,
      Map<String, String> provenance,
      History history,
      LintReport lint) {}

  /**
   * The report.
   *
   * @param figures what was measured per split, and per part of one
   * @param plots of the rows of a split
   * @param found what else was found in these rows
   */
  static Report of(
      Source source,
      Map<String, Measurement> figures,
      Map<String, List<Chart>> plots,
      List<Section> found) {
    List<Section> sections = new ArrayList<>();
    sections.add(overview(source.experiment(), source.history()));
    figures.forEach((rows, measured) -> sections.add(metrics(rows, measured)));
    sections.addAll(found);
    plots.forEach(
        (rows, charts) -> sections.add(new Section("Plots: " + rows, List.copyOf(charts))));
    List<Element> learning = LearningCurves.of(source.history());
    if (!learning.isEmpty()) {
      sections.add(new Section("Learning curves", learning));
    }
    if (!source.lint().findings().isEmpty()) {
      List<String> findings = source.lint().findings().stream().map(Finding::toString).toList();
      sections.add(new Section("Linter", List.of(new Listing(findings))));
    }
    sections.add(new Section("Provenance", List.of(provenance(source.provenance()))));
    sections.add(new Section("Experiment", List.of(new Code(source.experiment().yaml()))));
    return new Report(source.experiment().config().name(), sections);
  }

  private static Section overview(ExperimentPlan.Document experiment, History history) {
    List<Element> elements = new ArrayList<>();
    elements.add(
        Paragraph.of(
            "Model %s, %s."
                .formatted(
                    experiment.config().model().type(),
                    switch (history.epochs()) {
                      case 0 -> "fitted at once";
                      case 1 -> "1 epoch";
                      default -> history.epochs() + " epochs";
                    })));
    if (!history.missing().isEmpty()) {
      elements.add(Paragraph.aside("history.jsonl has no line for " + history.lack() + "."));
    }
    return new Section("Run", elements);
  }

  /** One row an output; metrics that none of the outputs has are no column. */
  private static Section metrics(String rows, Measurement measured) {
    MetricReport report = measured.report();
    List<String> keys =
        report.outputs().values().stream()
            .flatMap(output -> output.values().keySet().stream())
            .distinct()
            .toList();
    List<String> head = Stream.concat(Stream.of("output", "rows"), keys.stream()).toList();
    List<List<Cell>> lines = new ArrayList<>();
    report
        .outputs()
        .forEach(
            (output, metrics) -> {
              List<Cell> line = new ArrayList<>();
              line.add(Cell.of(output));
              line.add(Cell.of(String.format(Locale.ROOT, "%,d", metrics.rowCount())));
              keys.forEach(
                  key -> line.add(cell(metrics, key, measured.intervals().outputs().get(output))));
              lines.add(line);
            });
    List<Element> elements = new ArrayList<>();
    elements.add(new Table(head, lines));
    elements.add(
        Paragraph.aside(
            "In brackets 95 % intervals: what other rows of the same kind might have given."));
    new TreeSet<>(report.warnings()).forEach(w -> elements.add(Paragraph.aside(w)));
    return new Section("Metrics: " + rows, elements);
  }

  private static Cell cell(
      OutputMetrics metrics, String key, Map<String, Optional<Interval>> intervals) {
    OptionalDouble value = metrics.values().get(key);
    if (value == null) {
      return new Cell("", Cell.Mark.FAINT); // Not of this type of output.
    }
    if (value.isEmpty()) {
      return new Cell("not defined", Cell.Mark.FAINT);
    }
    String figure = String.format(Locale.ROOT, "%.5f", value.getAsDouble());
    return Cell.of(
        intervals.get(key).stream()
            .map(i -> String.format(Locale.ROOT, " [%.4f, %.4f]", i.low(), i.high()))
            .reduce(figure, String::concat));
  }

  private static Table provenance(Map<String, String> facts) {
    return new Table(
        List.of("fact", "value"),
        facts.entrySet().stream().map(f -> Table.row(f.getKey(), f.getValue())).toList());
  }
}
