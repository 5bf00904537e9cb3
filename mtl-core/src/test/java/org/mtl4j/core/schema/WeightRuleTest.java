package org.mtl4j.core.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class WeightRuleTest {
  private static final WeightRule RULE = new WeightRule(":");

  @Test
  void weightStandsBehindTheLastSeparator() {
    assertThat(RULE.value("drama:0.5")).isEqualTo("drama");
    assertThat(RULE.weight("drama:0.5")).isEqualTo(0.5f);
    assertThat(RULE.value("a:b : 2e-1")).isEqualTo("a:b");
    assertThat(RULE.weight("a:b : 2e-1")).isEqualTo(0.2f);
    assertThat(RULE.value(":3")).isEmpty();
    assertThat(new WeightRule("🎬").value("a\t🎬7")).isEqualTo("a");
    assertThat(new WeightRule("🎬").weight("a\t🎬7")).isEqualTo(7);
  }

  @Test
  void valueWithoutAWeightWeighsOne() {
    assertThat(RULE.value("drama")).isEqualTo("drama");
    assertThat(RULE.weight("drama")).isEqualTo(1);
    assertThat(RULE.weight("7")).isEqualTo(1);
    assertThat(RULE.value("drama:")).isEqualTo("drama");
    assertThat(RULE.weight("drama:")).isEqualTo(1);
  }

  @Test
  void weightIsANumberThatAFloatHoldsAndNotBelowZero() {
    for (String bad : new String[] {"x", "-1", "1e39", "NaN", "inf", "0x1", "1,5", "1 2"}) {
      assertThat(RULE.weight("a:" + bad)).as(bad).isNaN();
    }
    assertThat(RULE.weight("a:0")).isZero();
    assertThat(RULE.weight("a:1e-39")).isZero();
    assertThat(RULE.weight("a:+.5")).isEqualTo(0.5f);
  }

  @Test
  void separatorIsOneCharacterAndAnotherThanThatOfTheList() {
    assertThatThrownBy(() -> new WeightRule("::"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weight_separator: expected one character, found \"::\"");
    CategoricalFeature value =
        new CategoricalFeature(
            "tags", "tags", Optional.empty(), "tags", 2, new CategoricalFeature.Hashed(5));
    ListRule list = new ListRule(":", 5, ListRule.Keep.FIRST);
    assertThatThrownBy(
            () -> new MultiCategoricalFeature(value, list, Pooling.SUM, Optional.of(RULE)))
        .hasMessage("weight_separator: expected another character than separator, found \":\"");
    ListRule bars = new ListRule("|", 5, ListRule.Keep.FIRST);
    assertThatThrownBy(
            () -> new MultiCategoricalFeature(value, bars, Pooling.MAX, Optional.of(RULE)))
        .hasMessage("pooling: expected mean, sum or sqrtn beside weight_separator, found max");
  }
}
