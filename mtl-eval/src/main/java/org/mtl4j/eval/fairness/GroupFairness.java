package org.mtl4j.eval.fairness;

import java.util.Optional;
import java.util.OptionalDouble;
import org.mtl4j.eval.interval.Interval;

/**
 * A protected group by one criterion.
 *
 * @param group its name
 * @param size what it rests on
 * @param amount what the group has: its mean share of exposure; or the example weight of its
 *     positives that are predicted positive
 * @param reference what that is divided by: its mean share of candidates or of relevance; or the
 *     example weight of its positives
 * @param ratio of the two, with its interval
 */
public record GroupFairness(String group, Size size, double amount, double reference, Ratio ratio) {
  /**
   * How much a group's figure rests on.
   *
   * @param count rankings with a row (by relevance: a positive) of the group; or positives
   * @param small whether they are too few to say anything
   */
  public record Size(int count, boolean small) {}

  /**
   * A ratio.
   *
   * @param value empty where the reference is 0
   * @param interval of 95 %; empty where there is none to give
   */
  public record Ratio(OptionalDouble value, Optional<Interval> interval) {}
}
