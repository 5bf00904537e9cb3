package org.mtl4j.experiment.curve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.eval.report.Axis;
import org.mtl4j.eval.report.Chart;
import org.mtl4j.eval.report.Element;
import org.mtl4j.eval.report.LineChart;
import org.mtl4j.eval.report.LineChart.Point;
import org.mtl4j.eval.report.LineChart.Series;
import org.mtl4j.eval.report.LineChart.Style;
import org.mtl4j.eval.report.Paragraph;
import org.mtl4j.eval.report.Report;
import org.mtl4j.eval.report.Report.Section;
import org.mtl4j.eval.report.Table;
import org.mtl4j.eval.report.Table.Cell;

/** A learning curve to look at: per output its figures by training rows, the first as a plot. */
public final class CurveReport {
  private CurveReport() {}

  /** The report. */
  public static Report of(LearningCurve curve) {
    List<Section> sections = new ArrayList<>();
    tables(curve)
        .forEach(
            (output, table) -> {
              List<Element> elements = new ArrayList<>(List.of(table));
              elements.add(chart(curve, output));
              sections.add(new Section(output + ", " + curve.split() + " rows", elements));
            });
    sections.add(new Section("How to read it", notes(curve)));
    return new Report("Learning curve of " + curve.experiment(), sections);
  }

  private static List<Element> notes(LearningCurve curve) {
    List<Element> notes = new ArrayList<>();
    notes.add(
        Paragraph.of(
            "Each share holds the smaller ones, and all are measured on the same rows. A curve that"
                + " still goes up at its end asks for more rows, a level one for another model or"
                + " other features. The intervals are those of the measured rows: they do not say what"
                + " another sample of training rows, or another seed, would give."));
    for (LearningCurve.Point point : curve.points()) {
      point
          .problem()
          .ifPresent(
              why ->
                  notes.add(
                      Paragraph.aside(
                          Shares.spelt(point.percent()) + " % are too few rows: " + why)));
    }
    return notes;
  }

  /** Per output a table of all its figures, a row a share. */
  public static Map<String, Table> tables(LearningCurve curve) {
    Map<String, Table> tables = new LinkedHashMap<>();
    for (String output : outputs(curve)) {
      List<String> metrics = metrics(curve, output);
      List<String> head = new ArrayList<>(List.of("percent", "training rows"));
      head.addAll(metrics);
      List<List<Cell>> rows = new ArrayList<>();
      for (LearningCurve.Point point : curve.points()) {
        rows.add(row(point, output, metrics));
      }
      tables.put(output, new Table(head, rows));
    }
    return tables;
  }

  private static List<Cell> row(LearningCurve.Point point, String output, List<String> metrics) {
    List<Cell> row = new ArrayList<>();
    row.add(Cell.of(Shares.spelt(point.percent())));
    Optional<LearningCurve.Result> result = point.result();
    row.add(
        Cell.of(result.map(r -> String.format(Locale.ROOT, "%,d", r.rows())).orElse("too few")));
    for (String metric : metrics) {
      Optional<Double> value = result.flatMap(r -> value(r, output, metric));
      Optional<List<Double>> bounds = result.flatMap(r -> bounds(r, output, metric));
      String text = value.map(v -> String.format(Locale.ROOT, "%.4f", v)).orElse("-");
      row.add(
          Cell.of(
              bounds
                  .map(b -> String.format(Locale.ROOT, " [%.4f, %.4f]", b.get(0), b.get(1)))
                  .map(text::concat)
                  .orElse(text)));
    }
    return row;
  }

  /** An output that no metric of the experiment applies to has nothing to show. */
  private static List<String> outputs(LearningCurve curve) {
    return curve.points().stream()
        .flatMap(point -> point.result().stream())
        .flatMap(result -> result.metrics().entrySet().stream())
        .filter(output -> !output.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .distinct()
        .toList();
  }

  private static List<String> metrics(LearningCurve curve, String output) {
    return curve.points().stream()
        .flatMap(point -> point.result().stream())
        .flatMap(result -> result.metrics().getOrDefault(output, Map.of()).keySet().stream())
        .distinct()
        .toList();
  }

  private static Chart chart(LearningCurve curve, String output) {
    String metric = metrics(curve, output).get(0);
    List<Point> values = new ArrayList<>();
    List<Point> lows = new ArrayList<>();
    List<Point> highs = new ArrayList<>();
    for (LearningCurve.Point point : curve.points()) {
      if (point.result().isPresent()) {
        LearningCurve.Result result = point.result().get();
        Optional<List<Double>> bounds = bounds(result, output, metric);
        double rows = result.rows();
        values.add(Point.of(rows, value(result, output, metric).orElse(Double.NaN)));
        lows.add(Point.of(rows, bounds.map(b -> b.get(0)).orElse(Double.NaN)));
        highs.add(Point.of(rows, bounds.map(b -> b.get(1)).orElse(Double.NaN)));
      }
    }
    return new LineChart(
        new Chart.Caption(
            output + ": " + metric, "Broken lines are the ends of its 95 % intervals."),
        new Axis("training rows", Optional.empty(), true),
        Axis.of(metric),
        List.of(
            new Series(metric, Style.MARKED, values),
            new Series("from", Style.REFERENCE, lows),
            new Series("to", Style.REFERENCE, highs)));
  }

  private static Optional<Double> value(LearningCurve.Result result, String output, String metric) {
    return Optional.ofNullable(result.metrics().getOrDefault(output, Map.of()).get(metric));
  }

  private static Optional<List<Double>> bounds(
      LearningCurve.Result result, String output, String metric) {
    return Optional.ofNullable(result.intervals().getOrDefault(output, Map.of()).get(metric));
  }
}
