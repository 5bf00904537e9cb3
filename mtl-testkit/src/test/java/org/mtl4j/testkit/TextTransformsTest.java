package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.feature.EncodedFeatures;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedList;
import org.mtl4j.core.feature.FittedNumeric;
import org.mtl4j.core.feature.RawFeeds;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.NumericFeature;
import org.mtl4j.core.schema.NumericTransform;
import org.mtl4j.core.schema.Pooling;
import org.mtl4j.core.schema.TextFeature;
import org.mtl4j.core.schema.TextRule;
import org.mtl4j.core.schema.TextRule.Unit;
import org.mtl4j.core.schema.Vocabulary;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.tensorflow.Tensor;

/** Texts become the same tokens, and so the same ids, in Java and in an export's graph. */
class TextTransformsTest {
  private static final int ROWS = 5_000;
  private static final Set<String> MARKERS = Set.of("?", "NA", "a b");
  private static final int BUCKETS = 1_000_003;

  /**
   * Letters with odd capitals, what combines and joins, blanks, breaks, and a graph's own signs.
   */
  private static final List<String> PIECES =
      List.of(
          "a",
          "B",
          "z",
          "I",
          "İ",
          "ı",
          "Σ",
          "ς",
          "ΟΔΟΣ",
          "ß",
          "ẞ",
          "Ж",
          "Ǆ",
          "ǅ",
          "Ა",
          "Ⴀ",
          "Ꭰ",
          "ꭰ",
          "Ａ",
          "K",
          "Å",
          "𐐀",
          "Ⱐ",
          "ﬁ",
          "e\u0301",
          "\u0301",
          "日本",
          "שלום",
          "می\u200cخ",
          "9",
          "🎬",
          "👨\u200d👩\u200d👧",
          "🇩🇪",
          "❤\ufe0f",
          "\ud83c",
          "\udfac",
          " ",
          "  ",
          "\t",
          "\r\n",
          "\f",
          "\u000b",
          "\u0085",
          "\u00a0",
          "\u1680",
          "\u2003",
          "\u2028",
          "\u200b",
          "\u3000",
          "\ufeff",
          "\ufffd",
          "\uffff",
          "\0",
          "\u0001",
          "|",
          "\\",
          "\\1",
          "_",
          "-",
          "'",
          "…",
          "「",
          "€",
          "×",
          "^",
          "$",
          ".",
          "?",
          "NA");

  @TempDir Path folder;

  private final Random random = TestSeed.random();

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  private static FittedList feature(String name, TextRule rule, Optional<Vocabulary> tokens) {
    CategoricalFeature.IdRule ids =
        tokens.isPresent()
            ? new CategoricalFeature.Learnt(1)
            : new CategoricalFeature.Hashed(BUCKETS);
    CategoricalFeature value = new CategoricalFeature(name, name, Optional.empty(), name, 1, ids);
    return new FittedList(
        new TextFeature(value, rule, Pooling.SUM),
        new FittedCategorical(value, tokens),
        rule.maxLength(),
        MARKERS);
  }

  private EncodedFeatures assertAgrees(FittedList feature, String... texts) {
    NumericFeature number =
        new NumericFeature("one", "one", Optional.empty(), NumericTransform.NONE, false);
    FeaturePipeline pipeline =
        new FeaturePipeline(List.of(feature, new FittedNumeric(number, 0, 0, 1)));
    Columns columns =
        new Columns(
            List.of(
                new Columns.Column(feature.name(), ColumnType.TEXT),
                new Columns.Column("one", ColumnType.NUMBER)));
    List<Object> values = List.of(texts, new double[texts.length]);
    RawBatch rows = new RawBatch(columns, texts.length, 0, values, row -> "row " + row);
    EncodedFeatures expected = pipeline.encode(rows);
    Map<String, Tensor> feeds = RawFeeds.of(pipeline.inputs(), rows);
    try (ExportedTransforms export =
        new ExportedTransforms(pipeline, folder.resolve(feature.name()))) {
      export.assertAgrees(feeds, expected.ids(), expected.dense());
    } finally {
      feeds.values().forEach(Tensor::close);
    }
    return expected;
  }

  @Test
  void exportGivesTheIdsOfJavaForAnyText() {
    String[] texts = new String[ROWS];
    for (int r = 0; r < ROWS; r++) {
      texts[r] = text();
    }
    texts[0] = null;
    texts[1] = "a b";
    texts[2] = "NA";
    texts[3] = "? a b NA";
    texts[4] = "Σ".repeat(100_000) + " end";
    TextRule plain = new TextRule(Unit.WORDS, 1, 1, true, 9);
    List<String> known =
        Arrays.stream(texts)
            .limit(ROWS / 2)
            .flatMap(text -> plain.values(text).stream())
            .distinct()
            .toList();
    FittedList words = feature("words", new TextRule(Unit.WORDS, 1, 2, true, 7), Optional.empty());
    List.of(
            words,
            feature("as_is", new TextRule(Unit.WORDS, 2, 3, false, 5), Optional.empty()),
            feature("runs", new TextRule(Unit.CHARACTERS, 2, 4, true, 40), Optional.empty()),
            feature("learnt", plain, Optional.of(new Vocabulary(known))))
        .forEach(feature -> assertAgrees(feature, texts));
    assertThat(words.ids("a b")).containsOnly(-1);
    assertThat(words.ids("? a b NA")).doesNotContain(0).endsWith(-1, -1);
  }

  /** Whatever versions of Unicode Java and TensorFlow have, and TensorFlow Serving. */
  @Test
  void exportGivesTheIdsOfJavaForEveryCharacter() {
    int row = 256;
    List<String> texts = new ArrayList<>();
    for (int first = 0; first <= Character.MAX_CODE_POINT; first += row) {
      StringBuilder text = new StringBuilder();
      for (int c = first; c < first + row; c++) {
        text.appendCodePoint(c);
      }
      texts.add(text.toString());
    }
    TextRule rule = new TextRule(Unit.CHARACTERS, 1, 1, true, 2 * row);
    EncodedFeatures encoded =
        assertAgrees(feature("letters", rule, Optional.empty()), texts.toArray(String[]::new));
    long different =
        encoded.ids().stream().flatMapToInt(Arrays::stream).filter(id -> id > 0).distinct().count();
    // A million characters in a million buckets: 1 - 1/e of them, and no two rows alike.
    assertThat(different).isBetween(600_000L, 700_000L);
  }
}
