package org.mtl4j.core.schema;

import java.util.Optional;

/**
 * A number as a vector that says of each bin how far the number has come through it: 1 for the bins
 * below it, 0 for those above, the share of the way in its own. Bins end at quantiles of the
 * training values. Gorishniy, Rubachev and Babenko, "On Embeddings for Numerical Features in
 * Tabular Deep Learning", NeurIPS 2022 (arXiv 2203.05556), section 3.2.
 *
 * @param name the feature's name
 * @param column the source's column
 * @param group whose property it is
 * @param bins how many; fewer where quantiles are equal
 * @param indicator whether one more input says that the value was missing
 */
public record PiecewiseLinearFeature(
    String name, String column, Optional<FeatureGroup> group, int bins, boolean indicator)
    implements NumberFeature {
  /** A model's input is that much wider. */
  public static final int MOST_BINS = 1024;

  /**
   * Checks the number of bins.
   *
   * @throws IllegalArgumentException if it is out of its range
   */
  public PiecewiseLinearFeature {
    if (bins < 1 || bins > MOST_BINS) {
      throw new IllegalArgumentException("bins: expected 1 to " + MOST_BINS + ", found " + bins);
    }
  }
}
