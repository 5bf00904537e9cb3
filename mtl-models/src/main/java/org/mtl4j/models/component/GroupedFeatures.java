package org.mtl4j.models.component;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.feature.FeatureTensors;
import org.mtl4j.core.graph.WideOps;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.FeatureSpec;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The features of some groups, which a model treats otherwise than the rest.
 *
 * @param key the model's key that names the groups
 * @param groups at least one, all different
 */
public record GroupedFeatures(String key, List<FeatureGroup> groups) {
  /**
   * Copies and checks.
   *
   * @throws IllegalArgumentException if there is no group, or one twice
   */
  public GroupedFeatures {
    groups = List.copyOf(groups);
    if (groups.isEmpty() || Set.copyOf(groups).size() != groups.size()) {
      throw new IllegalArgumentException(
          "%s: expected at least one group and none twice, found %s"
              .formatted(key, groups.stream().map(FeatureGroup::key).toList()));
    }
  }

  /**
   * Asks for a feature of each group.
   *
   * @param model who asks, for the message
   * @throws IllegalArgumentException naming the groups that no feature has
   */
  public void check(String model, List<FeatureSpec> features) {
    List<String> missing =
        groups.stream()
            .filter(group -> features.stream().noneMatch(f -> f.group().equals(Optional.of(group))))
            .map(FeatureGroup::key)
            .toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: expected a feature of each group in %s, found none of the group %s"
              .formatted(model, key, String.join(", ", missing)));
    }
  }

  /** The groups' features side by side, group by group: [B, their widths]. */
  public Operand<TFloating> of(Ops tf, FeatureTensors features) {
    return WideOps.concat(tf, groups.stream().map(features::group).toList(), 1);
  }
}
