package org.mtl4j.core.training;

import java.util.List;

/**
 * A state of a run that no other one dominates.
 *
 * @param step steps taken until then
 * @param epoch epochs finished until then
 * @param figures a figure a goal, all finite
 * @param kept whether its checkpoint is there; of one that is not, the figures still count
 */
public record FrontState(long step, int epoch, List<Double> figures, boolean kept) {
  /** Copies the list. */
  public FrontState {
    figures = List.copyOf(figures);
  }

  /** The same with its figures alone. */
  FrontState dropped() {
    return new FrontState(step, epoch, figures, false);
  }
}
