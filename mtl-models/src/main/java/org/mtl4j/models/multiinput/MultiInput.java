package org.mtl4j.models.multiinput;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.models.component.Layers;
import org.mtl4j.models.component.TowerHeads;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Several inputs into a shared bottom: the features of the user, of the item and of the context
 * each go through layers of their own, and what these make of them, side by side, through layers
 * that all tasks share (the bottom is Caruana's, "Multitask learning", Machine Learning 28, 1997;
 * inputs apart are common in recommenders, Covington and others, "Deep neural networks for YouTube
 * recommendations", RecSys 2016, among them):
 *
 * <pre>
 * y_t = head_t(h_t(f([g_user(x_user), g_item(x_item), g_context(x_context)])))
 * </pre>
 *
 * <p>x_G [B, width of the group's features] to a logit [B] a task ([B, classes] for a multiclass
 * one). Scopes {@code multi_input/user}, {@code item}, {@code context} and {@code bottom}, all of
 * them shared; layers Glorot uniform; no probes. Groups that no feature has are left out, but two
 * at least must be there, and each feature needs its {@code group}.
 *
 * <p>Use it where one side has many features and another few: every group gets a vector of the same
 * width to say what it has to say. What user and item say only together is for the bottom.
 *
 * @param groupLayers widths of each group's ReLU layers, at least one
 * @param bottomLayers widths of the shared ReLU layers, at least one
 * @param towerLayers widths of each task's ReLU layers; none: heads sit on the bottom
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every hidden layer's sums: none, batch or layer
 */
@Summary(
    "Multi-input network (after Caruana, 1997): layers a group of features under a shared bottom.")
public record MultiInput(
    @Default("[64]") List<Integer> groupLayers,
    @Default("[256, 128]") List<Integer> bottomLayers,
    @Default("[]") List<Integer> towerLayers,
    @Default("0") double dropout,
    @Default("none") Normalization normalization)
    implements MultiTaskModel {
  private static final int LEAST_GROUPS = 2;

  /**
   * Checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public MultiInput {
    groupLayers = Layers.atLeastOne("group_layers", groupLayers);
    bottomLayers = Layers.atLeastOne("bottom_layers", bottomLayers);
    towerLayers = Layers.checked("tower_layers", towerLayers);
    dropout = Layers.dropout(dropout);
  }

  @Override
  public void check(List<FeatureSpec> features) {
    List<String> without =
        features.stream().filter(f -> f.group().isEmpty()).map(FeatureSpec::name).toList();
    if (!without.isEmpty()) {
      throw new IllegalArgumentException(
          "multi_input: expected a group (user, item or context) of every feature, found none of "
              + String.join(", ", without));
    }
    List<FeatureGroup> groups = groups(features);
    if (groups.size() < LEAST_GROUPS) {
      throw new IllegalArgumentException(
          "multi_input: expected features of at least two groups, found those of "
              + groups.stream().map(FeatureGroup::key).toList());
    }
  }

  @Override
  public boolean takesAllFeatures() {
    return false;
  }

  private static List<FeatureGroup> groups(List<FeatureSpec> features) {
    return features.stream().flatMap(f -> f.group().stream()).distinct().sorted().toList();
  }

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    List<FeatureSpec> features = inputs.features().specs();
    check(features);
    GraphContext scope = context.graph().scope("multi_input");
    Mlp own = new Mlp(groupLayers, dropout, normalization);
    List<Operand<TFloating>> parts = new ArrayList<>();
    for (FeatureGroup group : groups(features)) {
      parts.add(own.apply(scope.scope(group.key()), inputs.features().group(group)));
    }
    Mlp bottom = new Mlp(bottomLayers, dropout, normalization);
    Operand<TFloating> shared =
        bottom.apply(scope.scope("bottom"), scope.tf().concat(parts, scope.tf().constant(1)));
    TowerHeads towers = new TowerHeads(new Mlp(towerLayers, dropout, normalization));
    return ModelOutputs.of(towers.apply(context, shared), Set.of("multi_input"));
  }
}
