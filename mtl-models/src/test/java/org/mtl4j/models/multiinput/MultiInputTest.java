package org.mtl4j.models.multiinput;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.schema.NumericFeature;
import org.mtl4j.core.schema.NumericTransform;
import org.mtl4j.models.ForwardTest;
import org.mtl4j.models.Places;
import org.mtl4j.models.PlainNetwork;

class MultiInputTest extends ForwardTest {
  @Override
  protected MultiTaskModel model() {
    return new MultiInput(List.of(5), List.of(10, 6), List.of(4), 0, Normalization.NONE);
  }

  /** h_t(f([g_user(x_user), g_item(x_item), g_context(x_context)])). */
  @Override
  protected Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    double[] sides =
        Places.join(
            side(network, FeatureGroup.USER, x),
            side(network, FeatureGroup.ITEM, x),
            side(network, FeatureGroup.CONTEXT, x));
    double[] bottom = network.mlp("multi_input/bottom", 2, sides);
    Map<String, double[]> hidden = new LinkedHashMap<>();
    PROBLEM
        .tasks()
        .forEach(task -> hidden.put(task.name(), network.mlp("tower_" + task.name(), 1, bottom)));
    return hidden;
  }

  private static double[] side(PlainNetwork network, FeatureGroup group, double[] x) {
    return network.mlp("multi_input/" + group.key(), 1, Places.of(x, group));
  }

  private static FeatureSpec feature(String name, Optional<FeatureGroup> group) {
    return new NumericFeature(name, name, group, NumericTransform.NONE, false);
  }

  @Test
  void featureWithoutAGroupIsRefusedByName() {
    List<FeatureSpec> features = new ArrayList<>();
    features.add(feature("age", Optional.of(FeatureGroup.USER)));
    features.add(feature("price", Optional.empty()));
    features.add(feature("hour", Optional.empty()));
    assertThatThrownBy(() -> model().check(features))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "multi_input: expected a group (user, item or context) of every feature,"
                + " found none of price, hour");
  }

  @Test
  void twoGroupsAreNeededAndEnough() {
    FeatureSpec age = feature("age", Optional.of(FeatureGroup.USER));
    FeatureSpec price = feature("price", Optional.of(FeatureGroup.ITEM));
    assertThatThrownBy(() -> model().check(List.of(age)))
        .hasMessage("multi_input: expected features of at least two groups, found those of [user]");
    assertThatCode(() -> model().check(List.of(age, price))).doesNotThrowAnyException();
  }
}
