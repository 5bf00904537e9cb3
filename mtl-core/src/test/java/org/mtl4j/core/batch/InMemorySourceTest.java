package org.mtl4j.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.task.ColumnType;

/** Values of a Java program become what a file that spells them holds. */
class InMemorySourceTest {
  private static RawBatch column(Object... values) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Object value : values) {
      Map<String, Object> row = new HashMap<>();
      row.put("x", value);
      rows.add(row);
    }
    try (RawCursor cursor = BatchSource.of(rows).open()) {
      return cursor.next(rows.size()).orElseThrow();
    }
  }

  private static List<String> texts(Object... values) {
    RawBatch rows = column(values);
    String[] texts = new String[rows.rowCount()];
    Arrays.setAll(texts, row -> rows.text(0, row));
    return Arrays.asList(texts);
  }

  @Test
  void wholeNumbersKeepAllTheirDigits() {
    assertThat(texts(9007199254740993L, 7, null, -9007199254740993L, true, 2.5))
        .containsExactly("9007199254740993", "7", null, "-9007199254740993", "1", "2.5");
    assertThat(texts(Long.MAX_VALUE, Long.MIN_VALUE))
        .containsExactly("9223372036854775807", "-9223372036854775808");
    assertThat(texts(new BigInteger("123456789012345678901234567890")))
        .containsExactly("123456789012345678901234567890");
    assertThat(texts(new BigDecimal("12345678901234567890"), new BigDecimal("0.25")))
        .containsExactly("12345678901234567890", "0.25");
  }

  @Test
  void columnOfLongIdsIsStillReadAsNumbers() {
    RawBatch rows = column(9007199254740993L, 7);
    assertThat(rows.columns().all().get(0).type()).isEqualTo(ColumnType.UNTYPED);
    assertThat(rows.number(0, 0)).isEqualTo(9007199254740992.0);
    assertThat(rows.number(0, 1)).isEqualTo(7);
    assertThat(column(1L << 52, -5L).columns().all().get(0).type()).isEqualTo(ColumnType.NUMBER);
  }

  @Test
  void numberAtTheEndOfTheLongsIsNotTakenForAnother() {
    assertThat(texts(0x1p63, -0x1p63, 1e300, -0.0))
        .containsExactly("9.223372036854776E18", "-9223372036854775808", "1.0E300", "0");
  }

  @Test
  void floatIsTheNumberThatItsDigitsSay() {
    assertThat(texts(0.1f, 16777216f, Float.NaN)).containsExactly("0.1", "16777216", null);
    assertThat((float) column(0.1f).number(0, 0)).isEqualTo(0.1f);
  }

  @Test
  void blankTextIsMissingAndBlanksAroundTextStay() {
    assertThat(texts("", " ", "\t\n", "\0", " x ", null, "\u00a0"))
        .containsExactly(null, null, null, null, " x ", null, "\u00a0");
  }

  @Test
  void halfOfASurrogatePairIsTheReplacementCharacter() {
    assertThat(texts("a\ud83cb", "\udfac", "\ud83c\ud83c\udfac", "🎬", "\ufffd"))
        .containsExactly("a\ufffdb", "\ufffd", "\ufffd🎬", "🎬", "\ufffd");
  }

  @Test
  void columnThatMixesTextWithNumbersNamesTheRow() {
    assertThatThrownBy(() -> column("a", null, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column \"x\", row 2: expected text as in other rows, found Integer");
    assertThatThrownBy(() -> column(3, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column \"x\", row 1: expected a number as in other rows, found ListN");
  }
}
