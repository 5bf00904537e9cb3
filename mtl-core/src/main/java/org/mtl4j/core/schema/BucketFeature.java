package org.mtl4j.core.schema;

import java.util.Optional;

/**
 * A number as the bucket that it falls into, each an id of an embedding table of the feature's own.
 * Buckets end at quantiles of the training values, so that each has about as many of them.
 *
 * @param name the feature's name, and its table's
 * @param column the source's column
 * @param group whose property it is
 * @param buckets how many; fewer where quantiles are equal
 * @param dim width of a row of the table
 */
public record BucketFeature(
    String name, String column, Optional<FeatureGroup> group, int buckets, int dim)
    implements NumberFeature {
  /** More are ids: a categorical feature's. */
  public static final int MOST_BUCKETS = 65_536;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public BucketFeature {
    if (buckets < 2 || buckets > MOST_BUCKETS) {
      throw new IllegalArgumentException(
          "buckets: expected 2 to " + MOST_BUCKETS + ", found " + buckets);
    }
    if (dim < 1) {
      throw new IllegalArgumentException("dim: expected at least 1, found " + dim);
    }
  }
}
