package org.mtl4j.core.schema;

import java.util.Optional;

/** Several values in one text, each looked up in an embedding table. */
public sealed interface ListFeature extends FeatureSpec
    permits MultiCategoricalFeature, SequenceFeature {
  /** The feature, and how one value becomes a row of which table. */
  CategoricalFeature value();

  /** How the text becomes values. */
  ListRule list();

  @Override
  default String name() {
    return value().name();
  }

  @Override
  default String column() {
    return value().column();
  }

  @Override
  default Optional<FeatureGroup> group() {
    return value().group();
  }
}
