package org.mtl4j.core.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.CategoricalFeature.Hashed;
import org.mtl4j.core.schema.CategoricalFeature.Learnt;
import org.mtl4j.core.schema.Vocabulary;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;

/** Texts as bytes against the same texts as strings. */
class Utf8ColumnTest {
  private static final long SEED = Long.getLong("mtl.test.seed", 1L);
  private static final String[] PIECES = {
    "a", "b", "7", ".", "-", "?", "\0", "\u007f", "\u0080", "\u00ff", "\u20ac", "\ud83d\ude00"
  };

  @Test
  void bytesAreReadAsTheTextsThatTheySpell() {
    String[] texts = texts(2_000);
    assertSame(texts, rows(utf8(texts)));
  }

  @Test
  void codesAreReadAsTheTextsThatTheyStandFor() {
    String[] texts = texts(2_000);
    assertSame(texts, rows(coded(texts)));
    CodedColumn twice = coded("a", null, "b", "a");
    assertThat(twice.codes()).containsExactly(0, -1, 1, 0);
    assertThat(twice.dictionary().size()).isEqualTo(2);
    assertThat(twice.dictionary().add(utf8(new String[] {null, "b", "c"}), 1)).isEqualTo(1);
    assertThat(twice.dictionary().add("c")).isEqualTo(2);
  }

  private static CodedColumn coded(String... texts) {
    TextDictionary dictionary = new TextDictionary();
    int[] codes = new int[texts.length];
    for (int row = 0; row < texts.length; row++) {
      codes[row] = texts[row] == null ? CodedColumn.MISSING : dictionary.add(texts[row]);
    }
    return new CodedColumn(codes, dictionary);
  }

  private static void assertSame(String[] texts, RawBatch bytes) {
    RawBatch strings = rows(texts);
    int[] some = {1_999, 0, 7, 7, 512};
    RawBatch selected = bytes.select(some);
    for (int row = 0; row < texts.length; row++) {
      assertThat(bytes.text(0, row)).isEqualTo(texts[row]);
      assertThat(outcome(bytes, row)).as("seed %d", SEED).isEqualTo(outcome(strings, row));
    }
    for (int i = 0; i < some.length; i++) {
      assertThat(selected.text(0, i)).isEqualTo(texts[some[i]]);
    }
    assertThat(bytes.texts(0)).isEqualTo(strings.texts(0)).isEqualTo(texts);
  }

  /** Bits of the number, or the message. */
  private static Object outcome(RawBatch rows, int row) {
    try {
      return Double.doubleToRawLongBits(rows.number(0, row));
    } catch (RuntimeException e) {
      return e.getMessage();
    }
  }

  @Test
  void bytesHaveTheIdsOfTheirTexts() {
    String[] texts = texts(2_000);
    Vocabulary vocabulary = new Vocabulary(List.of("a", "?", "\u20ac", "7", "ab7", "\u00ff", "b7"));
    for (Set<String> missing : List.of(Set.<String>of(), Set.of("b"), Set.of("?", "b", "7"))) {
      for (boolean learnt : new boolean[] {true, false}) {
        CategoricalFeature spec =
            new CategoricalFeature(
                "x", "x", Optional.empty(), "x", 4, learnt ? new Learnt(1) : new Hashed(1_000));
        FittedCategorical feature =
            new FittedCategorical(
                spec, learnt ? Optional.of(vocabulary) : Optional.empty(), missing);
        assertThat(feature.encode(rows(utf8(texts))).get(0))
            .as("seed %d, missing %s", SEED, missing)
            .isEqualTo(feature.encode(rows(texts)).get(0));
        CodedColumn coded = coded(texts);
        for (int pass = 0; pass < 2; pass++) {
          assertThat(feature.encode(rows(coded)).get(0))
              .as("seed %d, missing %s, pass %d", SEED, missing, pass)
              .isEqualTo(feature.encode(rows(texts)).get(0));
        }
      }
    }
  }

  @Test
  void numbersHaveTheIdsOfTheTextsThatSpellThem() {
    Random random = new Random(SEED);
    double[] numbers = new double[500];
    String[] texts = new String[500];
    for (int row = 0; row < 500; row++) {
      double[] choice = {random.nextInt(40) - 5, random.nextInt(9) / 4.0, 1e8, 1e300, -0.0, 0x1p63};
      numbers[row] = row % 9 == 0 ? Double.NaN : choice[random.nextInt(choice.length)];
      texts[row] = RawBatch.spell(numbers[row]);
    }
    Vocabulary vocabulary =
        new Vocabulary(List.of("0", "7", "34", "-3", "1.75", "100000000", "1.0E300"));
    CategoricalFeature spec =
        new CategoricalFeature("x", "x", Optional.empty(), "x", 4, new Learnt(1));
    for (Set<String> missing : List.of(Set.<String>of(), Set.of("7", "33"))) {
      FittedCategorical feature = new FittedCategorical(spec, Optional.of(vocabulary), missing);
      assertThat(feature.encode(rows(numbers)).get(0))
          .as("seed %d, missing %s", SEED, missing)
          .isEqualTo(feature.encode(rows(texts)).get(0));
    }
  }

  @Test
  void startsAndLengthsGoTogether() {
    assertThatThrownBy(() -> new Utf8Column(new byte[3], new int[2], new int[1]))
        .hasMessage("expected as many lengths as starts, found 1 and 2");
    assertThatThrownBy(
            () ->
                new RawBatch(
                    Columns.of(ColumnType.TEXT, List.of("x")),
                    1,
                    0,
                    List.of((Object) new int[1]),
                    row -> ""))
        .hasMessage("a column is a double[], a String[] or a TextColumn");
  }

  private static RawBatch rows(Object column) {
    return new RawBatch(
        Columns.of(ColumnType.UNTYPED, List.of("x")),
        rowCount(column),
        0,
        List.of(column),
        row -> "row " + row);
  }

  private static int rowCount(Object column) {
    if (column instanceof String[] texts) {
      return texts.length;
    }
    if (column instanceof double[] numbers) {
      return numbers.length;
    }
    return column instanceof CodedColumn coded
        ? coded.codes().length
        : ((Utf8Column) column).starts().length;
  }

  /** Of none to nine pieces; one in ten is missing. */
  private static String[] texts(int count) {
    Random random = new Random(SEED);
    String[] texts = new String[count];
    for (int row = 0; row < count; row++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(10); i > 0; i--) {
        text.append(PIECES[random.nextInt(1 + random.nextInt(PIECES.length))]);
      }
      texts[row] = random.nextInt(10) == 0 ? null : text.toString();
    }
    return texts;
  }

  private static Utf8Column utf8(String[] texts) {
    StringBuilder all = new StringBuilder();
    int[] starts = new int[texts.length];
    int[] lengths = new int[texts.length];
    for (int row = 0; row < texts.length; row++) {
      starts[row] = all.toString().getBytes(UTF_8).length;
      lengths[row] = texts[row] == null ? -1 : texts[row].getBytes(UTF_8).length;
      all.append(texts[row] == null ? "" : texts[row]);
    }
    return new Utf8Column(all.toString().getBytes(UTF_8), starts, lengths);
  }
}
