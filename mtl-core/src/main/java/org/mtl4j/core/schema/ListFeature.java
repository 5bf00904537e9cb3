package org.mtl4j.core.schema;

import java.util.List;
import java.util.Optional;

/** Several values in one text, each looked up in an embedding table. */
public sealed interface ListFeature extends FeatureSpec
    permits MultiCategoricalFeature, SequenceFeature, TextFeature {
  /** The feature, and how one value becomes a row of which table. */
  CategoricalFeature value();

  /** How the text becomes values. */
  TokenRule list();

  /** How a value carries a weight, if it does. */
  default Optional<WeightRule> weight() {
    return Optional.empty();
  }

  @Override
  default String name() {
    return value().name();
  }

  /** The source's column of the text. */
  default String column() {
    return value().column();
  }

  @Override
  default List<String> columns() {
    return List.of(column());
  }

  @Override
  default Optional<FeatureGroup> group() {
    return value().group();
  }
}
