package org.mtl4j.experiment.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mtl4j.core.metric.Goal;
import org.mtl4j.eval.multitask.ParetoPlots;
import org.mtl4j.eval.report.Element;
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
    ParetoPlots plots = plots();
    List<Element> elements = new ArrayList<>();
    elements.add(
        Paragraph.of(
            "By %s, no other run is at least as good in all and better in one: %s."
                .formatted(
                    goals.stream().map(ParetoSection::name).collect(Collectors.joining(", ")),
                    plots.front().stream()
                        .map(run -> goals.get(0).entries().get(run).run())
                        .collect(Collectors.joining(", ")))));
    elements.addAll(plots.plots(MOST_PLOTS));
    return new Section("Pareto front", elements);
  }

  private ParetoPlots plots() {
    return new ParetoPlots(
        "A run",
        goals.stream().map(goal -> new Goal(name(goal), goal.higherIsBetter())).toList(),
        IntStream.range(0, goals.get(0).entries().size())
            .mapToObj(
                run ->
                    new ParetoPlots.Candidate(
                        label(goals.get(0), run),
                        goals.stream().map(goal -> value(goal, run)).toList()))
            .toList());
  }

  private static String name(Figure figure) {
    return figure.output() + " " + figure.metric();
  }

  private static double value(Figure figure, int run) {
    return figure.entries().get(run).value().orElseThrow();
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
