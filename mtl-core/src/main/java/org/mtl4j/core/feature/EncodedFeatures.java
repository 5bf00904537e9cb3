package org.mtl4j.core.feature;

import java.util.List;

/**
 * Rows after a {@link FeaturePipeline}.
 *
 * @param rowCount n
 * @param ids per id column [n]
 * @param dense per dense input, and behind them per weight of a list's value [n]
 */
public record EncodedFeatures(int rowCount, List<int[]> ids, List<float[]> dense) {
  /** Copies the lists, not the arrays. */
  public EncodedFeatures {
    ids = List.copyOf(ids);
    dense = List.copyOf(dense);
  }
}
