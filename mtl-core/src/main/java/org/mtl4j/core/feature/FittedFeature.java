package org.mtl4j.core.feature;

import java.util.List;
import org.mtl4j.core.schema.FeatureSpec;

/**
 * A feature and what was learnt of it from the training split. Each kind says in plain Java what a
 * raw value becomes; {@link ServingTransforms} says the same in a graph.
 */
public sealed interface FittedFeature permits FittedIds, FittedList, FittedNumbers {
  /** What the user declared. */
  FeatureSpec spec();

  /** The feature's name. */
  default String name() {
    return spec().name();
  }

  /** The raw inputs that are its own; a feature may read those of others, too. */
  List<RawInput> inputs();

  /** Values that a model sees of it, side by side in its input. */
  int width();
}
