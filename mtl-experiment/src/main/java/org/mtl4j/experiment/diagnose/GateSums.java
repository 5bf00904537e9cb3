package org.mtl4j.experiment.diagnose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up what {@link GateEvidence} is made of, row by row. */
final class GateSums {
  private final String name;
  private final String task;
  private final List<String> experts;
  private final Map<String, GateSum> slices = new LinkedHashMap<>();

  /**
   * Nothing added yet.
   *
   * @param name the gate's
   * @param task whose gate it is
   * @param experts what it mixes, in the order of its weights
   */
  GateSums(String name, String task, List<String> experts) {
    this.name = name;
    this.task = task;
    this.experts = List.copyOf(experts);
  }

  /**
   * Adds a row to a slice.
   *
   * @param weights the gate's weights of many rows, row-major
   * @param row which of them
   */
  void add(String slice, float[] weights, int row) {
    slices.computeIfAbsent(slice, s -> new GateSum(experts.size())).add(weights, row);
  }

  String task() {
    return task;
  }

  List<String> experts() {
    return experts;
  }

  String name() {
    return name;
  }

  GateEvidence evidence() {
    List<GateEvidence.Slice> found = new ArrayList<>();
    slices.forEach(
        (slice, sum) ->
            found.add(new GateEvidence.Slice(slice, sum.rows(), sum.means(), sum.entropy())));
    return new GateEvidence(name, task, experts, found);
  }
}
