package org.mtl4j.core.training;

/**
 * Where a run stands as it takes a step.
 *
 * @param step number of the step, from 1
 * @param epoch epochs finished before it
 * @param rate by what both optimisers' learning rates are multiplied; without a schedule it is not
 *     looked at
 */
public record Pace(long step, int epoch, double rate) {
  /** A step of the first epoch, at the learning rates as configured. */
  public static Pace of(long step) {
    return new Pace(step, 0, 1);
  }
}
