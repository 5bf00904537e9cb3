package org.mtl4j.experiment.diagnose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.model.Probe;

/** Adds up what {@link GateEvidence} is made of, row by row. */
final class GateSums {
  private final String name;
  private final Probe.Gate gate;
  private final Map<String, Sum> slices = new LinkedHashMap<>();

  GateSums(String name, Probe.Gate gate) {
    this.name = name;
    this.gate = gate;
  }

  private static final class Sum {
    private final double[] weights;
    private double entropy;
    private long rows;

    Sum(int experts) {
      weights = new double[experts];
    }
  }

  /**
   * Adds a row to a slice.
   *
   * @param weights the gate's weights of many rows, row-major
   * @param row which of them
   */
  void add(String slice, float[] weights, int row) {
    int experts = gate.experts().size();
    Sum sum = slices.computeIfAbsent(slice, s -> new Sum(experts));
    double entropy = 0;
    for (int e = 0; e < experts; e++) {
      double weight = weights[row * experts + e];
      sum.weights[e] += weight;
      entropy -= weight > 0 ? weight * Math.log(weight) : 0;
    }
    sum.entropy += experts > 1 ? entropy / Math.log(experts) : 0;
    sum.rows++;
  }

  Probe.Gate gate() {
    return gate;
  }

  String name() {
    return name;
  }

  GateEvidence evidence() {
    List<GateEvidence.Slice> found = new ArrayList<>();
    slices.forEach(
        (slice, sum) -> {
          double[] means = sum.weights.clone();
          for (int e = 0; e < means.length; e++) {
            means[e] /= sum.rows;
          }
          found.add(new GateEvidence.Slice(slice, sum.rows, means, sum.entropy / sum.rows));
        });
    return new GateEvidence(name, gate.task(), gate.experts(), found);
  }
}
