package org.mtl4j.models.trees;

import java.util.List;
import java.util.Optional;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.CrossFeature;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.schema.MultiCategoricalFeature;
import org.mtl4j.core.schema.SequenceFeature;
import org.mtl4j.core.schema.TextFeature;

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
      values(feature)
          .filter(value -> value.ids() instanceof CategoricalFeature.Hashed)
          .ifPresent(value -> check(feature.name(), (CategoricalFeature.Hashed) value.ids()));
    }
  }

  private static void check(String feature, CategoricalFeature.Hashed hashed) {
    if (hashed.buckets() > MOST_BUCKETS) {
      throw new IllegalArgumentException(
          "%s.hash_buckets: expected at most %d, as trees count each; found %d"
              .formatted(feature, MOST_BUCKETS, hashed.buckets()));
    }
  }

  /** What a feature's ids stand for, one a row or several. */
  private static Optional<CategoricalFeature> values(FeatureSpec feature) {
    if (feature instanceof CategoricalFeature one) {
      return Optional.of(one);
    }
    if (feature instanceof CrossFeature cross) {
      return Optional.of(cross.value());
    }
    if (feature instanceof MultiCategoricalFeature list) {
      return Optional.of(list.value());
    }
    if (feature instanceof SequenceFeature sequence) {
      return Optional.of(sequence.value());
    }
    return feature instanceof TextFeature text ? Optional.of(text.value()) : Optional.empty();
  }
}
