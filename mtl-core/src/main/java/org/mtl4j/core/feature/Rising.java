package org.mtl4j.core.feature;

import java.util.List;

/** Bounds of a number's buckets or bins. */
final class Rising {
  private Rising() {}

  /**
   * A copy of finite bounds, each above the one before it; -0 becomes 0.
   *
   * @throws IllegalArgumentException with the feature's name if they are not so
   */
  static List<Double> copy(String feature, List<Double> bounds) {
    for (int i = 0; i < bounds.size(); i++) {
      if (!Double.isFinite(bounds.get(i)) || (i > 0 && !(bounds.get(i - 1) < bounds.get(i)))) {
        throw new IllegalArgumentException(
            feature + ": expected finite bounds that rise, found " + bounds);
      }
    }
    return bounds.stream().map(bound -> bound + 0.0).toList();
  }
}
