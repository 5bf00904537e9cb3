package org.mtl4j.core.training;

import java.util.List;
import java.util.Optional;

/**
 * What is done to gradients between the balancing method and the optimisers.
 *
 * @param l2 terms of the loss that keep weights small
 * @param clipping how gradients are made smaller
 * @param groups variables that are trained otherwise than the rest
 */
public record GradientRules(
    Optional<L2Penalty> l2, Optional<GradientClipping> clipping, List<VariableGroup> groups) {
  /** Copies the list. */
  public GradientRules {
    groups = List.copyOf(groups);
  }

  /** Gradients as they come. */
  public static GradientRules none() {
    return new GradientRules(Optional.empty(), Optional.empty(), List.of());
  }
}
