package org.mtl4j.core.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.schema.ListRule;
import org.mtl4j.core.schema.NumericTransform;
import org.mtl4j.core.schema.SequenceEncoder;
import org.mtl4j.core.schema.SequenceFeature;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;

class FeaturePipelineTest {
  private static final long SEED = Long.getLong("mtl.test.seed", 1L);

  private static RawBatch rows(String column, Object values) {
    ColumnType type = values instanceof double[] ? ColumnType.NUMBER : ColumnType.TEXT;
    int n = values instanceof double[] numbers ? numbers.length : ((String[]) values).length;
    return new RawBatch(
        Columns.of(type, List.of(column)),
        n,
        0,
        List.of(values),
        row -> "u.csv, line " + (row + 2));
  }

  private static int[] ids(FittedCategorical feature, String... values) {
    RawBatch rows = rows(feature.name(), values);
    return new FeaturePipeline(List.of(feature)).encode(rows).ids().get(0);
  }

  private static List<float[]> dense(FittedNumeric feature, double... values) {
    RawBatch rows = rows(feature.name(), values);
    return new FeaturePipeline(List.of(feature)).encode(rows).dense();
  }

  @Test
  void featuresSideBySideAreAtMostAsWideAsATensor() {
    FittedFeature half = TestFeatures.hashed("half", "half", 1 << 30, 5);
    FittedFeature rest = TestFeatures.hashed("rest", "rest", (1 << 30) - 2, 5);
    FittedFeature age = TestFeatures.hashed("age", "age", 1, 5);
    FittedFeature hour = TestFeatures.hashed("hour", "hour", 1, 5);
    assertThat(new FeaturePipeline(List.of(half, rest, age)).features()).hasSize(3);
    MtlException failure =
        catchThrowableOfType(
            MtlException.class, () -> new FeaturePipeline(List.of(hour, rest, half, age)));
    assertThat(failure.problems())
        .containsExactly(
            new Problem(
                ErrorCode.CONFIG_VALUE,
                "features",
                "Expected features of at most 2,147,483,647 values side by side, found 2,147,483,648:"
                    + " half 1,073,741,824 + rest 1,073,741,822 + hour 1 + ....",
                "Lower features.half.dim."));
  }

  @Test
  void featureThatItsEncoderMakesTooWideIsToldToLowerTheEncodersUnits() {
    FittedCategorical item = TestFeatures.hashed("history", "history", 4, 5);
    ListRule newest = new ListRule("|", 3, ListRule.Keep.LAST);
    SequenceEncoder gru = new SequenceEncoder.Gru(Integer.MAX_VALUE);
    FittedFeature history =
        new FittedList(new SequenceFeature(item.spec(), newest, gru), item, newest.maxLength());
    MtlException failure =
        catchThrowableOfType(
            MtlException.class,
            () -> new FeaturePipeline(List.of(history, TestFeatures.hashed("age", "age", 1, 5))));
    assertThat(failure.problems().get(0).remedy()).isEqualTo("Lower features.history.units.");
  }

  @Test
  void missingIsIdZeroUnknownIsOneAndTokensFollowInOrder() {
    FittedCategorical genre = TestFeatures.learnt("genre", "genre", 4, "drama", "comedy");
    assertThat(ids(genre, "comedy", null, "drama", "", "western")).containsExactly(3, 0, 2, 0, 1);
    assertThat(genre.tableSize()).isEqualTo(4);
  }

  @Test
  void numberInACategoricalColumnIsSpeltWithoutADecimalPoint() {
    FittedCategorical item = TestFeatures.learnt("item", "item", 4, "7", "8.5");
    RawBatch rows = rows("item", new double[] {8.5, 7, Double.NaN});
    assertThat(new FeaturePipeline(List.of(item)).encode(rows).ids().get(0))
        .containsExactly(3, 2, 0);
  }

  @Test
  void hashedIdsAreThoseOfTensorFlowsFastHash() {
    String[] values = randomTexts(500);
    for (int buckets : new int[] {1, 7, 1000, 1 << 30}) {
      int[] ids = ids(TestFeatures.hashed("user", "user", 4, buckets), values);
      long[] expected = tensorFlowBuckets(values, buckets);
      for (int i = 0; i < values.length; i++) {
        assertThat(ids[i])
            .as("\"%s\" of %d buckets, seed %d", values[i], buckets, SEED)
            .isEqualTo((int) expected[i] + 1);
      }
    }
  }

  @Test
  void hashedFeatureKeepsIdZeroForMissing() {
    FittedCategorical user = TestFeatures.hashed("user", "user", 4, 10);
    assertThat(ids(user, null, "")).containsExactly(0, 0);
    assertThat(user.tableSize()).isEqualTo(11);
  }

  /** Texts of 1 to 40 code points, from one byte to four in UTF-8. */
  private static String[] randomTexts(int n) {
    Random random = new Random(SEED);
    int[] alphabets = {0x80, 0x800, 0xD800, 0x1F700};
    String[] texts = new String[n];
    for (int i = 0; i < n; i++) {
      int below = alphabets[random.nextInt(alphabets.length)];
      StringBuilder text = new StringBuilder();
      for (int length = 1 + random.nextInt(40); length > 0; length--) {
        int codePoint = 1 + random.nextInt(below - 1);
        boolean surrogate =
            codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        text.appendCodePoint(surrogate ? 'x' : codePoint);
      }
      texts[i] = text.toString();
    }
    return texts;
  }

  private static long[] tensorFlowBuckets(String[] values, int buckets) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      var hash =
          tf.strings.toHashBucketFast(
              tf.constant(NdArrays.vectorOfObjects(values)), (long) buckets);
      try (Result result = session.runner().fetch(hash).run()) {
        long[] ids = new long[values.length];
        ((TInt64) result.get(0)).asRawTensor().data().asLongs().read(ids);
        return ids;
      }
    }
  }

  @Test
  void numberIsShiftedAndScaledInFloat32() {
    FittedNumeric age =
        TestFeatures.numeric("age", NumericTransform.STANDARDIZE, false, 40.1f, 0.07f);
    assertThat(dense(age, 30, 40.1, -5).get(0))
        .containsExactly((30f - 40.1f) * 0.07f, (40.1f - 40.1f) * 0.07f, (-5f - 40.1f) * 0.07f);
  }

  @Test
  void logarithmKeepsTheSignAndIsTakenBeforeShiftAndScale() {
    FittedNumeric price = TestFeatures.numeric("price", NumericTransform.LOG1P, false, 1, 2);
    float[] values = dense(price, 0, Math.E - 1, 1 - Math.E, 1e30).get(0);
    float[] expected = {-2, 0, -4, (float) ((Math.log(1e30) - 1) * 2)};
    for (int i = 0; i < expected.length; i++) {
      // Eight units in the last place of the largest number in the way.
      assertThat(Math.abs(values[i] - expected[i]))
          .as("value %d: %s for %s", i, values[i], expected[i])
          .isLessThanOrEqualTo(8 * Math.ulp(Math.max(2, Math.abs(expected[i]))));
    }
  }

  @Test
  void missingNumberIsTheTrainingMeanAndTheIndicatorSaysSo() {
    FittedNumeric age = TestFeatures.numeric("age", NumericTransform.MINMAX, true, 1, 4);
    List<float[]> columns = dense(age, 3, Double.NaN);
    assertThat(columns).hasSize(2);
    assertThat(columns.get(0)).containsExactly(8, (2 - 1) * 4);
    assertThat(columns.get(1)).containsExactly(0, 1);
    assertThat(new FeaturePipeline(List.of(age)).denseWidth()).isEqualTo(2);
  }

  @Test
  void infiniteNumberIsAnErrorThatNamesRowAndFeature() {
    FittedNumeric age = TestFeatures.numeric("age", NumericTransform.NONE, false, 0, 1);
    for (double value : new double[] {Double.POSITIVE_INFINITY, -1e300}) {
      MtlException error = catchThrowableOfType(MtlException.class, () -> dense(age, 1, value));
      assertThat(error.code()).isEqualTo(ErrorCode.DATA_VALUE);
      assertThat(error.problems()).extracting(Problem::where).containsExactly("u.csv, line 3");
      assertThat(error).hasMessageContaining("\"age\"");
    }
  }

  @Test
  void textInANumericColumnIsAnErrorThatNamesTheValue() {
    FittedNumeric age = TestFeatures.numeric("age", NumericTransform.NONE, false, 0, 1);
    RawBatch rows = rows("age", new String[] {"30", "thirty"});
    MtlException error =
        catchThrowableOfType(
            MtlException.class, () -> new FeaturePipeline(List.of(age)).encode(rows));
    assertThat(error.code()).isEqualTo(ErrorCode.DATA_VALUE);
    assertThat(error).hasMessageContaining("\"thirty\"").hasMessageContaining("u.csv, line 3");
  }

  @Test
  void columnThatTheSourceLacksIsAnErrorThatNamesTheNearest() {
    FittedNumeric age = TestFeatures.numeric("age", NumericTransform.NONE, false, 0, 1);
    RawBatch rows = rows("ages", new double[] {30});
    MtlException error =
        catchThrowableOfType(
            MtlException.class, () -> new FeaturePipeline(List.of(age)).encode(rows));
    assertThat(error.code()).isEqualTo(ErrorCode.COLUMN_MISSING);
    assertThat(error).hasMessageContaining("\"age\"").hasMessageContaining("ages");
  }

  @Test
  void featuresMayShareATableOfOneSize() {
    FeaturePipeline pipeline =
        new FeaturePipeline(
            List.of(
                TestFeatures.hashed("item", "item", 4, 10),
                TestFeatures.hashed("user", "user", 4, 5),
                TestFeatures.hashed("last_item", "item", 4, 10)));
    assertThat(pipeline.tables())
        .containsExactly(new TableSpec("item", 11, 4), new TableSpec("user", 6, 4));
  }

  @Test
  void featuresThatDisagreeOnATableAreAnErrorThatSaysBothSizes() {
    List<FittedFeature> features = new ArrayList<>();
    features.add(TestFeatures.hashed("item", "item", 4, 10));
    features.add(TestFeatures.hashed("last_item", "item", 8, 20));
    MtlException error =
        catchThrowableOfType(MtlException.class, () -> new FeaturePipeline(features));
    assertThat(error.code()).isEqualTo(ErrorCode.CONFIG_VALUE);
    assertThat(error.problems()).extracting(Problem::where).containsExactly("features.last_item");
    assertThat(error)
        .hasMessageContaining("The table \"item\" has 11 ids of width 4")
        .hasMessageContaining("21 ids of width 8 here");
  }

  @Test
  void columnThatRunsOverAllOfFloat32IsScaledNotLost() {
    float scale = (float) (1 / (2.0 * Float.MAX_VALUE));
    FittedNumeric feature =
        TestFeatures.numeric("x", NumericTransform.MINMAX, false, -Float.MAX_VALUE, scale);
    assertThat(feature.apply(-Float.MAX_VALUE)).isZero();
    assertThat(feature.apply(0)).isEqualTo(0.5f, within(1e-6f));
    assertThat(feature.apply(Float.MAX_VALUE)).isEqualTo(1f, within(1e-6f));
  }

  @Test
  void logarithmNearItsMeanKeepsItsDigits() {
    float mean = (float) Math.log1p(3.5);
    FittedNumeric feature = TestFeatures.numeric("x", NumericTransform.LOG1P, false, mean, 1e6f);
    double exact = (Math.log1p(3.5) - mean) * 1e6;
    assertThat(feature.apply(3.5f)).isEqualTo((float) exact).isNotZero();
  }

  @Test
  void numbersBelowTheNormalRangeCountAsZero() {
    FittedNumeric feature = TestFeatures.numeric("x", NumericTransform.NONE, false, 0, 1);
    assertThat(feature.apply(Math.nextDown(Float.MIN_NORMAL))).isZero();
    assertThat(feature.apply(Float.MIN_NORMAL)).isEqualTo(Float.MIN_NORMAL);
    assertThat(feature.apply(-Float.MIN_VALUE)).isZero();
  }

  @Test
  void numberThatItsTransformTakesBeyondFloat32IsAnErrorThatNamesTheRow() {
    FittedNumeric tiny =
        TestFeatures.numeric("tiny", NumericTransform.STANDARDIZE, false, 0, 0x1p100f);
    MtlException error = catchThrowableOfType(MtlException.class, () -> dense(tiny, 1, -0x1p28));
    assertThat(error.code()).isEqualTo(ErrorCode.DATA_VALUE);
    assertThat(error)
        .hasMessage(
            "u.csv, line 3: The value \"-268435456\" of the column \"tiny\" is beyond 3.4e38 after the"
                + " transform of feature \"tiny\", which takes off 0.0 and multiplies by"
                + " 1.2676506E30: it is that far from the training rows. Leave such rows out by"
                + " data.where, or give the feature transform: log1p.");
    assertThat(dense(tiny, 0x1p27).get(0)).containsExactly(0x1p127f);
    assertThat(tiny.apply(-0x1p28f)).isEqualTo(-Float.MAX_VALUE);
    assertThat(tiny.apply(Float.POSITIVE_INFINITY)).isEqualTo(Float.MAX_VALUE);
    FittedNumeric asIs = TestFeatures.numeric("x", NumericTransform.NONE, false, 0, 1);
    assertThat(dense(asIs, Float.MAX_VALUE).get(0)).containsExactly(Float.MAX_VALUE);
  }
}
