package org.mtl4j.experiment.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mtl4j.eval.multitask.Goals;
import org.mtl4j.eval.report.Axis;
import org.mtl4j.eval.report.Chart;
import org.mtl4j.eval.report.Element;
import org.mtl4j.eval.report.LineChart;
import org.mtl4j.eval.report.Paragraph;
import org.mtl4j.eval.report.Report.Section;
import org.mtl4j.experiment.compare.Comparison.Figure;

/**
 * Which runs no other one beats in all outputs, each output by its first figure that judges, and a
 * plot of each two outputs.
 */
final class ParetoSection {
  private static final int MOST_PLOTS = 10;

  private final List<Figure> goals;

  private ParetoSection(List<Figure> goals) {
    this.goals = goals;
  }

  /** The section; empty where there are no two outputs of which all runs have a figure. */
  static Optional<Section> of(Comparison comparison) {
    Map<String, Figure> goals = new LinkedHashMap<>();
    for (Figure figure : comparison.figures()) {
      if (figure.entries().stream().allMatch(entry -> entry.value().isPresent())) {
        goals.putIfAbsent(figure.output(), figure);
      }
    }
    return goals.size() < 2
        ? Optional.empty()
        : Optional.of(new ParetoSection(List.copyOf(goals.values())).section());
  }

  private Section section() {
    List<Element> elements = new ArrayList<>();
    elements.add(
        Paragraph.of(
            "By %s, no other run is at least as good in all and better in one: %s."
                .formatted(
                    goals.stream().map(ParetoSection::name).collect(Collectors.joining(", ")),
                    front(goals).stream()
                        .map(run -> goals.get(0).entries().get(run).run())
                        .collect(Collectors.joining(", ")))));
    for (int y = 1; y < goals.size(); y++) {
      for (int x = 0; x < y && elements.size() <= MOST_PLOTS; x++) {
        elements.add(plot(goals.get(x), goals.get(y)));
      }
    }
    return new Section("Pareto front", elements);
  }

  private static String name(Figure figure) {
    return figure.output() + " " + figure.metric();
  }

  private static double value(Figure figure, int run) {
    return figure.entries().get(run).value().orElseThrow();
  }

  private static List<Integer> front(List<Figure> goals) {
    int runs = goals.get(0).entries().size();
    double[][] figures = new double[runs][goals.size()];
    boolean[] higherIsBetter = new boolean[goals.size()];
    for (int goal = 0; goal < goals.size(); goal++) {
      higherIsBetter[goal] = goals.get(goal).higherIsBetter();
      for (int run = 0; run < runs; run++) {
        figures[run][goal] = value(goals.get(goal), run);
      }
    }
    return new Goals(figures, higherIsBetter).paretoFront();
  }

  private static Chart plot(Figure x, Figure y) {
    List<Integer> front = front(List.of(x, y));
    List<Integer> others =
        IntStream.range(0, x.entries().size()).boxed().filter(r -> !front.contains(r)).toList();
    List<LineChart.Series> series = new ArrayList<>();
    if (front.size() > 1) {
      series.add(new LineChart.Series("front", LineChart.Style.REFERENCE, points(x, y, front)));
    }
    series.add(new LineChart.Series("on the front", LineChart.Style.POINTS, points(x, y, front)));
    if (!others.isEmpty()) {
      series.add(new LineChart.Series("beaten", LineChart.Style.POINTS, points(x, y, others)));
    }
    return new LineChart(
        new Chart.Caption(
            name(x) + " and " + name(y),
            "A run a point, of these two figures alone; better is further to the %s and further %s."
                .formatted(
                    x.higherIsBetter() ? "right" : "left", y.higherIsBetter() ? "up" : "down")),
        Axis.of(name(x)),
        Axis.of(name(y)),
        series);
  }

  private static List<LineChart.Point> points(Figure x, Figure y, List<Integer> runs) {
    return runs.stream()
        .map(run -> new LineChart.Point(value(x, run), value(y, run), label(x, run)))
        .sorted(Comparator.comparingDouble(LineChart.Point::x))
        .toList();
  }

  /** The last name of a run's folder, which a plot has room for, where no other run has it. */
  private static String label(Figure figure, int run) {
    String folder = figure.entries().get(run).run();
    long alike = figure.entries().stream().filter(e -> last(e.run()).equals(last(folder))).count();
    return alike == 1 ? last(folder) : folder;
  }

  private static String last(String folder) {
    Path name = Path.of(folder).getFileName();
    return name == null ? folder : name.toString();
  }
}
