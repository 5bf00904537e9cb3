package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.ListColumns;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.feature.EncodedFeatures;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedBuckets;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.feature.FittedList;
import org.mtl4j.core.feature.FittedNumeric;
import org.mtl4j.core.feature.FittedPiecewiseLinear;
import org.mtl4j.core.feature.FittedPretrained;
import org.mtl4j.core.feature.RawFeeds;
import org.mtl4j.core.schema.BucketFeature;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.ListRule;
import org.mtl4j.core.schema.MultiCategoricalFeature;
import org.mtl4j.core.schema.NumericFeature;
import org.mtl4j.core.schema.NumericTransform;
import org.mtl4j.core.schema.PiecewiseLinearFeature;
import org.mtl4j.core.schema.Pooling;
import org.mtl4j.core.schema.PretrainedFeature;
import org.mtl4j.core.schema.PretrainedVectors;
import org.mtl4j.core.schema.UnicodeText;
import org.mtl4j.core.schema.Vocabulary;
import org.mtl4j.core.schema.WeightRule;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.tensorflow.Tensor;
import org.tensorflow.types.TFloat32;

/**
 * Training encodes in Java, an export in its graph: both must give the same for any value. The
 * export is a real one, written and loaded again. It takes raw values by {@code serving_default},
 * and the inputs of {@code serving_encoded} are where they have become ids and numbers.
 */
class TransformsPropertyTest {
  private static final int ROWS = 10_000;
  private static final int TOKENS = 120;
  private static final List<String> TEXTS =
      List.of(
          "wild",
          "again",
          "plain",
          "nothing",
          "hashed",
          "one_bucket",
          "marked",
          "marked_hash",
          "vectors");
  private static final Set<String> MARKERS = Set.of("?", "NA", " ", "a\nb");
  private static final List<String> LISTS =
      List.of("bars", "newest", "backslashes", "spread", "weighted");
  private static final List<String> NUMBERS =
      List.of(
          "as_is", "standard", "small", "log", "wide", "quantiles", "no_cut", "bins", "one_bin");

  @TempDir Path folder;

  private final Random draws = TestSeed.random();
  private final RandomRawValues random = new RandomRawValues(TestSeed.random());
  private final List<String> wild =
      Stream.concat(random.tokens(TOKENS).stream(), Stream.of(RandomRawValues.MEGABYTE))
          .map(UnicodeText::wellFormed)
          .distinct()
          .toList();
  private final List<String> plain =
      wild.stream().map(token -> token.replaceAll("[\r\n]", "\\\\")).distinct().toList();

  /**
   * A vocabulary that needs escapes, twice; a plain one with backslashes; one without tokens, as a
   * {@code min_count} may leave it; hashes; texts that are missing; and all numbers.
   */
  private FeaturePipeline pipeline() {
    List<FittedFeature> features = new ArrayList<>();
    features.add(learnt("wild", "shared", wild));
    features.add(numeric("as_is", NumericTransform.NONE, true, 0, 1));
    features.add(learnt("plain", "plain", plain));
    features.add(learnt("nothing", "nothing", List.of()));
    features.add(hashed("hashed", 97));
    features.add(numeric("standard", NumericTransform.STANDARDIZE, false, 1.5f, 0.7f));
    features.add(hashed("one_bucket", 1));
    features.add(numeric("small", NumericTransform.MINMAX, true, -1e-3f, 3e-5f));
    features.add(learnt("again", "shared", wild));
    features.add(
        marked(
            learnt("marked", "marked", wild.stream().filter(t -> !MARKERS.contains(t)).toList())));
    features.add(marked(hashed("marked_hash", 97)));
    features.add(pretrained("vectors", wild));
    features.add(numeric("log", NumericTransform.LOG1P, true, 1.5f, 0.7f));
    features.add(list("|", 4, ListRule.Keep.FIRST, hashed("bars", 31)));
    features.add(list(" ", 3, ListRule.Keep.LAST, learnt("newest", "shared", wild)));
    features.add(list("\\", 60, ListRule.Keep.FIRST, learnt("backslashes", "plain", plain)));
    features.add(list("\u3001", 5, ListRule.Keep.LAST, marked(hashed("spread", 7))));
    features.add(weighted(list("|", 6, ListRule.Keep.FIRST, marked(hashed("weighted", 31)))));
    features.add(buckets("quantiles", -1e5, -3.25, 0, 1e-3, 500));
    features.add(buckets("no_cut"));
    features.add(bins("bins", false, -1e5, -3.25, 0, Math.nextUp(0f), 500, 1e9));
    features.add(bins("one_bin", true, 0.1, 1.3));
    // A column that runs over all of float32: the scale is below the normal range.
    features.add(numeric("wide", NumericTransform.MINMAX, false, -Float.MAX_VALUE, 1.4e-39f));
    return new FeaturePipeline(features);
  }

  private static FittedList weighted(FittedList list) {
    MultiCategoricalFeature plain = (MultiCategoricalFeature) list.spec();
    MultiCategoricalFeature spec =
        new MultiCategoricalFeature(
            plain.value(), plain.list(), Pooling.MEAN, Optional.of(new WeightRule(":")));
    return new FittedList(spec, list.values(), list.length());
  }

  private static FittedFeature buckets(String name, double... cuts) {
    return new FittedBuckets(
        new BucketFeature(name, name, Optional.empty(), 6, 5),
        Arrays.stream(cuts).boxed().toList());
  }

  private static FittedFeature bins(String name, boolean indicator, double... edges) {
    return new FittedPiecewiseLinear(
        new PiecewiseLinearFeature(name, name, Optional.empty(), 6, indicator),
        2,
        Arrays.stream(edges).boxed().toList());
  }

  private static FittedList list(
      String separator, int length, ListRule.Keep keep, FittedCategorical value) {
    ListRule rule = new ListRule(separator, length, keep);
    return new FittedList(
        new MultiCategoricalFeature(value.spec(), rule, Pooling.MAX), value, length);
  }

  private static FittedCategorical learnt(String name, String table, List<String> tokens) {
    return new FittedCategorical(
        new CategoricalFeature(
            name, name, Optional.empty(), table, 2, new CategoricalFeature.Learnt(1)),
        Optional.of(new Vocabulary(tokens)));
  }

  private static FittedFeature pretrained(String name, List<String> tokens) {
    return FittedPretrained.of(
        new PretrainedFeature(name, name, Optional.empty(), "vectors.txt", false),
        new Vocabulary(tokens),
        new PretrainedVectors(tokens.stream().map(t -> new float[] {1, t.length()}).toList()),
        Set.of());
  }

  private static FittedCategorical hashed(String name, int buckets) {
    return new FittedCategorical(
        new CategoricalFeature(
            name, name, Optional.empty(), name, 3, new CategoricalFeature.Hashed(buckets)),
        Optional.empty());
  }

  private static FittedCategorical marked(FittedCategorical feature) {
    return new FittedCategorical(feature.spec(), feature.vocabulary(), MARKERS);
  }

  private static FittedFeature numeric(
      String name, NumericTransform transform, boolean indicator, float shift, float scale) {
    NumericFeature spec = new NumericFeature(name, name, Optional.empty(), transform, indicator);
    return new FittedNumeric(spec, 2, shift, scale);
  }

  /** Rows as a source gives them; every other number is spelt as text, as in a file. */
  private RawBatch rows(int n) {
    List<Columns.Column> columns = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (String name : TEXTS) {
      columns.add(new Columns.Column(name, ColumnType.TEXT));
      values.add(texts(n, name.equals("plain") ? plain : wild));
    }
    for (String name : LISTS) {
      columns.add(new Columns.Column(name, ColumnType.TEXT));
      values.add(
          name.equals("weighted")
              ? weightedLists(n)
              : lists(n, name.equals("backslashes") ? plain : wild));
    }
    for (String name : NUMBERS) {
      boolean spelt = values.size() % 2 == 0;
      double[] numbers = new double[n];
      for (int r = 0; r < n; r++) {
        numbers[r] = random.number();
      }
      columns.add(new Columns.Column(name, spelt ? ColumnType.UNTYPED : ColumnType.NUMBER));
      values.add(spelt ? spell(numbers) : numbers);
    }
    return new RawBatch(new Columns(columns), n, 0, values, row -> "row " + row);
  }

  /** Up to eight values with separators and blanks of every list among and around them. */
  private String[] lists(int n, List<String> known) {
    List<String> between =
        List.of("|", " ", "\\", "\u3001", "||", " | ", "\t", "\r\n", "\f| \u3001");
    String[] texts = new String[n];
    for (int r = 0; r < n; r++) {
      StringBuilder text = new StringBuilder();
      for (int i = draws.nextInt(9); i > 0; i--) {
        String value = random.value(known);
        text.append(value == null || value.length() > 10_000 ? "" : value);
        text.append(between.get(draws.nextInt(between.size())));
      }
      texts[r] = text.isEmpty() ? null : text.toString();
    }
    return texts;
  }

  /** As {@link #lists}, every value with a weight, a missing one or none. */
  private String[] weightedLists(int n) {
    String[] texts = new String[n];
    for (int r = 0; r < n; r++) {
      StringBuilder text = new StringBuilder();
      for (int i = draws.nextInt(9); i > 0; i--) {
        String value = random.value(wild);
        boolean none = value == null || value.length() > 10_000;
        text.append(none ? "" : value.replace('|', ':'));
        text.append(weight()).append("|");
      }
      texts[r] = text.isEmpty() ? null : text.toString();
    }
    return texts;
  }

  private String weight() {
    float number = Math.abs((float) random.number());
    return switch (draws.nextInt(6)) {
      case 0 -> ":";
      case 1 -> " :\t";
      case 2 -> " : " + draws.nextInt(10);
      case 3 -> ":+." + draws.nextInt(1_000_000) + "e-3";
      default -> ":" + (Float.isFinite(number) ? Float.toString(number) : "7.");
    };
  }

  private String[] texts(int n, List<String> known) {
    String[] texts = new String[n];
    for (int r = 0; r < n; r++) {
      texts[r] = random.value(known);
    }
    // Once is enough of it, known, and unknown without its first character.
    texts[0] = RandomRawValues.MEGABYTE;
    texts[1] = texts[0].substring(1);
    return texts;
  }

  private static String[] spell(double[] numbers) {
    String[] texts = new String[numbers.length];
    for (int r = 0; r < texts.length; r++) {
      texts[r] = Double.isNaN(numbers[r]) ? null : Double.toString(numbers[r]);
    }
    return texts;
  }

  @Test
  void exportGivesTheIdsAndNumbersOfJavaForAnyValue() {
    FeaturePipeline pipeline = pipeline();
    RawBatch rows = rows(ROWS);
    EncodedFeatures expected = pipeline.encode(rows);
    assertMarkersAreMissing(pipeline, rows, expected);
    assertEveryIdOccurs(pipeline, expected);
    Map<String, Tensor> feeds = RawFeeds.of(pipeline.inputs(), rows);
    try (ExportedTransforms export = new ExportedTransforms(pipeline, folder.resolve("1"))) {
      export.assertAgrees(feeds, expected.ids(), expected.dense());
    } finally {
      feeds.values().forEach(Tensor::close);
    }
  }

  /** Java refuses such rows where they are encoded; an export's graph cannot. */
  @Test
  void whatIsNoWeightCountsAsTheExportSays() {
    FittedList list = weighted(list("|", 9, ListRule.Keep.FIRST, hashed("weighted", 31)));
    FeaturePipeline pipeline = new FeaturePipeline(List.of(list));
    String bad = "a:x|b:-1|c:1e39|d:NaN|e:inf|f:1,5|g:-1e99|:5";
    RawBatch rows =
        new RawBatch(
            Columns.of(ColumnType.TEXT, List.of("weighted")),
            1,
            0,
            List.of((Object) new String[] {bad}),
            row -> "items.csv, line 2");
    assertThatThrownBy(() -> pipeline.encode(rows))
        .isInstanceOf(MtlException.class)
        .hasMessageContaining(
            "items.csv, line 2: The column \"weighted\" has the value \"a:x\": expected a weight from 0"
                + " to 3.4e38 behind its last \":\", or nothing.");
    int[] ids = list.ids("a|b|c|d|e|f|g|?|");
    ids[7] = ListColumns.PADDING;
    List<int[]> expected = Arrays.stream(ids).mapToObj(id -> new int[] {id}).toList();
    float max = Float.MAX_VALUE;
    List<float[]> weights =
        Stream.of(1f, 0f, max, 1f, 1f, 1f, 0f, 0f, 0f).map(w -> new float[] {w}).toList();
    Map<String, Tensor> feeds = RawFeeds.of(pipeline.inputs(), rows);
    try (ExportedTransforms export = new ExportedTransforms(pipeline, folder.resolve("1"))) {
      export.assertAgrees(feeds, expected, weights);
    } finally {
      feeds.values().forEach(Tensor::close);
    }
  }

  /** Java refuses such rows where they are encoded; an export's graph cannot, and saturates. */
  @Test
  void numbersBeyondFloat32SaturateAlikeWhateverAClientSends() {
    List<FittedNumeric> features =
        List.of(
            steep("steep", NumericTransform.MINMAX, 0x1p100f),
            steep("as_is", NumericTransform.NONE, 1),
            steep("log", NumericTransform.LOG1P, Float.MAX_VALUE),
            steep("flat", NumericTransform.STANDARDIZE, 1e-38f));
    FeaturePipeline pipeline = new FeaturePipeline(List.copyOf(features));
    Map<String, Tensor> feeds = new LinkedHashMap<>();
    List<float[]> expected = new ArrayList<>();
    for (FittedNumeric feature : features) {
      float[] raw = new float[ROWS];
      float[] encoded = new float[ROWS];
      for (int r = 0; r < ROWS; r++) {
        raw[r] = (float) random.number();
        raw[r] = r == 0 ? Float.POSITIVE_INFINITY : r == 1 ? Float.NEGATIVE_INFINITY : raw[r];
        encoded[r] = feature.apply(raw[r]);
      }
      assertThat(encoded[0]).isEqualTo(Float.MAX_VALUE);
      assertThat(encoded[1]).isEqualTo(-Float.MAX_VALUE);
      feeds.put(feature.name(), TFloat32.vectorOf(raw));
      expected.add(encoded);
    }
    try (ExportedTransforms export = new ExportedTransforms(pipeline, folder.resolve("1"))) {
      export.assertAgrees(feeds, List.of(), expected);
    } finally {
      feeds.values().forEach(Tensor::close);
    }
  }

  private static FittedNumeric steep(String name, NumericTransform transform, float scale) {
    return (FittedNumeric) numeric(name, transform, false, 0, scale);
  }

  /** And occur: the rows hold them as a client would send them, where a source gives null. */
  private static void assertMarkersAreMissing(
      FeaturePipeline pipeline, RawBatch rows, EncodedFeatures encoded) {
    for (int c = 0; c < pipeline.idColumns().size(); c++) {
      String name = pipeline.idColumns().get(c).feature().name();
      int column = rows.columns().indexOf(name);
      Set<String> found = new HashSet<>();
      for (int r = 0; r < ROWS && name.startsWith("marked"); r++) {
        String text = rows.text(column, r);
        if (text != null && MARKERS.contains(text)) {
          found.add(text);
          assertThat(encoded.ids().get(c)[r]).as(text).isEqualTo(Vocabulary.MISSING);
        }
      }
      assertThat(found).isEqualTo(name.startsWith("marked") ? MARKERS : Set.of());
    }
  }

  /** Or else the test would say little: each token of a vocabulary, missing and unknown values. */
  private static void assertEveryIdOccurs(FeaturePipeline pipeline, EncodedFeatures rows) {
    for (int c = 0; c < pipeline.idColumns().size(); c++) {
      long different = Arrays.stream(rows.ids().get(c)).distinct().count();
      assertThat(different)
          .as("%s, seed %d", pipeline.idColumns().get(c).feature().name(), TestSeed.value())
          .isEqualTo(pipeline.idColumns().get(c).table().rows());
    }
    int first = pipeline.idColumns().size();
    for (FittedList list : pipeline.lists()) {
      assertThat(Arrays.stream(rows.ids().get(first)).distinct().toArray())
          .as("%s, seed %d", list.name(), TestSeed.value())
          .contains(ListColumns.PADDING, 1)
          .hasSizeGreaterThan(5);
      first += list.length();
    }
  }

  @Test
  void randomTokensHoldEveryKindOfTrouble() {
    assertThat(wild).anyMatch(token -> token.contains("\n"));
    assertThat(wild).anyMatch(token -> token.contains("\r"));
    assertThat(wild).anyMatch(token -> token.contains("\0"));
    assertThat(plain).anyMatch(token -> token.contains("\\")).noneMatch(t -> t.contains("\n"));
    Random fixed = new Random(1);
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      many.add(new RandomRawValues(fixed).token());
    }
    assertThat(many).anyMatch(token -> token.length() > 5_000);
    assertThat(many).anyMatch(token -> token.codePoints().anyMatch(c -> c > 0xffff));
    assertThat(many).anyMatch(token -> !UnicodeText.isWellFormed(token));
  }
}
