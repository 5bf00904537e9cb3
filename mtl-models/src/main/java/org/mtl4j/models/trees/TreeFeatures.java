package org.mtl4j.models.trees;

import java.util.List;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.FeatureSpec;

/** Which features trees can look at. */
final class TreeFeatures {
  /** Each id takes some hundred bytes while rates are counted: 2 GB. */
  private static final int MOST_BUCKETS = 20_000_000;

  private TreeFeatures() {}

  /**
   * Refuses tables of more ids than there is room to count labels for.
   *
   * @throws IllegalArgumentException naming the feature, what was expected and what was found
   */
  static void check(List<FeatureSpec> features) {
    for (FeatureSpec feature : features) {
      if (feature instanceof CategoricalFeature categorical
          && categorical.ids() instanceof CategoricalFeature.Hashed hashed
          && hashed.buckets() > MOST_BUCKETS) {
        throw new IllegalArgumentException(
            "%s.hash_buckets: expected at most %d, as trees count each; found %d"
                .formatted(feature.name(), MOST_BUCKETS, hashed.buckets()));
      }
    }
  }
}
