package org.mtl4j.experiment.diagnose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mtl4j.eval.report.Axis;
import org.mtl4j.eval.report.Chart;
import org.mtl4j.eval.report.Element;
import org.mtl4j.eval.report.HeatMap;
import org.mtl4j.eval.report.Paragraph;
import org.mtl4j.eval.report.Table;
import org.mtl4j.eval.slice.SliceMeasure;
import org.mtl4j.experiment.slice.SliceTable;

/** Gates and experts, to look at. */
final class GatePlots {
  private GatePlots() {}

  /** A map for all gates of the same experts, and how decided each of them is. */
  static List<Element> gates(List<GateEvidence> gates) {
    Map<List<String>, List<HeatMap.Row>> maps = new LinkedHashMap<>();
    List<List<Table.Cell>> entropies = new ArrayList<>();
    for (GateEvidence gate : gates) {
      for (GateEvidence.Slice slice : gate.slices()) {
        maps.computeIfAbsent(gate.experts(), e -> new ArrayList<>())
            .add(new HeatMap.Row(gate.name() + ", " + slice.name(), list(slice.weights())));
        entropies.add(
            Table.row(
                gate.name(),
                slice.name(),
                String.format(Locale.ROOT, "%,d", slice.rows()),
                Words.percent(slice.entropy())));
      }
    }
    List<Element> elements = new ArrayList<>();
    maps.forEach((experts, rows) -> elements.add(map(experts, rows)));
    elements.add(new Table(List.of("gate", "rows", "number", "entropy"), entropies));
    return elements;
  }

  private static Chart map(List<String> experts, List<HeatMap.Row> rows) {
    return new HeatMap(
        new Chart.Caption(
            "Gate weights",
            "Mean weights of training rows. Entropy: 0 % where each row takes one expert, 100 % where it takes all alike."),
        experts,
        rows,
        new Axis.Range(0, 1));
  }

  /** What rows are parted by: a map and a table a gate, whose rows are the slices alone. */
  static List<Element> sliced(List<SlicedGate> gates) {
    List<Element> elements = new ArrayList<>();
    for (SlicedGate gate : gates) {
      List<HeatMap.Row> rows =
          gate.slices().stream()
              .limit(SliceTable.SHOWN)
              .map(s -> new HeatMap.Row(SlicedGateTable.name(s), s.weights()))
              .toList();
      elements.add(
          new HeatMap(
              new Chart.Caption(
                  gate.gate() + " by " + gate.by(),
                  "Mean weights of the rows that the run is measured on; the slice first that differs most from the other rows."),
              gate.experts(),
              rows,
              new Axis.Range(0, 1)));
      elements.add(SlicedGateTable.of(gate));
    }
    if (gates.stream().anyMatch(gate -> gate.slices().size() > SliceTable.SHOWN)) {
      elements.add(
          Paragraph.aside(
              "Of a gate %d slices are shown; mtl diagnose --json has all."
                  .formatted(SliceTable.SHOWN)));
    }
    elements.add(
        Paragraph.aside(
            "Elsewhere: the share of the weight that lies on other experts than with all other rows; by chance: where rows are dealt out to slices at random. p-values are corrected for all gates and slices. Small slices, of fewer than %d groups (rows where there are no groups), come last."
                .formatted(SliceMeasure.LEAST)));
    return elements;
  }

  static Chart experts(ExpertEvidence experts) {
    List<HeatMap.Row> rows = new ArrayList<>();
    for (int e = 0; e < experts.names().size(); e++) {
      rows.add(new HeatMap.Row(experts.names().get(e), list(experts.correlations()[e])));
    }
    return new HeatMap(
        new Chart.Caption(
            "How alike experts are",
            "The correlation of two experts' outputs, unit by unit, as a gate adds them: near 1 one of the two would do."),
        experts.names(),
        rows,
        new Axis.Range(-1, 1));
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
