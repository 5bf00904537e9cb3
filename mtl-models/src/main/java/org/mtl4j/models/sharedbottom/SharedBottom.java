package org.mtl4j.models.sharedbottom;

import java.util.List;
import java.util.Set;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.models.component.Layers;
import org.mtl4j.models.component.TowerHeads;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Hard parameter sharing: Caruana, "Multitask learning", Machine Learning 28, 1997. One network f
 * under a tower a task, {@code y_t = head_t(h_t(f(x)))}.
 *
 * <p>x [B, width of all features] to a logit [B] a task ([B, classes] for a multiclass one). Cheap,
 * and hard to beat while tasks agree; where they conflict, use experts or separate networks.
 *
 * @param bottomLayers widths of the shared ReLU layers, at least one
 * @param towerLayers widths of each task's ReLU layers
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every hidden layer's sums: none, batch or layer
 */
@Summary("Hard parameter sharing (Caruana, 1997): one network under a tower a task.")
public record SharedBottom(
    @Default("[128, 64]") List<Integer> bottomLayers,
    @Default("[32]") List<Integer> towerLayers,
    @Default("0") double dropout,
    @Default("none") Normalization normalization)
    implements MultiTaskModel {
  /** Checks the keys. */
  public SharedBottom {
    bottomLayers = Layers.atLeastOne("bottom_layers", bottomLayers);
    towerLayers = Layers.checked("tower_layers", towerLayers);
    dropout = Layers.dropout(dropout);
  }

  /** A model that does not normalise. */
  public SharedBottom(List<Integer> bottomLayers, List<Integer> towerLayers, double dropout) {
    this(bottomLayers, towerLayers, dropout, Normalization.NONE);
  }

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    Mlp bottom = new Mlp(bottomLayers, dropout, normalization);
    Operand<TFloating> shared =
        bottom.apply(context.graph().scope("shared_bottom"), inputs.features().all());
    TowerHeads towers = new TowerHeads(new Mlp(towerLayers, dropout, normalization));
    return ModelOutputs.of(towers.apply(context, shared), Set.of("shared_bottom"));
  }
}
