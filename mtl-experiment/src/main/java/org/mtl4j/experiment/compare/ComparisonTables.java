package org.mtl4j.experiment.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.mtl4j.eval.interval.Difference;
import org.mtl4j.eval.report.FigureText;
import org.mtl4j.eval.report.Table;
import org.mtl4j.eval.report.Table.Cell;
import org.mtl4j.experiment.compare.Comparison.Cost;
import org.mtl4j.experiment.compare.Comparison.Entry;
import org.mtl4j.experiment.compare.Comparison.Figure;

/** A comparison as tables of text, for whatever prints or draws them. */
public final class ComparisonTables {
  private static final String NO_DIFFERENCE = Comparison.Verdict.NO_DIFFERENCE_SHOWN.words();

  private ComparisonTables() {}

  /** A row a figure and run. */
  public static Table figures(Comparison comparison) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Figure figure : comparison.figures()) {
      figure.entries().forEach(entry -> rows.add(row(figure, entry)));
    }
    return new Table(
        List.of("output", "metric", "run", "value", "95 %", "difference", "95 %", "p", "verdict"),
        rows);
  }

  private static List<Cell> row(Figure figure, Entry entry) {
    Optional<Difference> difference = entry.difference();
    return List.of(
        Cell.of(figure.output()),
        Cell.of(figure.metric()),
        Cell.of(entry.run()),
        Cell.of(FigureText.of(entry.value())),
        Cell.of(entry.interval().map(FigureText::of).orElse("")),
        Cell.of(difference.map(d -> FigureText.signed(d.value())).orElse("")),
        Cell.of(difference.map(d -> FigureText.of(d.interval())).orElse("")),
        Cell.of(
            entry.corrected().isPresent() ? FigureText.ofP(entry.corrected().getAsDouble()) : ""),
        new Cell(entry.verdict().words(), mark(entry.verdict())));
  }

  /** A row a figure. */
  public static Table winners(Comparison comparison) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Figure figure : comparison.figures()) {
      Cell winner =
          figure
              .winner()
              .map(run -> new Cell(run, Cell.Mark.BEST))
              .orElse(new Cell(NO_DIFFERENCE, Cell.Mark.FAINT));
      rows.add(List.of(Cell.of(figure.output()), Cell.of(figure.metric()), winner));
    }
    return new Table(List.of("output", "metric", "winner"), rows);
  }

  /** A row a run. */
  public static Table costs(Comparison comparison) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Cost cost : comparison.costs()) {
      String parameters =
          cost.parameters().isPresent()
              ? String.format(Locale.ROOT, "%,d", cost.parameters().getAsLong())
              : "-";
      OptionalDouble speed = cost.timing().examplesPerSecond();
      rows.add(
          Table.row(
              cost.run(),
              parameters,
              speed.isPresent() ? String.format(Locale.ROOT, "%,.0f", speed.getAsDouble()) : "-",
              speed.isPresent() ? String.join("; ", cost.timing().machines()) : "-",
              String.format(Locale.ROOT, "%.2f", cost.latencyMillis())));
    }
    return new Table(
        List.of("run", "parameters", "examples/s", "trained on", "ms per 100 rows"), rows);
  }

  /** The figures, and behind them a row a cost and run: one table, for spreadsheets. */
  public static Table spreadsheet(Comparison comparison) {
    Table figures = figures(comparison);
    List<List<Cell>> rows = new ArrayList<>(figures.rows());
    for (Cost cost : comparison.costs()) {
      OptionalLong parameters = cost.parameters();
      rows.add(
          row(
              cost,
              "parameters",
              parameters.isPresent() ? Long.toString(parameters.getAsLong()) : "-"));
      rows.add(row(cost, "examples/s", FigureText.of(cost.timing().examplesPerSecond())));
      rows.add(row(cost, "ms per 100 rows", FigureText.of(cost.latencyMillis())));
    }
    return new Table(figures.head(), rows);
  }

  private static List<Cell> row(Cost cost, String what, String value) {
    return Table.row("", what, cost.run(), value, "", "", "", "", "");
  }

  private static Cell.Mark mark(Comparison.Verdict verdict) {
    return switch (verdict) {
      case BETTER -> Cell.Mark.BEST;
      case WORSE -> Cell.Mark.WORST;
      case BASELINE -> Cell.Mark.NONE;
      case NO_DIFFERENCE_SHOWN -> Cell.Mark.FAINT;
    };
  }
}
