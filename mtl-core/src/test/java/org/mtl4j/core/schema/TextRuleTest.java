package org.mtl4j.core.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.mtl4j.core.schema.TextRule.Unit;

class TextRuleTest {
  private static TextRule words(int minN, int maxN) {
    return new TextRule(Unit.WORDS, minN, maxN, true, 100);
  }

  private static TextRule characters(int minN, int maxN) {
    return new TextRule(Unit.CHARACTERS, minN, maxN, true, 100);
  }

  /** As scikit-learn's CountVectorizer has them with token_pattern [^\\W_]+, ngram_range (1, 2). */
  @Test
  void wordsAndTheirRunsAreThoseOfScikitLearn() {
    assertThat(words(1, 2).values("Die Straße nach Čeladná: 2-mal, «Москва»!"))
        .containsExactly(
            "die",
            "straße",
            "nach",
            "čeladná",
            "2",
            "mal",
            "москва",
            "die straße",
            "straße nach",
            "nach čeladná",
            "čeladná 2",
            "2 mal",
            "mal москва");
  }

  /** As scikit-learn's CountVectorizer has them with analyzer char, ngram_range (2, 3). */
  @Test
  void runsOfCharactersAreThoseOfScikitLearn() {
    assertThat(characters(2, 3).values("Ab c\u0301d"))
        .containsExactly(
            "ab", "b ", " c", "c\u0301", "\u0301d", "ab ", "b c", " c\u0301", "c\u0301d");
  }

  @Test
  void blanksAndPunctuationOfAllKindsStandBetweenWords() {
    String all =
        "a\u0000b\tc\u0085d\u00a0e\u1680f\u2003g\u2028h\u200bi\u202fj\u205fk\u3000l\ufeffm—n…o「p」q。r×s€t";
    assertThat(words(1, 1).values(all)).containsExactly("abcdefghijklmnopqrst".split(""));
    assertThat(words(1, 1).values("don't re_do it!")).containsExactly("don", "t", "re", "do", "it");
  }

  @Test
  void marksJoinersAndEmojiArePartsOfWords() {
    assertThat(words(1, 1).values("Cafe\u0301 👨\u200d👩\u200d👧 می\u200cخواهم ❤\ufe0f!"))
        .containsExactly("cafe\u0301", "👨\u200d👩\u200d👧", "می\u200cخواهم", "❤\ufe0f");
  }

  @Test
  void lettersBecomeSmallOneByOneInAnyCountry() {
    assertThat(words(1, 1).values("İI ΟΔΟΣ ẞ ＡＺ Ж Ա Ꭰ 𐐀 \u212a"))
        .containsExactly("ii", "οδοσ", "ß", "ａｚ", "ж", "ա", "ꭰ", "𐐀", "\u212a");
    assertThat(new TextRule(Unit.WORDS, 1, 1, false, 9).values("Ab")).containsExactly("Ab");
  }

  @Test
  void halfOfAPairIsABreak() {
    assertThat(words(1, 1).values("a\ud83cb")).containsExactly("a", "b");
    assertThat(characters(1, 1).values("🎬a")).containsExactly("🎬", "a");
  }

  @Test
  void firstTokensStay() {
    assertThat(words(1, 2).withMaxLength(4).values("a b c")).containsExactly("a", "b", "c", "a b");
    assertThat(words(1, 1).values(null)).isEmpty();
    assertThat(words(1, 1).values(" ?! ")).isEmpty();
    assertThat(words(3, 3).values("a b")).isEmpty();
  }

  @Test
  void numbersHaveRanges() {
    assertThatThrownBy(() -> words(0, 1)).hasMessage("min_n: expected 1 to 16, found 0");
    assertThatThrownBy(() -> words(2, 1)).hasMessage("max_n: expected min_n, 2, to 16, found 1");
    assertThatThrownBy(() -> words(2, 17)).hasMessage("max_n: expected min_n, 2, to 16, found 17");
    assertThatThrownBy(() -> new TextRule(Unit.WORDS, 1, 1, true, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("max_length: expected at least 1, found 0");
  }
}
