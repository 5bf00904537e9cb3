package org.mtl4j.experiment.reproduce;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.mtl4j.eval.report.Element;
import org.mtl4j.eval.report.Paragraph;
import org.mtl4j.eval.report.Report;
import org.mtl4j.eval.report.Report.Section;
import org.mtl4j.eval.report.Table;
import org.mtl4j.eval.report.Table.Cell;

/** A reproduction to look at: what was found elsewhere, what came out here, and what holds. */
public final class ReproductionReport {
  private ReproductionReport() {}

  /** The report. */
  public static Report of(Reproduced reproduced) {
    Reproduction.Finding finding = reproduced.of().finding();
    List<Element> found = new ArrayList<>();
    if (reproduced.brief()) {
      found.add(Paragraph.warning("Made small for a look: these figures prove nothing."));
    }
    found.add(Paragraph.of(finding.source()));
    found.add(Paragraph.of(finding.says()));
    found.add(Paragraph.aside(finding.differs()));
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("What was found", found));
    sections.add(new Section("Figures", List.of(figures(reproduced), note(reproduced))));
    if (!reproduced.verdicts().isEmpty()) {
      sections.add(new Section("What holds", List.of(verdicts(reproduced))));
    }
    return new Report("Reproduction: " + reproduced.of().name(), sections);
  }

  private static Paragraph note(Reproduced reproduced) {
    boolean drawn = reproduced.of().experiment().seeds().contains("data.source.seed");
    return Paragraph.aside(
        "Means over %d seeds; in brackets the 95 %% interval of the mean by Student's distribution, each by itself. %s"
            .formatted(
                reproduced.seeds().size(),
                drawn
                    ? "Each seed draws new data, so it says what other data of the kind would give."
                    : "All seeds have the same data: it says what other seeds would give."));
  }

  /** A row an arm, a column a figure. */
  public static Table figures(Reproduced reproduced) {
    Set<String> names = new LinkedHashSet<>();
    reproduced.arms().values().forEach(figures -> names.addAll(figures.keySet()));
    List<String> head = new ArrayList<>(List.of("arm"));
    head.addAll(names);
    List<List<Cell>> rows = new ArrayList<>();
    for (Map.Entry<String, Map<String, Reproduced.Spread>> arm : reproduced.arms().entrySet()) {
      List<Cell> row = new ArrayList<>(List.of(Cell.of(arm.getKey())));
      for (String name : names) {
        Reproduced.Spread spread = arm.getValue().get(name);
        row.add(spread == null ? new Cell("-", Cell.Mark.FAINT) : Cell.of(text(spread)));
      }
      rows.add(row);
    }
    return new Table(head, rows);
  }

  /** A row a claim. */
  public static Table verdicts(Reproduced reproduced) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Reproduced.Verdict verdict : reproduced.verdicts()) {
      rows.add(
          List.of(
              Cell.of(verdict.claim().says()),
              Cell.of(text(verdict.sum())),
              Cell.of("> " + number(verdict.claim().above())),
              new Cell(
                  verdict.outcome().name().toLowerCase(Locale.ROOT), mark(verdict.outcome()))));
    }
    return new Table(List.of("claim", "difference", "asked", "outcome"), rows);
  }

  private static Cell.Mark mark(Reproduced.Outcome outcome) {
    return switch (outcome) {
      case HOLDS -> Cell.Mark.BEST;
      case OPEN -> Cell.Mark.FAINT;
      case FAILS -> Cell.Mark.WORST;
    };
  }

  private static String text(Reproduced.Spread spread) {
    String mean = number(spread.mean());
    return spread
        .interval()
        .map(i -> mean + " [" + number(i.low()) + ", " + number(i.high()) + "]")
        .orElse(mean);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
