package org.mtl4j.models.mtan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.graph.Activation;
import org.mtl4j.core.graph.Dense;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.component.Layers;
import org.mtl4j.models.component.TowerHeads;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * The multi-task attention network: Liu, Johns and Davison, "End-to-end multi-task learning with
 * attention", CVPR 2019, on fully connected layers. Beside one shared network each task has an
 * attention module a layer, which masks the shared features unit by unit:
 *
 * <pre>
 * p_j = relu(W_j p_(j-1)),   p_0 = x
 * a_(t,j) = sigmoid(V_(t,j) relu(U_(t,j) [p_j, h_(t,j-1)])),   without h in the first layer
 * h_(t,j) = a_(t,j) * p_j
 * y_t = head_t(tower_t(h_(t,last)))
 * </pre>
 *
 * <p>x [B, width of all features] to a logit [B] a task ([B, classes] for a multiclass one). In the
 * paper modules are convolutions, and one more of them shapes h for the next layer; here U does so.
 * Kernels are Glorot uniform and biases 0, so that masks begin around a half. Take it where tasks
 * look at different parts of the same features; a module costs less than an expert.
 *
 * @param layers widths of the shared ReLU layers, at least one
 * @param attentionUnits width of a module's hidden layer, 1 to 1,048,576
 * @param towerLayers widths of each task's ReLU layers
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every hidden layer's sums: none, batch or layer
 */
@Summary("MTAN (Liu and others, CVPR 2019): one network, whose features each task masks.")
public record Mtan(
    @Default("[128, 64]") List<Integer> layers,
    @Default("32") int attentionUnits,
    @Default("[16]") List<Integer> towerLayers,
    @Default("0") double dropout,
    @Default("none") Normalization normalization)
    implements MultiTaskModel {
  /**
   * Checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public Mtan {
    layers = Layers.atLeastOne("layers", layers);
    Layers.checked("attention_units", List.of(attentionUnits));
    towerLayers = Layers.checked("tower_layers", towerLayers);
    dropout = Layers.dropout(dropout);
  }

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    GraphContext scope = context.graph().scope("mtan");
    Operand<TFloating> shared = inputs.features().all();
    Map<String, Operand<TFloating>> attended = new LinkedHashMap<>();
    for (int j = 1; j <= layers.size(); j++) {
      GraphContext layer = scope.scope("shared").scope("dense_" + j);
      Dense dense = new Dense(layers.get(j - 1), Activation.RELU, normalization);
      shared = layer.dropout(dense.apply(layer, shared), dropout);
      for (FittedTask task : context.tasks()) {
        GraphContext module = scope.scope("attention_" + task.name()).scope("layer_" + j);
        Operand<TFloating> mask = mask(module, shared, attended.get(task.name()));
        attended.put(task.name(), module.tf().math.mul(mask, shared));
      }
    }
    TowerHeads towers = new TowerHeads(new Mlp(towerLayers, dropout, normalization));
    return ModelOutputs.of(
        towers.apply(context, task -> attended.get(task.name())), Set.of("mtan/shared"));
  }

  /** A task's mask of a layer: of the shared features' shape, in (0, 1). */
  private Operand<TFloating> mask(
      GraphContext scope, Operand<TFloating> shared, Operand<TFloating> below) {
    Operand<TFloating> both =
        below == null ? shared : scope.tf().concat(List.of(shared, below), scope.tf().constant(1));
    Operand<TFloating> hidden =
        new Mlp(List.of(attentionUnits), dropout, normalization).apply(scope, both);
    int width = GraphContext.width(shared);
    Dense last = new Dense(width, Activation.LINEAR);
    return scope.tf().math.sigmoid(last.apply(scope.scope("mask"), hidden));
  }
}
