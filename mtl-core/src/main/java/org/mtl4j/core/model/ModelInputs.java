package org.mtl4j.core.model;

import java.util.Map;
import org.mtl4j.core.feature.FeatureTensors;

/**
 * What a model is given.
 *
 * @param features the batch's features: all, by name, by group
 * @param supervision per output its labels, in training only; empty in inference
 */
public record ModelInputs(FeatureTensors features, Map<String, Supervision> supervision) {
  /** Copies the map. */
  public ModelInputs {
    supervision = Map.copyOf(supervision);
  }
}
