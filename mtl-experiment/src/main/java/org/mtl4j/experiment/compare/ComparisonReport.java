package org.mtl4j.experiment.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.eval.report.Axis;
import org.mtl4j.eval.report.Chart;
import org.mtl4j.eval.report.Element;
import org.mtl4j.eval.report.IntervalChart;
import org.mtl4j.eval.report.Paragraph;
import org.mtl4j.eval.report.Report;
import org.mtl4j.eval.report.Report.Section;
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
                ComparisonTables.winners(comparison))));
    List<Element> differences = differences(comparison);
    if (!differences.isEmpty()) {
      sections.add(new Section("Differences to the baseline", differences));
    }
    ParetoSection.of(comparison).ifPresent(sections::add);
    sections.add(new Section("Figures", List.of(ComparisonTables.figures(comparison))));
    sections.add(
        new Section(
            "Costs",
            List.of(
                ComparisonTables.costs(comparison),
                Paragraph.aside(
                    "Parameters are all numbers that were trained. Examples a second are those of"
                        + " the training, over all of its steps, on the machine named; a request of"
                        + " 100 rows was timed when this page was made."))));
    return new Report("Comparison with " + comparison.baseline(), sections);
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
}
