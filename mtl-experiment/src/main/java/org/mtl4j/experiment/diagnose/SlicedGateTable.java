package org.mtl4j.experiment.diagnose;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mtl4j.eval.report.FigureText;
import org.mtl4j.eval.report.Table;
import org.mtl4j.eval.report.Table.Cell;
import org.mtl4j.experiment.slice.SliceTable;

/** A gate's slices as a table of text, for whatever prints or draws it. */
public final class SlicedGateTable {
  private SlicedGateTable() {}

  /** A row a slice, as many as a person looks through. */
  public static Table of(SlicedGate gate) {
    return new Table(
        List.of(
            "slice",
            "rows",
            "entropy",
            "elsewhere",
            "by chance",
            "p",
            "most more on",
            "weight",
            "others"),
        gate.slices().stream().limit(SliceTable.SHOWN).map(slice -> row(gate, slice)).toList());
  }

  private static List<Cell> row(SlicedGate gate, SlicedGate.Slice slice) {
    int expert = gate.gained(slice);
    Optional<SlicedGate.Chance> chance = slice.shift().flatMap(SlicedGate.Shift::chance);
    boolean alone = slice.shift().isEmpty();
    Cell.Mark mark = slice.size().small() ? Cell.Mark.FAINT : Cell.Mark.NONE;
    return List.of(
            name(slice),
            String.format(Locale.ROOT, "%,d", slice.size().rows()),
            Words.percent(slice.entropy()),
            slice.shift().map(s -> Words.percent(s.distance())).orElse("-"),
            chance.map(c -> Words.percent(c.distance())).orElse("-"),
            chance.map(c -> FigureText.ofP(c.p())).orElse("-"),
            alone ? "-" : gate.experts().get(expert),
            alone ? "-" : FigureText.of(slice.weights().get(expert)),
            alone ? "-" : FigureText.of(gate.elsewhere(slice, expert)))
        .stream()
        .map(text -> new Cell(text, mark))
        .toList();
  }

  /** As a slice is called wherever it is shown. */
  static String name(SlicedGate.Slice slice) {
    return slice.size().small() ? slice.name() + " (small)" : slice.name();
  }
}
