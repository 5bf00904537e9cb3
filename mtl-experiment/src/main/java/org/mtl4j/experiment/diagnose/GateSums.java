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
  private final Map<String, Sum> slices = new LinkedHashMap<>();

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
    int count = experts.size();
    Sum sum = slices.computeIfAbsent(slice, s -> new Sum(count));
    double entropy = 0;
    for (int e = 0; e < count; e++) {
      double weight = weights[row * count + e];
      sum.weights[e] += weight;
      entropy -= weight > 0 ? weight * Math.log(weight) : 0;
    }
    sum.entropy += count > 1 ? entropy / Math.log(count) : 0;
    sum.rows++;
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
        (slice, sum) -> {
          double[] means = sum.weights.clone();
          for (int e = 0; e < means.length; e++) {
            means[e] /= sum.rows;
          }
          found.add(new GateEvidence.Slice(slice, sum.rows, means, sum.entropy / sum.rows));
        });
    return new GateEvidence(name, task, experts, found);
  }
}
