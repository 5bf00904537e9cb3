package org.mtl4j.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.feature.FittedList;
import org.mtl4j.core.feature.FittedNumeric;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.ListRule;
import org.mtl4j.core.schema.MultiCategoricalFeature;
import org.mtl4j.core.schema.NumericFeature;
import org.mtl4j.core.schema.NumericTransform;
import org.mtl4j.core.schema.Pooling;
import org.mtl4j.core.schema.Vocabulary;

/** The features of the {@link SmallProblem}. */
final class SmallFeatures {
  /** Ids of a tag. */
  static final int TAGS = 6;

  /** Tags of an item, at most. */
  static final int MOST_TAGS = 3;

  private static final int USERS = 11;
  private static final int ITEMS = 8;
  private static final int HOURS = 5;

  private SmallFeatures() {}

  /** All ids by hashing. */
  static List<FittedFeature> hashed() {
    return List.of(
        categorical("user", FeatureGroup.USER, "user", 4, USERS),
        categorical("hour", FeatureGroup.CONTEXT, "hour", 2, HOURS),
        numeric("age", FeatureGroup.USER, false),
        categorical("item", FeatureGroup.ITEM, "item", 4, ITEMS),
        categorical("last_item", FeatureGroup.USER, "item", 4, ITEMS),
        numeric("price", FeatureGroup.ITEM, true),
        tags());
  }

  /** The hour by a vocabulary, with as many ids. */
  static List<FittedFeature> learntHours() {
    List<FittedFeature> features = new ArrayList<>(hashed());
    CategoricalFeature hour =
        new CategoricalFeature(
            "hour",
            "hour",
            Optional.of(FeatureGroup.CONTEXT),
            "hour",
            2,
            new CategoricalFeature.Learnt(1));
    Vocabulary hours = new Vocabulary(List.of("hour1", "hour2", "hour3"));
    features.set(1, new FittedCategorical(hour, Optional.of(hours)));
    return features;
  }

  private static FittedFeature tags() {
    CategoricalFeature tag =
        new CategoricalFeature(
            "tags",
            "tags",
            Optional.of(FeatureGroup.ITEM),
            "tag",
            2,
            new CategoricalFeature.Hashed(TAGS - 1));
    return new FittedList(
        new MultiCategoricalFeature(
            tag, new ListRule("|", MOST_TAGS, ListRule.Keep.FIRST), Pooling.MEAN),
        new FittedCategorical(tag, Optional.empty()),
        MOST_TAGS);
  }

  private static FittedFeature categorical(
      String name, FeatureGroup group, String table, int dim, int ids) {
    return new FittedCategorical(
        new CategoricalFeature(
            name, name, Optional.of(group), table, dim, new CategoricalFeature.Hashed(ids - 1)),
        Optional.empty());
  }

  private static FittedFeature numeric(String name, FeatureGroup group, boolean indicator) {
    return new FittedNumeric(
        new NumericFeature(name, name, Optional.of(group), NumericTransform.NONE, indicator),
        0,
        0,
        1);
  }
}
