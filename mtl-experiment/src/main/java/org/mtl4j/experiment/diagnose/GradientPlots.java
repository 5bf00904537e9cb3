package org.mtl4j.experiment.diagnose;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.eval.report.Axis;
import org.mtl4j.eval.report.Chart;
import org.mtl4j.eval.report.Element;
import org.mtl4j.eval.report.HeatMap;
import org.mtl4j.eval.report.LineChart;
import org.mtl4j.eval.report.LineChart.Point;
import org.mtl4j.eval.report.LineChart.Series;
import org.mtl4j.eval.report.Paragraph;
import org.mtl4j.eval.report.Table;

/** The tasks' gradients, to look at. */
final class GradientPlots {
  private static final Axis.Range COSINES = new Axis.Range(-1, 1);

  private final Evidence evidence;
  private final GradientTrace trace;

  GradientPlots(Evidence evidence) {
    this.evidence = evidence;
    this.trace = evidence.gradients();
  }

  List<Element> elements() {
    if (trace.layers().size() < 2) {
      return List.of(Paragraph.aside("No layer has a gradient of two tasks: nothing is shared."));
    }
    return List.of(overEpochs(), byLayer(), norms());
  }

  private Chart overEpochs() {
    List<Series> series = new ArrayList<>();
    for (GradientTrace.Pair pair : trace.pairs()) {
      List<Point> points =
          trace.epochs().stream()
              .map(
                  epoch ->
                      Point.of(
                          epoch.epoch(),
                          epoch.cosines().get(GradientTrace.ALL)[pair.one()][pair.other()]))
              .toList();
      series.add(new Series(name(pair), LineChart.Style.MARKED, points));
    }
    return new LineChart(
        new Chart.Caption(
            "Gradient cosines over epochs",
            "Between two tasks, in all shared layers together, after each epoch: below 0 a step that helps one hurts the other."),
        Axis.of("epoch"),
        Axis.of("cosine"),
        series);
  }

  private Chart byLayer() {
    List<GradientTrace.Pair> pairs = trace.pairs();
    List<HeatMap.Row> rows =
        trace.layers().stream()
            .map(
                layer ->
                    new HeatMap.Row(
                        layer,
                        pairs.stream()
                            .map(pair -> trace.mean(layer, pair.one(), pair.other()))
                            .toList()))
            .toList();
    return new HeatMap(
        new Chart.Caption(
            "Gradient cosines by layer",
            "The mean over all epochs. Of an embedding table only the rows that a batch touches count."),
        pairs.stream().map(this::name).toList(),
        rows,
        COSINES);
  }

  private Table norms() {
    List<List<Table.Cell>> rows = new ArrayList<>();
    for (int t = 0; t < trace.tasks().size(); t++) {
      double norm = trace.norm(t);
      rows.add(
          Table.row(
              trace.tasks().get(t),
              Words.size(norm),
              evidence.tasks().get(t).lossWeight().stream()
                  .mapToObj(weight -> Words.size(weight * norm))
                  .findFirst()
                  .orElse("-")));
    }
    return new Table(
        List.of("task", "length of its gradient in shared layers", "with its loss weight"), rows);
  }

  private String name(GradientTrace.Pair pair) {
    return trace.tasks().get(pair.one()) + ", " + trace.tasks().get(pair.other());
  }
}
