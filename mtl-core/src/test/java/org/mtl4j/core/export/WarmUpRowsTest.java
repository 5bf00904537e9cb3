package org.mtl4j.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.feature.FittedList;
import org.mtl4j.core.feature.FittedNumeric;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.ListRule;
import org.mtl4j.core.schema.MultiCategoricalFeature;
import org.mtl4j.core.schema.NumericFeature;
import org.mtl4j.core.schema.NumericTransform;
import org.mtl4j.core.schema.Pooling;
import org.mtl4j.core.schema.TextFeature;
import org.mtl4j.core.schema.TextRule;
import org.mtl4j.core.schema.Vocabulary;
import org.mtl4j.core.schema.WeightRule;

class WarmUpRowsTest {
  private static CategoricalFeature value(String name, String column, boolean hashed) {
    return new CategoricalFeature(
        name,
        column,
        Optional.empty(),
        name,
        2,
        hashed ? new CategoricalFeature.Hashed(100) : new CategoricalFeature.Learnt(1));
  }

  private static FittedCategorical learnt(String name, String column, String... tokens) {
    return new FittedCategorical(
        value(name, column, false), Optional.of(new Vocabulary(List.of(tokens))));
  }

  private static FittedFeature text(int maxN, String... tokens) {
    FittedCategorical words = learnt("words", "words", tokens);
    TextRule rule = new TextRule(TextRule.Unit.WORDS, 1, maxN, true, 9);
    return new FittedList(new TextFeature(words.spec(), rule, Pooling.MEAN), words, 9);
  }

  private static FittedFeature tags(Optional<WeightRule> weight, String... tokens) {
    FittedCategorical tag = learnt("tags", "tags", tokens);
    ListRule rule = new ListRule("|", 3, ListRule.Keep.FIRST);
    return new FittedList(
        new MultiCategoricalFeature(tag.spec(), rule, Pooling.MEAN, weight), tag, 3);
  }

  private static RawBatch rows(List<Map<String, Object>> rows) {
    try (RawCursor cursor = BatchSource.of(rows).open()) {
      return cursor.next(rows.size()).orElseThrow();
    }
  }

  /** What becomes of the values of a column. */
  private static List<String> kept(String column, List<FittedFeature> features, Object... values) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Object value : values) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put(column, value);
      rows.add(row);
    }
    RawBatch found = new WarmUpRows(new FeaturePipeline(features)).of(rows(rows), values.length);
    List<String> texts = new ArrayList<>();
    for (int row = 0; row < found.rowCount(); row++) {
      texts.add(found.text(0, row));
    }
    return texts;
  }

  @Test
  void idOutsideOfTheVocabularyIsLeftOut() {
    assertThat(
            kept("user", List.of(learnt("user", "user", "ann", "bob")), "bob", "rare", "", "ann"))
        .containsExactly("bob", null, null, "ann");
  }

  @Test
  void idThatOnlyABucketKnowsIsLeftOut() {
    FittedFeature hashed = new FittedCategorical(value("user", "user", true), Optional.empty());
    assertThat(kept("user", List.of(hashed), "ann", "bob")).containsExactly(null, null);
  }

  /** Two features of one column: what one of them knows is in a file of the export. */
  @Test
  void idThatOneOfTwoFeaturesKnowsStays() {
    FittedFeature hashed = new FittedCategorical(value("bucket", "user", true), Optional.empty());
    assertThat(kept("user", List.of(hashed, learnt("user", "user", "ann")), "ann", "eve"))
        .containsExactly("ann", null);
  }

  @Test
  void ofAListTheKnownValuesStayWithTheirWeights() {
    assertThat(kept("tags", List.of(tags(Optional.empty(), "a", "b")), "a|x|b", "x|y", "b|a|a"))
        .containsExactly("a|b", null, "b|a|a");
    assertThat(
            kept(
                "tags",
                List.of(tags(Optional.of(new WeightRule(":")), "a", "b")),
                "x:1|a:0.5|b",
                "y:2"))
        .containsExactly("a:0.5|b", null);
  }

  @Test
  void ofATextTheKnownWordsStayAndOfLongerRunsNothingDoes() {
    assertThat(kept("words", List.of(text(1, "red", "shoe")), "Red running shoe!", "blue"))
        .containsExactly("red shoe", null);
    assertThat(kept("words", List.of(text(2, "red", "red shoe")), "red shoe"))
        .containsExactly((String) null);
  }

  @Test
  void numbersStayAsTheyAre() {
    FittedFeature age =
        new FittedNumeric(
            new NumericFeature("age", "age", Optional.empty(), NumericTransform.NONE, false),
            0,
            0,
            1);
    assertThat(kept("age", List.of(age), 3.5, 7.0)).containsExactly("3.5", "7");
  }

  /** Of a union the first half is of one domain, and the second of another. */
  @Test
  void rowsAreTakenEvenlyFromAllOfThem() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int r = 0; r < 256; r++) {
      rows.add(Map.of("user", "u" + r));
    }
    String[] tokens = rows.stream().map(row -> row.get("user")).toArray(String[]::new);
    RawBatch found =
        new WarmUpRows(new FeaturePipeline(List.of(learnt("user", "user", tokens))))
            .of(rows(rows), 4);
    assertThat(found.texts(0)).containsExactly("u0", "u64", "u128", "u192");
  }
}
