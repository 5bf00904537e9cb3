package org.mtl4j.models.poso;

import java.util.List;
import java.util.Set;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.head.TaskHead;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.models.component.GroupedFeatures;
import org.mtl4j.models.component.Layers;
import org.mtl4j.models.component.ScaledMlp;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Personalised modules: Dai and others, "POSO: personalized cold start modules for large-scale
 * recommender systems", arXiv 2108.04690, 2021. Every module stands for many, of which a gate over
 * the features that say who somebody is takes some: few but telling features, whether a user is new
 * say, are not drowned by the others. Of a layer's modules one is a unit, which is the paper's
 * version for an MLP:
 *
 * <pre>
 * h_l = C sigmoid(g_l(x_pc)) * relu(W_l h_(l-1) + b_l),   C = 2
 * </pre>
 *
 * <p>Personalised are all hidden layers of a shared bottom and of each task's tower, each by a gate
 * of its own; heads are plain. g_l is a ReLU layer and a linear one, as in the paper; C makes the
 * sigmoid's half 1, so that a gate that says nothing leaves {@code shared_bottom} as it is. The
 * paper's versions for attention and for mixtures of experts are not here.
 *
 * <p>x [B, width of all features], x_pc [B, width of the groups' features], part of x, to a logit
 * [B] a task ([B, classes] for a multiclass one). Scope {@code poso} with {@code dense_L} and
 * {@code gate_L}, shared; {@code tower_TASK} likewise. Glorot uniform; no probes, for these gates
 * scale units and choose among no experts. Use it where some users behave unlike the rest and are
 * few: new ones, sellers. Where a group of users is large, the bottom learns it without gates.
 *
 * @param gateGroups whose features the gates are made of: user, item, context
 * @param gateLayers widths of each gate's ReLU layers; none: linear
 * @param bottomLayers widths of the shared ReLU layers, at least one
 * @param towerLayers widths of each task's ReLU layers
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every hidden layer's sums: none, batch or layer
 */
@Summary("POSO (Dai and others, 2021): a shared bottom's units masked by who the user is.")
public record Poso(
    @Default("[user]") List<FeatureGroup> gateGroups,
    @Default("[32]") List<Integer> gateLayers,
    @Default("[128, 64]") List<Integer> bottomLayers,
    @Default("[32]") List<Integer> towerLayers,
    @Default("0") double dropout,
    @Default("none") Normalization normalization)
    implements MultiTaskModel {
  /**
   * Checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public Poso {
    gateGroups = new GroupedFeatures("gate_groups", gateGroups).groups();
    gateLayers = Layers.checked("gate_layers", gateLayers);
    bottomLayers = Layers.atLeastOne("bottom_layers", bottomLayers);
    towerLayers = Layers.checked("tower_layers", towerLayers);
    dropout = Layers.dropout(dropout);
  }

  @Override
  public void check(List<FeatureSpec> features) {
    new GroupedFeatures("gate_groups", gateGroups).check("poso", features);
  }

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    check(inputs.features().specs());
    GraphContext root = context.graph();
    Operand<TFloating> who =
        new GroupedFeatures("gate_groups", gateGroups)
            .of(root.scope("poso").tf(), inputs.features());
    Operand<TFloating> shared =
        scaled(bottomLayers).apply(root.scope("poso"), inputs.features().all(), who);
    List<OutputTensor> logits =
        context.tasks().stream()
            .<OutputTensor>map(
                task -> {
                  GraphContext tower = root.scope("tower_" + task.name());
                  return TaskHead.logit(root, task, scaled(towerLayers).apply(tower, shared, who));
                })
            .toList();
    return ModelOutputs.of(logits, Set.of("poso"));
  }

  private ScaledMlp scaled(List<Integer> layers) {
    return new ScaledMlp(
        new Mlp(layers, dropout, normalization), new Mlp(gateLayers, dropout, normalization));
  }
}
