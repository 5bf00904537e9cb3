package org.mtl4j.core.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.mtl4j.core.schema.ListRule.Keep;

class ListRuleTest {
  private static final ListRule BARS = new ListRule("|", 4, Keep.FIRST);

  @Test
  void valuesStandBetweenSeparatorsWithoutTheirBlanks() {
    assertThat(BARS.values("Action|Sci-Fi | Film\u00a0Noir\t"))
        .containsExactly("Action", "Sci-Fi", "Film\u00a0Noir");
  }

  @Test
  void emptyValuesAreNone() {
    assertThat(BARS.values("||a| |b|")).containsExactly("a", "b");
    assertThat(BARS.values(" | ")).isEmpty();
    assertThat(BARS.values("")).isEmpty();
    assertThat(BARS.values(null)).isEmpty();
  }

  @Test
  void separatorOfBlanksJoinsAnyNumberOfThem() {
    assertThat(new ListRule(" ", 4, Keep.FIRST).values("  7 8\t 9  "))
        .containsExactly("7", "8", "9");
  }

  @Test
  void longListKeepsItsBeginningOrItsEnd() {
    assertThat(BARS.values("a|b|c|d|e|f")).containsExactly("a", "b", "c", "d");
    assertThat(new ListRule("|", 4, Keep.LAST).values("a|b|c|d|e|f"))
        .containsExactly("c", "d", "e", "f");
    assertThat(new ListRule("|", 4, Keep.LAST).values("a|b")).containsExactly("a", "b");
  }

  @Test
  void separatorIsOneCharacter() {
    assertThat(new ListRule("\ud83d\ude00", 2, Keep.FIRST).values("a\ud83d\ude00b"))
        .containsExactly("a", "b");
    for (String separator : new String[] {"", "||", "\ud83d"}) {
      assertThatThrownBy(() -> new ListRule(separator, 2, Keep.FIRST))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("separator: expected one character, found \"" + separator + "\"");
    }
  }

  @Test
  void lengthIsAtLeastOne() {
    assertThatThrownBy(() -> new ListRule("|", 0, Keep.FIRST))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("max_length: expected at least 1, found 0");
  }
}
