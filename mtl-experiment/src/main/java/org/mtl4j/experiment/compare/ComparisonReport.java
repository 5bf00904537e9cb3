package org.mtl4j.experiment.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.eval.interval.Difference;
import org.mtl4j.eval.interval.Interval;
import org.mtl4j.eval.report.Axis;
import org.mtl4j.eval.report.Chart;
import org.mtl4j.eval.report.Element;
import org.mtl4j.eval.report.IntervalChart;
import org.mtl4j.eval.report.Paragraph;
import org.mtl4j.eval.report.Report;
import org.mtl4j.eval.report.Report.Section;
import org.mtl4j.eval.report.Table;
import org.mtl4j.eval.report.Table.Cell;
import org.mtl4j.experiment.compare.Comparison.Cost;
import org.mtl4j.experiment.compare.Comparison.Entry;
import org.mtl4j.experiment.compare.Comparison.Figure;

/** A comparison to look at: who is better in what, by how much, how sure that is, what it costs. */
public final class ComparisonReport {
  private ComparisonReport() {}

  /** The report of a comparison. */
  public static Report of(Comparison comparison) {
    List<Section> sections = new ArrayList<>();
    sections.add(
        new Section(
            "Winners",
            List.of(
                Paragraph.of(
                    "Baseline: "
                        + comparison.baseline()
                        + ". A difference is shown where its p-value, corrected for the number of"
                        + " comparisons (Holm), is below 0.05."),
                winners(comparison))));
    List<Element> differences = differences(comparison);
    if (!differences.isEmpty()) {
      sections.add(new Section("Differences to the baseline", differences));
    }
    sections.add(new Section("Figures", List.of(figures(comparison))));
    sections.add(new Section("Costs", List.of(costs(comparison))));
    return new Report("Comparison with " + comparison.baseline(), sections);
  }

  private static Table winners(Comparison comparison) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Figure figure : comparison.figures()) {
      Cell winner =
          figure
              .winner()
              .map(run -> new Cell(run, Cell.Mark.BEST))
              .orElse(new Cell("no difference shown", Cell.Mark.FAINT));
      rows.add(List.of(Cell.of(figure.output()), Cell.of(figure.metric()), winner));
    }
    return new Table(List.of("output", "metric", "winner"), rows);
  }

  /** A plot a metric, as different metrics have different units. */
  private static List<Element> differences(Comparison comparison) {
    Map<String, List<Figure>> byMetric = new LinkedHashMap<>();
    comparison
        .figures()
        .forEach(f -> byMetric.computeIfAbsent(f.metric(), m -> new ArrayList<>()).add(f));
    List<Element> plots = new ArrayList<>();
    byMetric.forEach(
        (metric, figures) -> {
          List<IntervalChart.Figure> shown = new ArrayList<>();
          figures.forEach(figure -> shown.addAll(differences(figure)));
          if (!shown.isEmpty()) {
            plots.add(chart(metric, figures.get(0).higherIsBetter(), shown));
          }
        });
    return plots;
  }

  private static List<IntervalChart.Figure> differences(Figure figure) {
    List<IntervalChart.Figure> shown = new ArrayList<>();
    for (Entry entry : figure.entries()) {
      entry
          .difference()
          .ifPresent(
              d ->
                  shown.add(
                      new IntervalChart.Figure(
                          figure.output() + ": " + entry.run(),
                          d.value(),
                          d.interval().low(),
                          d.interval().high())));
    }
    return shown;
  }

  private static Chart chart(
      String metric, boolean higherIsBetter, List<IntervalChart.Figure> shown) {
    String better = higherIsBetter ? "right" : "left";
    return new IntervalChart(
        new Chart.Caption(
            metric,
            "With 95 %% intervals, not corrected; to the %s of the line is better."
                .formatted(better)),
        Axis.of("difference of " + metric),
        0,
        shown);
  }

  private static Table figures(Comparison comparison) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Figure figure : comparison.figures()) {
      for (Entry entry : figure.entries()) {
        rows.add(
            List.of(
                Cell.of(figure.output()),
                Cell.of(figure.metric()),
                Cell.of(entry.run()),
                Cell.of(entry.value().isPresent() ? number(entry.value().getAsDouble()) : "-"),
                Cell.of(bounds(entry.interval())),
                Cell.of(entry.difference().map(d -> number(d.value())).orElse("")),
                Cell.of(bounds(entry.difference().map(Difference::interval))),
                Cell.of(
                    entry.corrected().isPresent() ? number(entry.corrected().getAsDouble()) : ""),
                new Cell(entry.verdict().words(), mark(entry.verdict()))));
      }
    }
    return new Table(
        List.of(
            "output",
            "metric",
            "run",
            "value",
            "95 %",
            "difference",
            "95 % of it",
            "p (Holm)",
            "verdict"),
        rows);
  }

  private static Table costs(Comparison comparison) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Cost cost : comparison.costs()) {
      String parameters =
          cost.parameters().isPresent()
              ? String.format(Locale.ROOT, "%,d", cost.parameters().getAsLong())
              : "-";
      String latency = String.format(Locale.ROOT, "%.2f", cost.latencyMillis());
      rows.add(Table.row(cost.run(), parameters, latency));
    }
    return new Table(List.of("run", "parameters", "ms per 100 rows"), rows);
  }

  private static Cell.Mark mark(Comparison.Verdict verdict) {
    return switch (verdict) {
      case BETTER -> Cell.Mark.BEST;
      case WORSE -> Cell.Mark.WORST;
      case BASELINE -> Cell.Mark.NONE;
      case NO_DIFFERENCE_SHOWN -> Cell.Mark.FAINT;
    };
  }

  private static String bounds(Optional<Interval> interval) {
    return interval.map(i -> "[" + number(i.low()) + ", " + number(i.high()) + "]").orElse("");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
