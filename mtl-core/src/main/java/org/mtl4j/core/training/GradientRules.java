package org.mtl4j.core.training;

import java.util.List;
import java.util.Optional;

/**
 * What is done to gradients between the balancing method and the optimisers.
 *
 * @param l2 terms of the loss that keep weights small
 * @param clipping how gradients are made smaller
 * @param groups variables that are trained otherwise than the rest
 * @param microBatchSize rows that are computed at a time, of which gradients are summed to those of
 *     a step's batch, at least 1; empty: all of a batch
 */
public record GradientRules(
    Optional<L2Penalty> l2,
    Optional<GradientClipping> clipping,
    List<VariableGroup> groups,
    Optional<Integer> microBatchSize) {
  /**
   * Checks the number of rows, and copies the list.
   *
   * @throws IllegalArgumentException if there would be none
   */
  public GradientRules {
    groups = List.copyOf(groups);
    if (microBatchSize.orElse(1) < 1) {
      throw new IllegalArgumentException(
          "micro_batch_size: expected at least 1, found " + microBatchSize.orElseThrow());
    }
  }

  /** Rules for batches that are computed at once. */
  public GradientRules(
      Optional<L2Penalty> l2, Optional<GradientClipping> clipping, List<VariableGroup> groups) {
    this(l2, clipping, groups, Optional.empty());
  }

  /** The same, so many rows at a time. */
  public GradientRules byPieces(int rows) {
    return new GradientRules(l2, clipping, groups, Optional.of(rows));
  }

  /** Gradients as they come. */
  public static GradientRules none() {
    return new GradientRules(Optional.empty(), Optional.empty(), List.of());
  }
}
