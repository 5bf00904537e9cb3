package org.mtl4j.experiment.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mtl4j.eval.importance.Importance;
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

/** What a run's figures rest on, to look at. */
public final class ImportanceReport {
  private ImportanceReport() {}

  /** The report: a table and a plot for each figure, the most important column first. */
  public static Report of(RunImportance found) {
    List<Section> sections = new ArrayList<>();
    List<Element> words = new ArrayList<>();
    words.add(
        Paragraph.of(
            ("How much worse a figure becomes when the values of a column change their rows, so"
                    + " that they say nothing any more: the mean of %d permutations of %,d of %,d"
                    + " rows. The 95 %% interval is that of the permutations, not of other rows."
                    + " Columns that say the same share their importance: each alone can be missed"
                    + " while the other is there, and a group shows what they are worth together.")
                .formatted(repeats(found), found.rows(), found.total())));
    found.warnings().forEach(warning -> words.add(Paragraph.of(warning)));
    sections.add(new Section("Permutation importance", words));
    byFigure(found)
        .forEach(
            (figure, importances) ->
                sections.add(
                    new Section(
                        figure,
                        List.of(
                            chart(figure, importances),
                            table(found, importances).withoutFirst(3)))));
    return new Report("What " + found.run() + " rests on", sections);
  }

  private static int repeats(RunImportance found) {
    return found.importances().stream().mapToInt(i -> i.drops().size()).max().orElse(0);
  }

  private static Map<String, List<Importance>> byFigure(RunImportance found) {
    Map<String, List<Importance>> figures = new LinkedHashMap<>();
    found
        .importances()
        .forEach(
            i ->
                figures
                    .computeIfAbsent(
                        i.of().output() + "/" + i.of().metric(), f -> new ArrayList<>())
                    .add(i));
    return figures;
  }

  private static Chart chart(String figure, List<Importance> importances) {
    return new IntervalChart(
        new Chart.Caption(
            figure,
            String.format(
                Locale.ROOT,
                "%.4f on %,d rows. To the right of the line it is worse without the column.",
                importances.get(0).figure(),
                importances.get(0).rows())),
        Axis.of("drop of " + figure),
        0,
        importances.stream()
            .map(
                i ->
                    new IntervalChart.Figure(
                        i.of().columns(),
                        i.mean(),
                        i.interval().map(Interval::low).orElse(Double.NaN),
                        i.interval().map(Interval::high).orElse(Double.NaN)))
            .toList());
  }

  /** All figures as one table. */
  public static Table table(RunImportance found) {
    return table(found, found.importances());
  }

  private static Table table(RunImportance found, List<Importance> importances) {
    return new Table(
        List.of("output", "metric", "figure", "column", "drop", "sd", "95 %", "features"),
        importances.stream().map(i -> row(found, i)).toList());
  }

  /** A drop that may as well be none is faint. */
  private static List<Cell> row(RunImportance found, Importance importance) {
    boolean shown = importance.interval().map(i -> i.low() > 0 || i.high() < 0).orElse(true);
    return List.of(
        Cell.of(importance.of().output()),
        Cell.of(importance.of().metric()),
        Cell.of(number("%.4f", importance.figure())),
        Cell.of(importance.of().columns()),
        new Cell(number("%+.4f", importance.mean()), shown ? Cell.Mark.NONE : Cell.Mark.FAINT),
        Cell.of(importance.drops().size() > 1 ? number("%.4f", importance.deviation()) : ""),
        Cell.of(
            importance
                .interval()
                .map(i -> "[" + number("%.4f", i.low()) + ", " + number("%.4f", i.high()) + "]")
                .orElse("")),
        Cell.of(String.join(", ", found.features().get(importance.of().columns()))));
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
