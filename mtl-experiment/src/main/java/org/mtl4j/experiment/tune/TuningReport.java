package org.mtl4j.experiment.tune;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.core.metric.Goal;
import org.mtl4j.eval.multitask.ParetoPlots;
import org.mtl4j.eval.report.Axis;
import org.mtl4j.eval.report.Chart;
import org.mtl4j.eval.report.Element;
import org.mtl4j.eval.report.LineChart;
import org.mtl4j.eval.report.Paragraph;
import org.mtl4j.eval.report.Report;
import org.mtl4j.eval.report.Report.Section;
import org.mtl4j.eval.report.Table;
import org.mtl4j.eval.report.Table.Cell;

/** A tuning to look at: its winner, its trials, its keys, and its tasks against each other. */
final class TuningReport {
  private static final int MOST_PLOTS = 10;

  private final Tuning tuning;

  private TuningReport(Tuning tuning) {
    this.tuning = tuning;
  }

  /** The report of a tuning that has a winner. */
  static Report of(Tuning tuning, String experiment) {
    TuningReport report = new TuningReport(tuning);
    List<Section> sections = new ArrayList<>();
    sections.add(report.winner());
    sections.add(new Section("Trials", report.trials()));
    TaskGoals.plots(tuning).ifPresent(plots -> sections.add(front(plots)));
    sections.add(new Section("Keys", report.keys()));
    return new Report("Tuning of " + experiment, sections);
  }

  private Section winner() {
    Tuning.Entry best = tuning.entry(tuning.winner().orElseThrow());
    List<List<Cell>> values = new ArrayList<>();
    best.trial()
        .values()
        .keySet()
        .forEach(key -> values.add(Table.row(key, best.trial().spelt(key))));
    List<Element> elements = new ArrayList<>();
    elements.add(
        Paragraph.of(
            "Trial %d: %s %s on validation rows. Its experiment is best.yaml."
                .formatted(
                    best.trial().number(),
                    tuning.objective().words(),
                    TuningTables.spelt(best.value()))));
    elements.add(new Table(List.of("key", "value"), values));
    elements.add(TuningTables.winner(tuning));
    elements.add(
        Paragraph.aside(
            "The winner is the best of %d on the validation rows, and its figures there flatter it for that:"
                    .formatted(tuning.entries().size())
                + " some of its lead is luck with these rows. Its figures on test rows had no say in the"
                + " choice. Those of other trials are not shown, for whoever looked for the best among them"
                + " would tune on test rows."));
    return new Section("Winner", elements);
  }

  private static String spelt(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static Section front(ParetoPlots plots) {
    List<Element> elements = new ArrayList<>();
    elements.add(
        Paragraph.of(
            "By %s, no other trial is at least as good in all and better in one: %s."
                .formatted(
                    plots.goals().stream().map(Goal::metric).collect(joining(", ")),
                    plots.front().stream()
                        .map(i -> plots.candidates().get(i).label())
                        .collect(joining(", ")))));
    elements.addAll(plots.plots(MOST_PLOTS));
    return new Section("Tasks against each other: the Pareto front", elements);
  }

  private List<Element> trials() {
    List<Element> elements = new ArrayList<>();
    elements.add(
        Paragraph.of(
            "%s; validation rows. Seconds are those of the training's steps, on the machine at the time."
                .formatted(tuning.rungs().words())));
    elements.add(TuningTables.trials(tuning, tuning.entries().size()));
    for (Tuning.Entry entry : tuning.entries()) {
      entry
          .outcome()
          .flatMap(TrialOutcome::reason)
          .ifPresent(
              why ->
                  elements.add(
                      Paragraph.aside(
                          "Trial %d failed: %s".formatted(entry.trial().number(), why))));
    }
    return elements;
  }

  private List<Element> keys() {
    List<Element> elements = new ArrayList<>();
    for (String key : tuning.entries().get(0).trial().values().keySet()) {
      elements.add(
          numbers(key).<Element>map(numbers -> plot(key, numbers)).orElseGet(() -> table(key)));
    }
    return elements;
  }

  /** The key's value in each trial that has an objective; empty if one is no number. */
  private Optional<Map<Tuning.Entry, Double>> numbers(String key) {
    Map<Tuning.Entry, Double> numbers = new LinkedHashMap<>();
    for (Tuning.Entry entry : measured()) {
      if (!(entry.trial().values().get(key) instanceof ConfigNode.Scalar scalar)
          || !(Spelling.json(scalar) instanceof Number number)) {
        return Optional.empty();
      }
      numbers.put(entry, number.doubleValue());
    }
    return Optional.of(numbers);
  }

  private List<Tuning.Entry> measured() {
    return tuning.entries().stream().filter(entry -> entry.value().isPresent()).toList();
  }

  /** On a scale of logarithms where the values go over more than a power of ten. */
  private Chart plot(String key, Map<Tuning.Entry, Double> numbers) {
    double low = numbers.values().stream().reduce(Double.POSITIVE_INFINITY, Math::min);
    double high = numbers.values().stream().reduce(Double.NEGATIVE_INFINITY, Math::max);
    List<LineChart.Series> series = new ArrayList<>();
    for (TrialOutcome.Status status : TrialOutcome.Status.values()) {
      List<LineChart.Point> points = new ArrayList<>();
      numbers.forEach(
          (entry, number) -> {
            if (entry.outcome().orElseThrow().status() == status) {
              points.add(
                  new LineChart.Point(
                      number,
                      entry.value().orElseThrow(),
                      Integer.toString(entry.trial().number())));
            }
          });
      if (!points.isEmpty()) {
        series.add(new LineChart.Series(status.word(), LineChart.Style.POINTS, points));
      }
    }
    return new LineChart(
        new Chart.Caption(
            key,
            "A trial a point; better is further %s. The other keys vary, too."
                .formatted(tuning.objective().higherIsBetter() ? "up" : "down")),
        new Axis(key, Optional.empty(), low > 0 && high > 10 * low),
        Axis.of(tuning.objective().words()),
        series);
  }

  private Table table(String key) {
    Map<String, List<Tuning.Entry>> byValue = new LinkedHashMap<>();
    measured()
        .forEach(
            entry ->
                byValue
                    .computeIfAbsent(entry.trial().spelt(key), value -> new ArrayList<>())
                    .add(entry));
    List<List<Cell>> rows = new ArrayList<>();
    byValue.forEach(
        (value, entries) -> {
          List<Double> values =
              entries.stream()
                  .map(entry -> entry.value().orElseThrow())
                  .sorted(tuning.objective()::compare)
                  .toList();
          rows.add(
              Table.row(
                  value,
                  Integer.toString(values.size()),
                  spelt(values.get(0)),
                  spelt(values.stream().mapToDouble(v -> v).average().orElseThrow())));
        });
    return new Table(List.of(key, "trials", "best", "mean"), rows);
  }
}
