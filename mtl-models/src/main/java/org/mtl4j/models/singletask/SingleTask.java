package org.mtl4j.models.singletask;

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

/**
 * The baseline that shares nothing but the embedding tables: each task has a network of its own,
 * {@code y_t = head_t(MLP_t(x))}. With one task it is a plain single-task model, which is what a
 * multi-task model must beat.
 *
 * <p>x [B, width of all features] to a logit [B] a task ([B, classes] for a multiclass one).
 *
 * @param layers widths of each task's ReLU layers
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every hidden layer's sums: none, batch or layer
 */
@Summary("The baseline: a network a task, which share nothing but the embedding tables.")
public record SingleTask(
    @Default("[128, 64]") List<Integer> layers,
    @Default("0") double dropout,
    @Default("none") Normalization normalization)
    implements MultiTaskModel {
  /** Checks the keys. */
  public SingleTask {
    layers = Layers.checked("layers", layers);
    dropout = Layers.dropout(dropout);
  }

  /** A model that does not normalise. */
  public SingleTask(List<Integer> layers, double dropout) {
    this(layers, dropout, Normalization.NONE);
  }

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    TowerHeads towers = new TowerHeads(new Mlp(layers, dropout, normalization));
    return ModelOutputs.of(towers.apply(context, inputs.features().all()), Set.of());
  }
}
