package org.mtl4j.core.feature;

import java.util.List;
import java.util.Optional;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.NumericFeature;
import org.mtl4j.core.schema.NumericTransform;
import org.mtl4j.core.schema.Vocabulary;

/** Fitted features in one line each; column and feature have the same name. */
final class TestFeatures {
  private TestFeatures() {}

  /** A feature of an item with a learnt vocabulary. */
  static FittedCategorical learnt(String name, String table, int dim, String... tokens) {
    return new FittedCategorical(
        new CategoricalFeature(
            name,
            name,
            Optional.of(FeatureGroup.ITEM),
            table,
            dim,
            new CategoricalFeature.Learnt(1)),
        Optional.of(new Vocabulary(List.of(tokens))));
  }

  /** A hashed feature of a user. */
  static FittedCategorical hashed(String name, String table, int dim, int buckets) {
    return new FittedCategorical(
        new CategoricalFeature(
            name,
            name,
            Optional.of(FeatureGroup.USER),
            table,
            dim,
            new CategoricalFeature.Hashed(buckets)),
        Optional.empty());
  }

  /** A number without a group, missing values being 2. */
  static FittedNumeric numeric(
      String name, NumericTransform transform, boolean indicator, float shift, float scale) {
    NumericFeature spec = new NumericFeature(name, name, Optional.empty(), transform, indicator);
    return new FittedNumeric(spec, 2, shift, scale);
  }
}
