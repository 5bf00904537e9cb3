package org.mtl4j.data.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.feature.FittedBuckets;
import org.mtl4j.core.feature.FittedPiecewiseLinear;
import org.mtl4j.core.schema.BucketFeature;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.schema.PiecewiseLinearFeature;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.memory.HeapShare;
import org.mtl4j.testkit.GoldenValues;
import org.mtl4j.testkit.TestSeed;

/**
 * Quantiles as scikit-learn and NumPy give them (quantiles.py made the values), and their limits.
 */
class QuantileFitTest {
  private static final Map<String, double[]> GOLDEN =
      GoldenValues.read(QuantileFitTest.class, "quantiles.csv", 2);
  private static final double[] NUMBERS = GOLDEN.get("numbers,0");

  private static FeatureFitter observed(FeatureSpec spec, double... values) {
    Columns columns = Columns.of(ColumnType.NUMBER, List.of("x"));
    FeatureFitter fitter =
        new FeatureFitter(List.of(spec), columns, column -> Set.of(), HeapShare.of(0.5));
    fitter.observe(new RawBatch(columns, values.length, 0, List.of(values), row -> "row " + row));
    return fitter;
  }

  private static FeatureSpec buckets(int count) {
    return new BucketFeature("x", "x", Optional.empty(), count, 4);
  }

  private static FeatureSpec bins(int count) {
    return new PiecewiseLinearFeature("x", "x", Optional.empty(), count, false);
  }

  @Test
  void bucketsAreThoseOfScikitLearn() {
    for (int count : new int[] {2, 4, 10, 30}) {
      FittedBuckets fitted = (FittedBuckets) observed(buckets(count), NUMBERS).fit().get(0);
      double[] cuts = GOLDEN.get("cuts," + count);
      assertThat(fitted.cuts()).hasSize(cuts.length);
      for (int i = 0; i < cuts.length; i++) {
        assertThat(fitted.cuts().get(i)).isCloseTo(cuts[i], within(1e-12 * Math.abs(cuts[i])));
      }
      double[] ids = GOLDEN.get("ids," + count);
      for (int i = 0; i < NUMBERS.length; i++) {
        assertThat(fitted.id((float) NUMBERS[i]))
            .as("%s in %d buckets", NUMBERS[i], count)
            .isEqualTo(1 + (int) ids[i]);
      }
      assertThat(fitted.tables().get(0).rows()).isEqualTo(cuts.length + 2);
    }
  }

  @Test
  void edgesOfBinsAreNumPysQuantiles() {
    for (int count : new int[] {1, 7, 48}) {
      FittedPiecewiseLinear fitted =
          (FittedPiecewiseLinear) observed(bins(count), NUMBERS).fit().get(0);
      double[] edges = GOLDEN.get("edges," + count);
      assertThat(fitted.edges()).hasSize(edges.length);
      for (int i = 0; i < edges.length; i++) {
        assertThat(fitted.edges().get(i)).isCloseTo(edges[i], within(1e-12 * Math.abs(edges[i])));
      }
      double mean = Arrays.stream(NUMBERS).average().orElseThrow();
      assertThat((double) fitted.fill()).isCloseTo(mean, within(1e-6 * mean));
    }
  }

  @Test
  void quantilesThatAreEqualLeaveFewerBucketsAndTheGreatestValueMayHaveOneOfItsOwn() {
    double[] values = {0, 0, 0, 0, 0, 0, 1, 2, 9, 9, 9, Double.NaN};
    FeatureFitter fitter = observed(buckets(5), values);
    FittedBuckets fitted = (FittedBuckets) fitter.fit().get(0);
    // Of eleven numbers in order, those at 2, 4, 6 and 8: 0, 0, 1 and 9.
    assertThat(fitted.cuts()).containsExactly(1.0, 9.0);
    assertThat(fitter.warnings())
        .containsExactly(
            "features.x: the column \"x\" has quantiles that are equal: 3 of 5 buckets are left.");
    fitter = observed(bins(5), values);
    assertThat(((FittedPiecewiseLinear) fitter.fit().get(0)).edges())
        .containsExactly(0.0, 1.0, 9.0);
    assertThat(fitter.warnings())
        .containsExactly(
            "features.x: the column \"x\" has quantiles that are equal: 2 of 5 bins are left.");
  }

  @Test
  void constantAndMissingColumnsAreWarnedOfAndStillEncode() {
    FeatureFitter fitter = observed(buckets(4), 7, 7, Double.NaN);
    FittedBuckets one = (FittedBuckets) fitter.fit().get(0);
    assertThat(List.of(one.id(6), one.id(7), one.id(8), one.id(Float.NaN)))
        .containsExactly(1, 1, 1, 0);
    assertThat(fitter.warnings())
        .containsExactly(
            "features.x: the column \"x\" is 7 wherever it is there; it tells a model nothing.");
    FittedPiecewiseLinear bin = (FittedPiecewiseLinear) observed(bins(4), 7, 7).fit().get(0);
    assertThat(List.of(bin.apply(7, 0), bin.apply(9, 0), bin.apply(Float.NaN, 0)))
        .containsExactly(0f, 2f, 0f);
    fitter = observed(bins(4), Double.NaN, Double.NaN);
    assertThat(((FittedPiecewiseLinear) fitter.fit().get(0)).apply(Float.NaN, 0)).isZero();
    assertThat(fitter.warnings())
        .containsExactly(
            "features.x: the column \"x\" is missing in every training row; it tells a model nothing.");
    assertThat(((FittedBuckets) observed(buckets(4), Double.NaN).fit().get(0)).cuts()).isEmpty();
  }

  @Test
  void whatOutgrowsTheLimitIsSampledByRecordWhateverTheOrder() {
    int n = 20_000;
    double[] values = new SplittableRandom(TestSeed.value()).doubles(n).toArray();
    List<Integer> order = new java.util.ArrayList<>(IntStream.range(0, n).boxed().toList());
    NumberSample forward = new NumberSample(2048);
    order.forEach(i -> forward.add((float) values[i], i));
    Collections.reverse(order);
    NumberSample backward = new NumberSample(2048);
    order.forEach(i -> backward.add((float) values[i], i));
    assertThat(forward.oneIn()).isEqualTo(16);
    assertThat(forward.size()).isBetween(900, 2048);
    assertThat(forward.quantiles(20)).isEqualTo(backward.quantiles(20));
    for (int i = 0; i <= 20; i++) {
      // Of a thousand and more uniform numbers a quantile is off by .016 at most, four deviations
      // .06.
      assertThat(forward.quantiles(20).get(i))
          .as("quantile %d, seed %d", i, TestSeed.value())
          .isCloseTo(i / 20.0, within(0.065));
    }
  }

  @Test
  void limitIsAPowerOfTwoThatAllSamplesTogetherFitWith() {
    assertThat(NumberSample.limit(15L << 20, 1)).isEqualTo(1 << 20);
    assertThat(NumberSample.limit((15L << 20) - 1, 1)).isEqualTo(1 << 19);
    assertThat(NumberSample.limit(15L << 20, 4)).isEqualTo(1 << 18);
    assertThat(NumberSample.limit(0, 0)).isEqualTo(65_536);
    assertThat(NumberSample.limit(Long.MAX_VALUE, 1)).isEqualTo(1 << 30);
  }

  @Test
  void tableOfBucketsIsNotShared() {
    CategoricalFeature item =
        new CategoricalFeature(
            "item", "x", Optional.empty(), "x", 4, new CategoricalFeature.Hashed(5));
    Columns columns = Columns.of(ColumnType.NUMBER, List.of("x"));
    MtlException error =
        org.assertj.core.api.Assertions.catchThrowableOfType(
            MtlException.class,
            () ->
                new FeatureFitter(
                    List.of(buckets(4), item), columns, c -> Set.of(), HeapShare.of(0.5)));
    assertThat(error.problems())
        .extracting(Problem::where, Problem::what)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "features.item.table",
                "Expected a table of categorical features, found \"x\", which is that"
                    + " feature's own."));
  }
}
