package org.mtl4j.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.eval.slice.SlicedFigures;
import org.mtl4j.eval.slice.SlicedOutput;
import org.mtl4j.experiment.slice.SliceTable;

/** Slices as lines: a table an output, the worst slice first. */
final class SliceView {
  private SliceView() {}

  static List<String> lines(List<SlicedFigures> slices) {
    List<String> lines = new ArrayList<>();
    for (SlicedFigures sliced : slices) {
      for (SlicedOutput output : sliced.outputs()) {
        lines.add("");
        lines.add(output.output() + " by " + sliced.name() + ":");
        lines.addAll(TableFormat.TABLE.lines(List.of(SliceTable.of(output, SliceTable.SHOWN))));
      }
    }
    return lines;
  }
}
