package org.mtl4j.core.feature;

import org.mtl4j.core.schema.FeatureSpec;

/**
 * A feature and what was learnt of it from the training split. Each kind says in plain Java what a
 * raw value becomes; {@link ServingTransforms} says the same in a graph.
 */
public sealed interface FittedFeature permits FittedNumeric, FittedCategorical, FittedList {
  /** What the user declared. */
  FeatureSpec spec();

  /** The feature's name. */
  default String name() {
    return spec().name();
  }

  /** Values that a model sees of it, side by side in its input. */
  int width();
}
