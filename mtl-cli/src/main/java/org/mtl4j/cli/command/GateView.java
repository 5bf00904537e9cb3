package org.mtl4j.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.experiment.diagnose.SlicedGate;
import org.mtl4j.experiment.diagnose.SlicedGateTable;

/** Gates slice by slice as lines: a table a gate, the slice first that differs most. */
final class GateView {
  private GateView() {}

  static List<String> lines(List<SlicedGate> gates) {
    List<String> lines = new ArrayList<>();
    for (SlicedGate gate : gates) {
      lines.add("");
      lines.add(gate.gate() + " by " + gate.by() + ":");
      lines.addAll(TableFormat.TABLE.lines(List.of(SlicedGateTable.of(gate))));
    }
    return lines;
  }
}
