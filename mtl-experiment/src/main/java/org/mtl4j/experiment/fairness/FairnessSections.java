package org.mtl4j.experiment.fairness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mtl4j.eval.fairness.Criterion;
import org.mtl4j.eval.fairness.CriterionFigures;
import org.mtl4j.eval.fairness.FairnessFigures;
import org.mtl4j.eval.fairness.Gap;
import org.mtl4j.eval.fairness.GroupFairness;
import org.mtl4j.eval.interval.Interval;
import org.mtl4j.eval.report.Axis;
import org.mtl4j.eval.report.Chart;
import org.mtl4j.eval.report.Element;
import org.mtl4j.eval.report.FigureText;
import org.mtl4j.eval.report.IntervalChart;
import org.mtl4j.eval.report.Paragraph;
import org.mtl4j.eval.report.Report.Section;
import org.mtl4j.eval.report.Table;
import org.mtl4j.eval.report.Table.Cell;
import org.mtl4j.eval.slice.SliceMeasure;

/** Fairness in a report: per output and criterion the groups, their widest gaps, and a plot. */
public final class FairnessSections {
  private static final int SHOWN = 10;

  private FairnessSections() {}

  /**
   * The section.
   *
   * @param rows which were measured, {@code test} say
   * @param column of the protected groups
   */
  public static Section of(String rows, String column, List<FairnessFigures> outputs) {
    List<Element> elements = new ArrayList<>();
    for (FairnessFigures output : outputs) {
      for (CriterionFigures figures : output.criteria()) {
        elements.add(Paragraph.of(title(output, figures.criterion())));
        elements.add(groups(figures));
        if (!figures.gaps().isEmpty()) {
          elements.add(gaps(figures));
          elements.add(chart(output, figures));
        }
      }
    }
    elements.add(
        Paragraph.aside(
            ("Groups of fewer than %d rankings, or positives, are small: they say little, and no gap"
                    + " is taken of them. The widest of many gaps is wide by chance, too: look at its"
                    + " interval.")
                .formatted(SliceMeasure.LEAST)));
    return new Section("Fairness of " + rows + ": " + column, elements);
  }

  private static String title(FairnessFigures output, Criterion criterion) {
    String what =
        switch (criterion) {
          case EXPOSURE_PARITY ->
              "share of exposure over share of candidates; 1 is what chance would give";
          case EXPOSURE_BY_RELEVANCE ->
              "share of exposure over share of positives; 1 is what merit would give";
          case EQUAL_OPPORTUNITY ->
              String.format(
                  Locale.ROOT,
                  "share of positives that are predicted positive, from a score of %s on",
                  output.threshold());
        };
    return output.output() + ", " + words(criterion) + ": " + what + ".";
  }

  private static String words(Criterion criterion) {
    return criterion.key().replace('_', ' ');
  }

  private static Table groups(CriterionFigures figures) {
    Criterion criterion = figures.criterion();
    List<List<Cell>> rows = new ArrayList<>();
    for (GroupFairness group : figures.groups()) {
      Cell.Mark mark = group.size().small() ? Cell.Mark.FAINT : Cell.Mark.NONE;
      rows.add(
          List.of(
                  group.size().small() ? group.group() + " (small)" : group.group(),
                  String.format(Locale.ROOT, "%,d", group.size().count()),
                  FigureText.of(group.amount()),
                  FigureText.of(group.reference()),
                  FigureText.of(group.ratio().value()),
                  bounds(group.ratio().interval()))
              .stream()
              .map(text -> new Cell(text, mark))
              .toList());
    }
    String count = criterion.ofRankings() ? "rankings" : "positives";
    return new Table(
        List.of("group", count, criterion.amount(), "of " + criterion.reference(), "ratio", "95 %"),
        rows);
  }

  private static Table gaps(CriterionFigures figures) {
    List<List<Cell>> rows =
        figures.gaps().stream().limit(SHOWN).map(FairnessSections::row).toList();
    return new Table(List.of("widest gaps: less", "more", "gap", "95 %"), rows);
  }

  private static List<Cell> row(Gap gap) {
    return Table.row(gap.less(), gap.more(), FigureText.of(gap.value()), bounds(gap.interval()));
  }

  /** Rankings are read against what is fair, rates against each other. */
  private static Chart chart(FairnessFigures output, CriterionFigures figures) {
    Criterion criterion = figures.criterion();
    List<IntervalChart.Figure> shown = new ArrayList<>();
    double amount = 0;
    double reference = 0;
    for (GroupFairness group : figures.groups()) {
      amount += group.amount();
      reference += group.reference();
      if (!group.size().small() && group.ratio().value().isPresent()) {
        Optional<Interval> interval = group.ratio().interval();
        shown.add(
            new IntervalChart.Figure(
                group.group(),
                group.ratio().value().getAsDouble(),
                interval.map(Interval::low).orElse(Double.NaN),
                interval.map(Interval::high).orElse(Double.NaN)));
      }
    }
    String line = criterion.ofRankings() ? "1" : "that of all rows";
    return new IntervalChart(
        new Chart.Caption(
            output.output() + ": " + words(criterion),
            "With 95 % intervals; the line is " + line + "."),
        Axis.of("ratio of " + criterion.amount() + " to " + criterion.reference()),
        criterion.ofRankings() ? 1 : amount / reference,
        shown);
  }

  private static String bounds(Optional<Interval> interval) {
    return interval.map(FigureText::of).orElse("-");
  }
}
