package org.mtl4j.core.schema;

import java.util.List;
import java.util.Optional;

/**
 * One input of a model as the user declares it: which columns, how they are read. The set is
 * closed; each kind has a fitted transform, and the transform's twin in the exported graph, in
 * {@code core.feature}.
 */
public sealed interface FeatureSpec
    permits NumberFeature,
        CategoricalFeature,
        CrossFeature,
        DatetimeFeature,
        ListFeature,
        PretrainedFeature {
  /** The feature's name; an input in the exported signature that is its own has it too. */
  String name();

  /** The source's columns that it reads, one at least. */
  List<String> columns();

  /** Whose property it is. */
  Optional<FeatureGroup> group();
}
