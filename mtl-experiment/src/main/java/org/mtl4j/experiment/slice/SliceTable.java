package org.mtl4j.experiment.slice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mtl4j.eval.report.FigureText;
import org.mtl4j.eval.report.Table;
import org.mtl4j.eval.report.Table.Cell;
import org.mtl4j.eval.slice.SliceFigures;
import org.mtl4j.eval.slice.SlicedOutput;

/** One output's slices as a table of text, for whatever prints or draws it. */
public final class SliceTable {
  /** As many slices as a person looks through. */
  public static final int SHOWN = 20;

  private SliceTable() {}

  /**
   * A row a slice: its size, the primary figure with its interval and its difference to the whole,
   * then the other figures.
   *
   * @param most slices at most, the first of them
   */
  public static Table of(SlicedOutput output, int most) {
    Optional<String> primary = output.primary().map(SlicedOutput.Primary::metric);
    List<String> others =
        output.whole().keySet().stream()
            .filter(metric -> !primary.equals(Optional.of(metric)))
            .toList();
    boolean binary =
        output.slices().stream().anyMatch(slice -> slice.size().positives().isPresent());
    List<String> head = new ArrayList<>(List.of("slice", "rows"));
    head.addAll(binary ? List.of("positives") : List.of());
    primary.ifPresent(metric -> head.addAll(List.of(metric, "95 %", "difference")));
    head.addAll(others);
    List<List<Cell>> rows = new ArrayList<>();
    for (SliceFigures slice : output.slices().subList(0, Math.min(most, output.slices().size()))) {
      rows.add(row(slice, primary, others));
    }
    return new Table(head, rows);
  }

  private static List<Cell> row(SliceFigures slice, Optional<String> primary, List<String> others) {
    List<String> texts = new ArrayList<>();
    texts.add(slice.size().small() ? slice.slice() + " (small)" : slice.slice());
    texts.add(count(slice.size().rows()));
    slice.size().positives().ifPresent(positives -> texts.add(count(positives)));
    primary.ifPresent(
        metric -> {
          SliceFigures.Figure figure = slice.figures().get(metric);
          texts.add(FigureText.of(figure.value()));
          texts.add(figure.interval().map(FigureText::of).orElse("-"));
          texts.add(FigureText.signed(figure.difference()));
        });
    others.forEach(metric -> texts.add(FigureText.of(slice.figures().get(metric).value())));
    Cell.Mark mark = slice.size().small() ? Cell.Mark.FAINT : Cell.Mark.NONE;
    return texts.stream().map(text -> new Cell(text, mark)).toList();
  }

  private static String count(int rows) {
    return String.format(Locale.ROOT, "%,d", rows);
  }
}
