package org.mtl4j.models.sharedembedding;

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
 * Sharing at the very bottom: embedding tables that all tasks train, and a tower a task. It is the
 * part of ESMM that needs no funnel (Ma and others, "Entire space multi-task model", SIGIR 2018,
 * where it carries a conversion rate with few labels by the many of the click rate):
 *
 * <pre>
 * y_t = head_t(h_t(e(x)))
 * </pre>
 *
 * <p>e(x) [B, width of all features] to a logit [B] a task ([B, classes] for a multiclass one).
 * Towers and heads are drawn apart, Glorot uniform; no probes.
 *
 * <p>Tables belong to the features here, and so to all tasks of an experiment, whatever the model:
 * with several tasks {@code single_task} is this network, under the name of a baseline and with
 * {@code layers} for {@code tower_layers}. What shares not even tables is a run for each task
 * alone, with which {@code mtl doctor} compares. Use it where ids carry most of what there is to
 * learn; where features are few and dense it shares nothing.
 *
 * @param towerLayers widths of each task's ReLU layers, at least one
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every hidden layer's sums: none, batch or layer
 */
@Summary("Shared embedding tables under a tower a task (as in ESMM: Ma and others, SIGIR 2018).")
public record SharedEmbedding(
    @Default("[128, 64]") List<Integer> towerLayers,
    @Default("0") double dropout,
    @Default("none") Normalization normalization)
    implements MultiTaskModel {
  /**
   * Checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public SharedEmbedding {
    towerLayers = Layers.atLeastOne("tower_layers", towerLayers);
    dropout = Layers.dropout(dropout);
  }

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    TowerHeads towers = new TowerHeads(new Mlp(towerLayers, dropout, normalization));
    return ModelOutputs.of(towers.apply(context, inputs.features().all()), Set.of());
  }
}
