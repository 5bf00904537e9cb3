package org.mtl4j.eval.fairness;

import java.util.Optional;
import org.mtl4j.eval.interval.Interval;

/**
 * How much more one protected group has than another.
 *
 * @param less the group that has less
 * @param more the group that has more
 * @param value the difference of their ratios, at least 0
 * @param interval of 95 %; empty where there is none to give
 */
public record Gap(String less, String more, double value, Optional<Interval> interval) {}
