package org.mtl4j.models.multiinput;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.schema.NumericFeature;
import org.mtl4j.core.schema.NumericTransform;
import org.mtl4j.models.ForwardTest;
import org.mtl4j.models.PlainNetwork;

class MultiInputTest extends ForwardTest {
  /**
   * Places in a row's features: tables of width 2 first, hour and tags, then those of width 4,
   * user, item and last item; then the numbers, age, and price with its indicator.
   */
  private static final Map<String, int[][]> PLACES =
      Map.of(
          "context", new int[][] {{0, 2}},
          "item", new int[][] {{2, 4}, {8, 12}, {17, 19}},
          "user", new int[][] {{4, 8}, {12, 16}, {16, 17}});

  @Override
  protected MultiTaskModel model() {
    return new MultiInput(List.of(5), List.of(10, 6), List.of(4), 0, Normalization.NONE);
  }

  /** h_t(f([g_user(x_user), g_item(x_item), g_context(x_context)])). */
  @Override
  protected Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    double[] sides =
        DoubleStream.concat(
                DoubleStream.concat(side(network, "user", x), side(network, "item", x)),
                side(network, "context", x))
            .toArray();
    double[] bottom = network.mlp("multi_input/bottom", 2, sides);
    Map<String, double[]> hidden = new LinkedHashMap<>();
    PROBLEM
        .tasks()
        .forEach(task -> hidden.put(task.name(), network.mlp("tower_" + task.name(), 1, bottom)));
    return hidden;
  }

  private static DoubleStream side(PlainNetwork network, String group, double[] x) {
    double[] own =
        Arrays.stream(PLACES.get(group))
            .flatMapToDouble(place -> Arrays.stream(x, place[0], place[1]))
            .toArray();
    return Arrays.stream(network.mlp("multi_input/" + group, 1, own));
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
