package org.mtl4j.core.schema;

import java.util.Optional;

/**
 * One input of a model as the user declares it: which column, how it is read. The set is closed;
 * each kind has a fitted transform, and the transform's twin in the exported graph, in {@code
 * core.feature}.
 */
public sealed interface FeatureSpec permits NumericFeature, CategoricalFeature, ListFeature {
  /** The feature's name: its input in the exported signature. */
  String name();

  /** The source's column; by default the name. */
  String column();

  /** Whose property it is. */
  Optional<FeatureGroup> group();
}
