package org.mtl4j.models.component;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.schema.NumericFeature;
import org.mtl4j.core.schema.NumericTransform;

class GroupedFeaturesTest {
  private static final GroupedFeatures BOTH =
      new GroupedFeatures("gate_groups", List.of(FeatureGroup.USER, FeatureGroup.CONTEXT));

  private static FeatureSpec feature(String name, Optional<FeatureGroup> group) {
    return new NumericFeature(name, name, group, NumericTransform.NONE, false);
  }

  @Test
  void groupsThatNoFeatureHasAreNamed() {
    FeatureSpec age = feature("age", Optional.of(FeatureGroup.USER));
    FeatureSpec price = feature("price", Optional.empty());
    FeatureSpec hour = feature("hour", Optional.of(FeatureGroup.CONTEXT));
    assertThatThrownBy(() -> BOTH.check("poso", List.of(age, price)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "poso: expected a feature of each group in gate_groups, found none of the group"
                + " context");
    assertThatThrownBy(() -> BOTH.check("poso", List.of(price)))
        .hasMessageEndingWith("found none of the group user, context");
    assertThatCode(() -> BOTH.check("poso", List.of(age, price, hour))).doesNotThrowAnyException();
  }

  @Test
  void noGroupAndOneTwiceAreRefused() {
    assertThatThrownBy(() -> new GroupedFeatures("gate_groups", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gate_groups: expected at least one group and none twice, found []");
    assertThatThrownBy(
            () -> new GroupedFeatures("gate_groups", List.of(FeatureGroup.USER, FeatureGroup.USER)))
        .hasMessage("gate_groups: expected at least one group and none twice, found [user, user]");
  }
}
