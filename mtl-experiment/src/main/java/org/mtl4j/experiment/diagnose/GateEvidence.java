package org.mtl4j.experiment.diagnose;

import java.util.List;

/**
 * What a gate does.
 *
 * @param name the probe
 * @param task whose gate it is
 * @param experts what it mixes
 * @param slices all rows first, then parts of them
 */
record GateEvidence(String name, String task, List<String> experts, List<Slice> slices) {
  GateEvidence {
    experts = List.copyOf(experts);
    slices = List.copyOf(slices);
  }

  /**
   * A gate on some rows.
   *
   * @param name which rows
   * @param rows how many of them
   * @param weights per expert its mean weight
   * @param entropy the mean over the rows of the weights' entropy, as a share of that of equal
   *     weights: 0 where a row takes one expert, 1 where it takes all alike
   */
  record Slice(String name, long rows, double[] weights, double entropy) {}

  /** The gate on all rows. */
  Slice all() {
    return slices.get(0);
  }
}
