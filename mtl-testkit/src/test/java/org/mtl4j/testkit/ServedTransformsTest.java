package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.feature.EncodedFeatures;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedCross;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.feature.FittedList;
import org.mtl4j.core.feature.FittedNumeric;
import org.mtl4j.core.feature.FittedTimeCycles;
import org.mtl4j.core.feature.FittedTimeIds;
import org.mtl4j.core.feature.RawFeeds;
import org.mtl4j.core.feature.RawInput;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.CrossFeature;
import org.mtl4j.core.schema.DatetimeFeature;
import org.mtl4j.core.schema.ListRule;
import org.mtl4j.core.schema.MultiCategoricalFeature;
import org.mtl4j.core.schema.NumericFeature;
import org.mtl4j.core.schema.NumericTransform;
import org.mtl4j.core.schema.Pooling;
import org.mtl4j.core.schema.TextFeature;
import org.mtl4j.core.schema.TextRule;
import org.mtl4j.core.schema.TimePart;
import org.mtl4j.core.schema.TimeRule;
import org.mtl4j.core.schema.UnicodeText;
import org.mtl4j.core.schema.Vocabulary;
import org.tensorflow.Tensor;

/**
 * Features that are known in training only: the export, which has no input for them, and Java give
 * every row the same ids and numbers, of each kind of feature and of any value.
 */
class ServedTransformsTest {
  private static final int ROWS = 200;
  private static final List<String> KINDS =
      List.of("learnt", "hashed", "list", "text", "standard", "log", "time", "clock");

  @TempDir Path folder;

  private final Random draws = TestSeed.random();
  private final RandomRawValues random = new RandomRawValues(TestSeed.random());
  private final List<String> known = List.copyOf(random.tokens(30));

  /** Each kind twice: one that is served, whose name begins with "only", and one that is not. */
  private List<FittedFeature> features() {
    List<FittedFeature> features = new ArrayList<>();
    for (String prefix : List.of("both_", "only_")) {
      features.add(
          new FittedCategorical(
              spec(prefix + "learnt", new CategoricalFeature.Learnt(1)),
              Optional.of(new Vocabulary(known))));
      FittedCategorical hashed =
          new FittedCategorical(
              spec(prefix + "hashed", new CategoricalFeature.Hashed(31)), Optional.empty());
      features.add(hashed);
      CategoricalFeature value = spec(prefix + "list", new CategoricalFeature.Hashed(7));
      features.add(
          new FittedList(
              new MultiCategoricalFeature(
                  value, new ListRule("|", 4, ListRule.Keep.FIRST), Pooling.SUM),
              new FittedCategorical(value, Optional.empty()),
              4));
      features.add(text(prefix + "text"));
      features.add(number(prefix + "standard", NumericTransform.STANDARDIZE));
      features.add(number(prefix + "log", NumericTransform.LOG1P));
      features.add(new FittedTimeIds(time(prefix + "time", Optional.of(2))));
      features.add(new FittedTimeCycles(time(prefix + "clock", Optional.empty())));
    }
    return features;
  }

  private static FittedFeature text(String name) {
    CategoricalFeature value = spec(name, new CategoricalFeature.Hashed(11));
    TextRule words = new TextRule(TextRule.Unit.WORDS, 1, 2, true, 4);
    return new FittedList(
        new TextFeature(value, words, Pooling.SUM),
        new FittedCategorical(value, Optional.empty()),
        4);
  }

  private static DatetimeFeature time(String name, Optional<Integer> dim) {
    TimeRule rule = new TimeRule(TimeRule.Unit.MILLISECONDS, ZoneId.of("Europe/Berlin"));
    return new DatetimeFeature(
        name,
        name,
        Optional.empty(),
        rule,
        new DatetimeFeature.Layout(List.of(TimePart.HOUR, TimePart.MONTH), dim));
  }

  /** Of values that are all served, or one of which is. */
  private static FittedCross cross(String name, String... of) {
    CategoricalFeature joined = spec(name, new CategoricalFeature.Hashed(997));
    List<CategoricalFeature> values =
        Stream.of(of).map(value -> spec(value, new CategoricalFeature.Hashed(31))).toList();
    return new FittedCross(
        new CrossFeature(joined, values),
        new FittedCategorical(joined, Optional.empty()),
        Stream.of(of).map(value -> Set.<String>of()).toList());
  }

  private static CategoricalFeature spec(String name, CategoricalFeature.IdRule ids) {
    return new CategoricalFeature(name, name, Optional.empty(), name, 2, ids);
  }

  private static FittedFeature number(String name, NumericTransform transform) {
    return new FittedNumeric(
        new NumericFeature(name, name, Optional.empty(), transform, true), 2, 0.5f, 0.7f);
  }

  private String value(String kind) {
    return switch (kind) {
      case "learnt" -> known.get(draws.nextInt(known.size()));
      case "list" -> "b | \u00e4|" + draws.nextInt(100);
      case "text" -> "Of \u00c4 " + draws.nextInt(100);
      case "time", "clock" -> draws.nextInt(3) == 0 ? "" : time();
      case "hashed" -> random.token();
      default -> draws.nextInt(3) == 0 ? "" : Double.toString(draws.nextGaussian() * 1e3);
    };
  }

  /** A number of milliseconds, or a date and time of the zone's clock. */
  private String time() {
    long second = draws.nextInt();
    return draws.nextBoolean()
        ? Long.toString(1000 * second)
        : LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC).toString();
  }

  private RawBatch rows(List<String> columns) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int r = 0; r < ROWS; r++) {
      Map<String, Object> row = new LinkedHashMap<>();
      columns.forEach(column -> row.put(column, value(column.substring(5))));
      rows.add(row);
    }
    return SmallExport.batch(rows);
  }

  @Test
  void exportServesTheValueThatJavaServes() {
    List<FittedFeature> features = features();
    FittedCross pair = cross("pair", "both_hashed", "only_hashed");
    features.add(pair);
    features.add(cross("only_pair", "only_learnt", "only_hashed"));
    for (int turn = 0; turn < 3; turn++) {
      Map<String, String> served = new LinkedHashMap<>();
      KINDS.forEach(kind -> served.put("only_" + kind, value(kind)));
      if (turn == 0) {
        served.replaceAll((name, value) -> "");
      }
      FeaturePipeline pipeline = new FeaturePipeline(features, served);
      assertThat(pipeline.inputs()).extracting(RawInput::name).allMatch(n -> n.startsWith("both_"));
      RawBatch rows = rows(KINDS.stream().map(kind -> "both_" + kind).toList());
      EncodedFeatures expected = pipeline.encodeServed(rows);
      assertConstant(pipeline, expected);
      String joined = UnicodeText.wellFormed(served.get("only_hashed"));
      assertJoined(pair, rows, joined, expected.ids().get(8));
      Map<String, Tensor> feeds = RawFeeds.of(pipeline.inputs(), rows);
      try (ExportedTransforms export =
          new ExportedTransforms(pipeline, folder.resolve("turn" + turn))) {
        export.assertAgrees(feeds, expected.ids(), expected.dense());
      } finally {
        feeds.values().forEach(Tensor::close);
      }
    }
  }

  /** The served columns have one value each, and others more. */
  private static void assertConstant(FeaturePipeline pipeline, EncodedFeatures encoded) {
    List<String> ids = new ArrayList<>();
    pipeline.idColumns().forEach(column -> ids.add(column.feature().name()));
    pipeline.lists().forEach(list -> ids.addAll(Collections.nCopies(list.length(), list.name())));
    assertThat(encoded.ids()).hasSameSizeAs(ids);
    for (int c = 0; c < ids.size(); c++) {
      int[] column = encoded.ids().get(c);
      if (ids.get(c).startsWith("only_")) {
        assertThat(column).as(ids.get(c)).containsOnly(column[0]);
      }
    }
    List<String> numbers = new ArrayList<>();
    pipeline.numbers().forEach(of -> numbers.addAll(Collections.nCopies(of.width(), of.name())));
    assertThat(encoded.dense()).hasSameSizeAs(numbers);
    for (int c = 0; c < numbers.size(); c++) {
      float[] column = encoded.dense().get(c);
      if (numbers.get(c).startsWith("only_")) {
        assertThat(column).as(numbers.get(c)).containsOnly(column[0]);
      }
    }
  }

  /** A cross of a row's own value and the served one. */
  private static void assertJoined(FittedCross cross, RawBatch rows, String served, int[] ids) {
    int column = rows.columns().indexOf("both_hashed");
    for (int r = 0; r < ids.length; r++) {
      String own = rows.text(column, r);
      assertThat(ids[r]).as("row %d", r).isEqualTo(cross.id(Arrays.asList(own, served)));
    }
  }
}
