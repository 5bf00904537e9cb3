package org.mtl4j.data.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.CodedColumn;
import org.mtl4j.core.batch.DrawnRows;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.TextDictionary;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.feature.FittedNumeric;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.CategoricalFeature.Hashed;
import org.mtl4j.core.schema.CategoricalFeature.Learnt;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.schema.NumericFeature;
import org.mtl4j.core.schema.NumericTransform;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.memory.HeapShare;
import org.mtl4j.testkit.TestSeed;
import org.mtl4j.testkit.Utf8Texts;

class FeatureFitterTest {
  private static final long SEED = TestSeed.value();

  @Test
  void standardizedTrainingValuesHaveMeanZeroAndDeviationOne() {
    double[] values = new SplittableRandom(SEED).doubles(500).map(x -> 100 + 7 * x).toArray();
    values[3] = Double.NaN;
    FittedNumeric fitted = numeric(NumericTransform.STANDARDIZE, values);
    assertMeanZeroDeviationOne(fitted, values);
    double mean = Arrays.stream(values).filter(x -> !Double.isNaN(x)).average().orElseThrow();
    assertThat((double) fitted.fill()).as("seed %d", SEED).isCloseTo(mean, within(1e-4));
  }

  @Test
  void logarithmsAreStandardizedAndTheMeanOfRawValuesFills() {
    double[] values = new SplittableRandom(SEED).doubles(500).map(x -> Math.exp(9 * x)).toArray();
    FittedNumeric fitted = numeric(NumericTransform.LOG1P, values);
    assertMeanZeroDeviationOne(fitted, values);
    double mean = Arrays.stream(values).average().orElseThrow();
    assertThat((double) fitted.fill()).as("seed %d", SEED).isCloseTo(mean, within(mean * 1e-6));
  }

  @Test
  void minmaxReachesFromZeroToOne() {
    FittedNumeric fitted = numeric(NumericTransform.MINMAX, 4, 2, 10, Double.NaN);
    assertThat(fitted.apply(2)).isZero();
    assertThat(fitted.apply(10)).isEqualTo(1);
    assertThat(fitted.apply(12)).isEqualTo(1.25f);
    assertThat(fitted.apply(Float.NaN)).isEqualTo((16 / 3f - 2) / 8, within(1e-6f));
  }

  @Test
  void constantFeatureKeepsScaleOneAndIsWarnedOf() {
    FeatureFitter fitter = observed(List.of(number("x", NumericTransform.STANDARDIZE)), 5, 5, 5);
    FittedNumeric fitted = (FittedNumeric) fitter.fit().get(0);
    assertThat(fitted.scale()).isEqualTo(1);
    assertThat(fitted.apply(5)).isZero();
    assertThat(fitter.warnings()).singleElement().asString().contains("features.x", "is 5 ");
  }

  @Test
  void featureThatIsMissingEverywhereFillsWithZeroAndIsWarnedOf() {
    FeatureFitter fitter =
        observed(List.of(number("x", NumericTransform.LOG1P)), Double.NaN, Double.NaN);
    FittedNumeric fitted = (FittedNumeric) fitter.fit().get(0);
    assertThat(fitted.apply(Float.NaN)).isZero();
    assertThat(fitter.warnings()).singleElement().asString().contains("missing in every");
  }

  @Test
  void infiniteNumbersAndTextAreErrorsThatNameTheRow() {
    MtlException infinite =
        failure(() -> numeric(NumericTransform.NONE, 1, Double.NEGATIVE_INFINITY));
    assertThat(infinite.code()).isEqualTo(ErrorCode.DATA_VALUE);
    assertThat(infinite)
        .hasMessage(
            "row 1: The column \"x\" is used as a number: expected a finite one of at most 3.4e38,"
                + " found \"-Infinity\". Leave such rows out by data.where, or add the value to"
                + " data.source.missing.");
    MtlException text =
        failure(() -> observed(List.of(number("x", NumericTransform.NONE)), "1", "two"));
    assertThat(text.code()).isEqualTo(ErrorCode.DATA_VALUE);
    assertThat(text).hasMessageContainingAll("row 1", "\"two\"");
  }

  @Test
  void tokensStandByFallingCountThenByText() {
    FeatureFitter fitter =
        observed(List.of(categorical("x", 1)), "b", "c", "a", null, "c", "b", "d", "");
    assertThat(vocabulary(fitter.fit().get(0))).containsExactly("b", "c", "a", "d");
  }

  @Test
  void ofAVocabularyThatOutgrowsItsLimitTheMostFrequentValuesStay() {
    CategoricalFeature spec =
        new CategoricalFeature("x", "x", Optional.empty(), "t", 4, new Learnt(1, 2));
    FeatureFitter fitter = observed(List.of(spec), "d", "b", "c", "b", "a", "c", "b", "a");
    assertThat(vocabulary(fitter.fit().get(0))).containsExactly("b", "a"); // a and c: by text.
    assertThat(fitter.warnings())
        .containsExactly(
            "table t: 4 values outgrow max_size = 2; the 2 rarest of them, 37.5 % of all that was"
                + " counted, are out of vocabulary. Raise max_size, or take hash_buckets.");
    FeatureFitter fits =
        observed(
            List.of(new CategoricalFeature("x", "x", Optional.empty(), "t", 4, new Learnt(2, 2))),
            "d",
            "b",
            "a",
            "b",
            "a");
    assertThat(vocabulary(fits.fit().get(0))).containsExactly("a", "b");
    assertThat(fits.warnings()).isEmpty();
  }

  @Test
  void rareValuesStayOut() {
    FeatureFitter fitter = observed(List.of(categorical("x", 2)), "b", "c", "a", "c", "b");
    FittedCategorical fitted = (FittedCategorical) fitter.fit().get(0);
    assertThat(vocabulary(fitted)).containsExactly("b", "c");
    assertThat(fitted.id("a")).isEqualTo(1);
    FeatureFitter none = observed(List.of(categorical("x", 9)), "b", "c");
    none.fit();
    assertThat(none.warnings()).singleElement().asString().contains("min_count = 9");
  }

  /** Of the first row three are drawn, of the last none: what they hold counts as it is logged. */
  @Test
  void drawnRowsCountForFeaturesThatCombineWhatIsDrawnAlone() {
    Columns columns = Columns.of(ColumnType.UNTYPED, List.of("x"));
    String[] values = {"3", "1", "2", "1", "3", "5"};
    boolean[] drawn = {false, true, true, true, false, false};
    RawBatch rows =
        new RawBatch(columns, 6, 0, List.of((Object) values), row -> "row " + row)
            .withDrawn(new DrawnRows(drawn, Set.of()));
    List<FeatureSpec> specs =
        List.of(
            new CategoricalFeature("a", "x", Optional.empty(), "a", 4, new Learnt(2, 9)),
            new CategoricalFeature("b", "x", Optional.empty(), "b", 4, new Learnt(2, 9)),
            new NumericFeature("m", "x", Optional.empty(), NumericTransform.MINMAX, false),
            new NumericFeature("n", "x", Optional.empty(), NumericTransform.MINMAX, false));
    FeatureFitter fitter =
        new FeatureFitter(specs, BatchSource.of(List.of(Map.of("x", "3"))), Set.of("b", "n"));
    fitter.observe(rows);
    List<FittedFeature> fitted = fitter.fit();
    assertThat(vocabulary(fitted.get(0))).containsExactly("3");
    assertThat(vocabulary(fitted.get(1))).containsExactly("1", "3");
    assertThat(((FittedNumeric) fitted.get(2)).fill()).isEqualTo(11 / 3f);
    assertThat(((FittedNumeric) fitted.get(3)).fill()).isEqualTo(15 / 6f);
  }

  @Test
  void numbersAsCategoriesAreSpeltWithoutADecimalPoint() {
    FeatureFitter fitter = observed(List.of(categorical("x", 1)), 7, 7, 2.5);
    assertThat(vocabulary(fitter.fit().get(0))).containsExactly("7", "2.5");
  }

  @Test
  void featuresOfOneTableShareOneVocabularyCountedTogether() {
    Columns columns = Columns.of(ColumnType.UNTYPED, List.of("home", "away"));
    FeatureFitter fitter =
        fitter(
            List.of(
                new CategoricalFeature("home", "home", Optional.empty(), "team", 4, new Learnt(2)),
                new CategoricalFeature("away", "away", Optional.empty(), "team", 4, new Learnt(2))),
            columns);
    String[] home = {"x", "y"};
    String[] away = {"y", "z"};
    fitter.observe(new RawBatch(columns, 2, 0, List.of(home, away), row -> "row " + row));
    List<FittedFeature> fitted = fitter.fit();
    assertThat(vocabulary(fitted.get(0))).containsExactly("y");
    assertThat(((FittedCategorical) fitted.get(1)).vocabulary())
        .isEqualTo(((FittedCategorical) fitted.get(0)).vocabulary());
  }

  @Test
  void valuesWithLineBreaksAreTokensLikeAnyOther() {
    FeatureFitter fitter = observed(List.of(categorical("x", 1)), "a\nb", "c", "a\nb");
    assertThat(vocabulary(fitter.fit().get(0))).containsExactly("a\nb", "c");
    assertThat(fitter.warnings()).isEmpty();
  }

  @Test
  void blocksOfAnySizeGiveTheSameFit() {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] values = random.doubles(300).toArray();
    List<FeatureSpec> specs =
        List.of(number("x", NumericTransform.STANDARDIZE), categorical("x", 1));
    FeatureFitter whole = fitter(specs, Columns.of(ColumnType.NUMBER, List.of("x")));
    whole.observe(rows(values));
    FeatureFitter pieces = fitter(specs, Columns.of(ColumnType.NUMBER, List.of("x")));
    for (int first = 0; first < 300; first += 60) {
      pieces.observe(rows(Arrays.copyOfRange(values, first, first + 60)));
    }
    assertThat(pieces.fit()).as("seed %d", SEED).isEqualTo(whole.fit());
  }

  @Test
  void textsAsBytesOrCodesGiveTheSameFit() {
    Columns columns = Columns.of(ColumnType.UNTYPED, List.of("x"));
    List<FeatureSpec> specs = List.of(number("x", NumericTransform.LOG1P), categorical("x", 1));
    for (String[] values :
        List.of(
            new String[] {null, "7", "7", "1.5", "123456789", "-0.25", null, "1e3", "7"},
            new String[] {"7", "7"},
            new String[] {null, null, "4"})) {
      FeatureFitter strings = fitter(specs, columns);
      FeatureFitter bytes = fitter(specs, columns);
      FeatureFitter codes = fitter(specs, columns);
      TextDictionary dictionary = new TextDictionary();
      for (int block = 0; block < 2; block++) {
        strings.observe(texts(columns, values));
        bytes.observe(Utf8Texts.of(texts(columns, values)));
        CodedColumn coded =
            new CodedColumn(
                Arrays.stream(values).mapToInt(v -> v == null ? -1 : dictionary.add(v)).toArray(),
                dictionary);
        codes.observe(texts(columns, values).withValues(Map.of(0, coded)));
      }
      assertThat(codes.fit()).isEqualTo(strings.fit());
      assertThat(codes.warnings()).isEqualTo(strings.warnings());
      assertThat(bytes.fit()).isEqualTo(strings.fit());
      assertThat(bytes.warnings()).isEqualTo(strings.warnings());
    }
  }

  @Test
  void everyMissingColumnIsReportedAtOnce() {
    List<FeatureSpec> specs =
        List.of(
            number("agee", NumericTransform.NONE),
            number("age", NumericTransform.NONE),
            categorical("cty", 1),
            number("true_click", NumericTransform.NONE));
    Columns columns = Columns.of(ColumnType.UNTYPED, List.of("age", "city", "true_click"));
    MtlException error = failure(() -> fitter(specs, columns));
    assertThat(error.problems()).hasSize(3);
    assertThat(error)
        .hasMessageContainingAll("features.agee", "\"age\"?", "\"city\"?", "features.true_click");
  }

  @Test
  void featuresThatShareATableMustAgree() {
    List<FeatureSpec> specs =
        List.of(
            new CategoricalFeature("x", "x", Optional.empty(), "t", 4, new Learnt(1)),
            new CategoricalFeature("y", "x", Optional.empty(), "t", 8, new Hashed(10)));
    MtlException error = failure(() -> fitter(specs, Columns.of(ColumnType.UNTYPED, List.of("x"))));
    assertThat(error.code()).isEqualTo(ErrorCode.CONFIG_VALUE);
    assertThat(error).hasMessageContainingAll("features.y", "dim 4", "dim 8", "\"t\"");
  }

  @Test
  void withoutRowsThereIsNothingToLearn() {
    FeatureFitter fitter =
        fitter(
            List.of(number("x", NumericTransform.NONE)),
            Columns.of(ColumnType.NUMBER, List.of("x")));
    assertThat(failure(fitter::fit).code()).isEqualTo(ErrorCode.NO_ROWS);
  }

  private static void assertMeanZeroDeviationOne(FittedNumeric fitted, double[] values) {
    double[] applied =
        Arrays.stream(values)
            .filter(x -> !Double.isNaN(x))
            .map(x -> fitted.apply((float) x))
            .toArray();
    double mean = Arrays.stream(applied).average().orElseThrow();
    double square = Arrays.stream(applied).map(x -> x * x).average().orElseThrow();
    assertThat(mean).as("mean, seed %d", SEED).isCloseTo(0, within(1e-4));
    assertThat(square).as("mean square, seed %d", SEED).isCloseTo(1, within(1e-4));
  }

  private static FittedNumeric numeric(NumericTransform transform, double... values) {
    return (FittedNumeric) observed(List.of(number("x", transform)), values).fit().get(0);
  }

  private static FeatureFitter observed(List<FeatureSpec> specs, double... values) {
    FeatureFitter fitter = fitter(specs, Columns.of(ColumnType.NUMBER, List.of("x")));
    fitter.observe(rows(values));
    return fitter;
  }

  private static FeatureFitter observed(List<FeatureSpec> specs, String... values) {
    Columns columns = Columns.of(ColumnType.UNTYPED, List.of("x"));
    FeatureFitter fitter = fitter(specs, columns);
    List<Object> arrays = new ArrayList<>(List.of((Object) values));
    fitter.observe(new RawBatch(columns, values.length, 0, arrays, row -> "row " + row));
    return fitter;
  }

  private static RawBatch rows(double[] values) {
    return new RawBatch(
        Columns.of(ColumnType.NUMBER, List.of("x")),
        values.length,
        0,
        List.of(values),
        row -> "row " + row);
  }

  private static FeatureSpec number(String name, NumericTransform transform) {
    return new NumericFeature(name, name, Optional.empty(), transform, false);
  }

  private static FeatureSpec categorical(String name, int minCount) {
    return new CategoricalFeature(name, name, Optional.empty(), name, 4, new Learnt(minCount));
  }

  private static List<String> vocabulary(FittedFeature fitted) {
    return ((FittedCategorical) fitted).vocabulary().orElseThrow().tokens();
  }

  private static MtlException failure(ThrowingCallable call) {
    MtlException error = catchThrowableOfType(MtlException.class, call);
    assertThat(error).as("an MtlException").isNotNull();
    return error;
  }

  @Test
  void moreDifferentValuesThanTheShareOfTheHeapHoldsAreRefused() {
    // Two tables of a column of texts of 2 characters: 108 bytes for each different one.
    CategoricalFeature small =
        new CategoricalFeature("x", "x", Optional.empty(), "t", 4, new Learnt(2, 1));
    List<FeatureSpec> specs = List.of(small, categorical("x", 1));
    Columns columns = Columns.of(ColumnType.UNTYPED, List.of("x"));
    String[] fits = {"aa", "bb", "aa", "bb", "aa"};
    FeatureFitter fitter =
        new FeatureFitter(specs, columns, c -> Set.of(), new HeapShare(0.5, 2 * 4 * 108));
    fitter.observe(texts(columns, fits));
    assertThat(vocabulary(fitter.fit().get(0))).containsExactly("aa");
    MtlException error = failure(() -> fitter.observe(texts(columns, "aa", "cc")));
    assertThat(error.code()).isEqualTo(ErrorCode.MEMORY);
    assertThat(error)
        .hasMessage(
            "table t: Expected what fits into 50 % of the heap, 0.0 MB; found that counting its 3"
                + " different values takes more. All are counted, whatever min_count and max_size"
                + " keep: hash_buckets on the table's features needs no counting. Or give Java a"
                + " larger heap: MTL_HEAP=8g for ./mtl, -Xmx8g elsewhere.");
  }

  private static RawBatch texts(Columns columns, String... values) {
    return new RawBatch(columns, values.length, 0, List.of((Object) values), row -> "row " + row);
  }

  private static FeatureFitter fitter(List<? extends FeatureSpec> specs, Columns columns) {
    return new FeatureFitter(specs, columns, column -> Set.of(), HeapShare.of(0.5));
  }

  @Test
  void whatTheSourceTakesForMissingGoesAlong() {
    CategoricalFeature hashed =
        new CategoricalFeature("h", "x", Optional.empty(), "h", 4, new Hashed(10));
    Columns columns = Columns.of(ColumnType.UNTYPED, List.of("x"));
    FeatureFitter fitter =
        new FeatureFitter(
            List.of(categorical("x", 1), hashed),
            columns,
            column -> column.equals("x") ? Set.of("?") : Set.of(),
            HeapShare.of(0.5));
    fitter.observe(texts(columns, "a", null));
    for (FittedFeature fitted : fitter.fit()) {
      assertThat(((FittedCategorical) fitted).missing()).containsExactly("?");
      assertThat(((FittedCategorical) fitted).id("?")).isZero();
    }
  }
}
