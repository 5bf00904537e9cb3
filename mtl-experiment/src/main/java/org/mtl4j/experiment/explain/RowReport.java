package org.mtl4j.experiment.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.eval.report.Axis;
import org.mtl4j.eval.report.Chart;
import org.mtl4j.eval.report.Element;
import org.mtl4j.eval.report.IntervalChart;
import org.mtl4j.eval.report.Paragraph;
import org.mtl4j.eval.report.Report;
import org.mtl4j.eval.report.Report.Section;
import org.mtl4j.eval.report.Table;
import org.mtl4j.eval.report.Table.Cell;
import org.mtl4j.experiment.explain.RowExplanation.Explained;
import org.mtl4j.serving.model.Attribution;

/** What a row's features add, to look at. */
public final class RowReport {
  private RowReport() {}

  /** The report: a plot and a table for each output, what adds most first. */
  public static Report of(RowExplanation found) {
    List<Section> sections = new ArrayList<>();
    List<Element> words = new ArrayList<>();
    words.add(
        Paragraph.of(
            ("Row %d (%s). What each feature adds to a score (log odds; of a multiclass output a"
                    + " logit, of a regression its value), by integrated gradients from a baseline"
                    + " of which all that the model sees is 0: no embedding, and of a standardised"
                    + " number the training mean.")
                .formatted(found.row(), found.place())));
    found.warnings().forEach(warning -> words.add(Paragraph.of(warning)));
    words.add(scores(found));
    sections.add(new Section("Integrated gradients", words));
    for (Explained output : found.outputs()) {
      sections.add(
          new Section(
              output.name(),
              List.of(chart(output), features(found, List.of(output)).withoutFirst(1))));
    }
    return new Report("Row " + found.row() + " of " + found.run(), sections);
  }

  /** The features of an output, what adds most, of either sign, first. */
  static List<Attribution.Feature> sorted(Attribution attribution) {
    return attribution.features().stream()
        .sorted(
            Comparator.comparingDouble((Attribution.Feature f) -> Math.abs(f.value())).reversed())
        .toList();
  }

  /** Per group of features what they add together. */
  public static Map<String, Double> groups(Attribution attribution) {
    Map<String, Double> groups = new LinkedHashMap<>();
    attribution
        .features()
        .forEach(f -> f.group().ifPresent(group -> groups.merge(group, f.value(), Double::sum)));
    return groups;
  }

  /** What each feature, and each group of them, adds: all outputs in one table. */
  public static Table features(RowExplanation found) {
    return features(found, found.outputs());
  }

  private static Table features(RowExplanation found, List<Explained> outputs) {
    return new Table(
        List.of("output", "feature", "value", "adds"),
        outputs.stream().flatMap(output -> rows(found, output).stream()).toList());
  }

  private static List<List<Cell>> rows(RowExplanation found, Explained output) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Attribution.Feature feature : sorted(output.attribution())) {
      rows.add(
          Table.row(
              output.name(),
              feature.name(),
              Excerpt.of(found.values().getOrDefault(feature.name(), "")),
              number("%+.4f", feature.value())));
    }
    groups(output.attribution())
        .forEach(
            (group, value) ->
                rows.add(Table.row(output.name(), "group: " + group, "", number("%+.4f", value))));
    return rows;
  }

  /** Whether the features add up, output by output. */
  public static Table scores(RowExplanation found) {
    return new Table(
        List.of("output", "prediction", "score", "baseline", "sum", "gap", "allowed", "steps"),
        found.outputs().stream().map(RowReport::score).toList());
  }

  private static List<Cell> score(Explained output) {
    Attribution of = output.attribution();
    return List.of(
        Cell.of(output.name()),
        Cell.of(number("%.4f", of.row().prediction())),
        Cell.of(number("%+.4f", of.row().score())),
        Cell.of(number("%+.4f", of.baseline().score())),
        Cell.of(number("%+.4f", of.sum())),
        new Cell(number("%+.5f", of.gap()), of.isComplete() ? Cell.Mark.NONE : Cell.Mark.WORST),
        Cell.of(number("%.5f", of.tolerance())),
        Cell.of(Integer.toString(of.steps())));
  }

  private static Chart chart(Explained output) {
    return new IntervalChart(
        new Chart.Caption(
            output.name(),
            "To the right of the line a feature raises the score; all add up to score - baseline."),
        Axis.of("adds to the score"),
        0,
        sorted(output.attribution()).stream()
            .map(f -> new IntervalChart.Figure(f.name(), f.value(), Double.NaN, Double.NaN))
            .toList());
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
