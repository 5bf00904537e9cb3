package org.mtl4j.experiment.slice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mtl4j.eval.report.Axis;
import org.mtl4j.eval.report.Chart;
import org.mtl4j.eval.report.Element;
import org.mtl4j.eval.report.IntervalChart;
import org.mtl4j.eval.report.Paragraph;
import org.mtl4j.eval.report.Report.Section;
import org.mtl4j.eval.slice.SliceFigures;
import org.mtl4j.eval.slice.SliceMeasure;
import org.mtl4j.eval.slice.SlicedFigures;
import org.mtl4j.eval.slice.SlicedOutput;

/** Slices in a report: per way to part the rows a table an output, and the worst as a plot. */
public final class SliceSections {
  private static final int SHOWN = 10;

  private SliceSections() {}

  /**
   * A section a way.
   *
   * @param rows which were measured, {@code test} say
   */
  public static List<Section> of(String rows, List<SlicedFigures> slices) {
    return slices.stream().map(sliced -> section(rows, sliced)).toList();
  }

  private static Section section(String rows, SlicedFigures sliced) {
    List<Element> elements = new ArrayList<>();
    for (SlicedOutput output : sliced.outputs()) {
      elements.add(Paragraph.of(output.output()));
      elements.add(SliceTable.of(output, SliceTable.SHOWN));
      if (output.slices().size() > SliceTable.SHOWN) {
        elements.add(
            Paragraph.aside(
                "%d more slices are in slices.json."
                    .formatted(output.slices().size() - SliceTable.SHOWN)));
      }
      chart(output).ifPresent(elements::add);
    }
    elements.add(
        Paragraph.aside(
            ("The worst slice comes first. Small ones, of fewer than %d groups (rows where there"
                    + " are no groups) or rows of either class, say little and come last.")
                .formatted(SliceMeasure.LEAST)));
    return new Section("Slices of " + rows + ": " + sliced.name(), elements);
  }

  private static Optional<Chart> chart(SlicedOutput output) {
    if (output.primary().isEmpty()) {
      return Optional.empty();
    }
    String metric = output.primary().get().metric();
    List<IntervalChart.Figure> worst =
        output.slices().stream()
            .filter(slice -> !slice.size().small())
            .filter(slice -> slice.figures().get(metric).value().isPresent())
            .limit(SHOWN)
            .map(slice -> figure(slice, metric))
            .toList();
    double whole = output.whole().get(metric).orElse(Double.NaN);
    if (worst.size() < 2 || Double.isNaN(whole)) {
      return Optional.empty();
    }
    String better = output.primary().get().higherIsBetter() ? "right" : "left";
    return Optional.of(
        new IntervalChart(
            new Chart.Caption(
                output.output() + ": " + metric + ", the worst slices",
                ("With 95 %% intervals; the line is the figure of all rows, and to the %s of it is"
                        + " better.")
                    .formatted(better)),
            Axis.of(metric),
            whole,
            worst));
  }

  private static IntervalChart.Figure figure(SliceFigures slice, String metric) {
    SliceFigures.Figure figure = slice.figures().get(metric);
    return new IntervalChart.Figure(
        slice.slice(),
        figure.value().getAsDouble(),
        figure.interval().map(i -> i.low()).orElse(Double.NaN),
        figure.interval().map(i -> i.high()).orElse(Double.NaN));
  }
}
