package org.mtl4j.models.mlp;

import java.util.List;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.feature.FeatureTensors;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.Bottom;
import org.mtl4j.models.component.Layers;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Fully connected ReLU layers over all features side by side. x [B, width of all features] to [B,
 * last width].
 *
 * @param layers widths, at least one
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every layer's sums: none, batch or layer
 */
@Summary("Fully connected layers over all features.")
public record MlpBottom(
    @Default("[128]") List<Integer> layers,
    @Default("0") double dropout,
    @Default("none") Normalization normalization)
    implements Bottom {
  /**
   * Checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public MlpBottom {
    layers = Layers.atLeastOne("layers", layers);
    dropout = Layers.dropout(dropout);
  }

  @Override
  public Operand<TFloating> apply(GraphContext scope, FeatureTensors features) {
    return new Mlp(layers, dropout, normalization).apply(scope, features.all());
  }
}
