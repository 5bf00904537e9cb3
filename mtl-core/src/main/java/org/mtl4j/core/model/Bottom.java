package org.mtl4j.core.model;

import org.mtl4j.core.feature.FeatureTensors;
import org.mtl4j.core.graph.GraphContext;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * What all features of a batch go through together before an architecture sees them: crosses of
 * features, or attention between them. One for all tasks. Stateless apart from its configuration,
 * as a model is; add one by writing its config record and binding its name.
 */
public interface Bottom {
  /**
   * Adds it to the graph.
   *
   * @param scope holds its variables
   * @param features [B, width] together, by name or by group
   * @return [B, any width]
   */
  Operand<TFloating> apply(GraphContext scope, FeatureTensors features);
}
