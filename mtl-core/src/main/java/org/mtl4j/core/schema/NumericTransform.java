package org.mtl4j.core.schema;

/**
 * How a number is scaled before a model sees it. A missing value becomes the training mean first.
 */
public enum NumericTransform {
  /** As it is. */
  NONE,
  /** Minus the training mean, divided by the training standard deviation. */
  STANDARDIZE,
  /** To 0 for the smallest and 1 for the largest training value; values beyond go beyond. */
  MINMAX,
  /** sign(x) log(1 + |x|), then standardised: for counts, prices and durations. */
  LOG1P
}
