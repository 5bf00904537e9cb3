package org.mtl4j.core.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.schema.BucketFeature;
import org.mtl4j.core.schema.PiecewiseLinearFeature;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;

/** Numbers in buckets and in bins, by hand. */
class NumberBinsTest {
  private static RawBatch rows(double... values) {
    return new RawBatch(
        Columns.of(ColumnType.NUMBER, List.of("x")),
        values.length,
        0,
        List.of(values),
        row -> "u.csv, line " + (row + 2));
  }

  private static FittedBuckets buckets(Double... cuts) {
    return new FittedBuckets(new BucketFeature("x", "x", Optional.empty(), 4, 3), List.of(cuts));
  }

  private static FittedPiecewiseLinear bins(boolean indicator, Double... edges) {
    return new FittedPiecewiseLinear(
        new PiecewiseLinearFeature("x", "x", Optional.empty(), 4, indicator), 2, List.of(edges));
  }

  @Test
  void bucketBeginsAtItsCut() {
    FeaturePipeline pipeline = new FeaturePipeline(List.of(buckets(-1.5, 0.0, 3.0)));
    double[] values = {-2, -1.5, -1e-45, -0.0, 2.9, 3, 1e30, Double.NaN};
    assertThat(pipeline.encode(rows(values)).ids().get(0)).containsExactly(1, 2, 3, 3, 3, 4, 4, 0);
    assertThat(pipeline.tables()).containsExactly(new TableSpec("x", 5, 3));
    assertThat(pipeline.features().get(0).width()).isEqualTo(3);
  }

  @Test
  void binsBelowAreOneThoseAboveZeroAndTheOuterOnesGoOn() {
    FeaturePipeline pipeline = new FeaturePipeline(List.of(bins(true, 0.0, 1.0, 3.0, 7.0)));
    List<float[]> dense = pipeline.encode(rows(-1, 0, 0.25, 1, 2, 4, 7, 9, Double.NaN)).dense();
    assertThat(pipeline.denseWidth()).isEqualTo(4);
    assertThat(dense.get(0)).containsExactly(-1, 0, 0.25f, 1, 1, 1, 1, 1, 1);
    assertThat(dense.get(1)).containsExactly(0, 0, 0, 0, 0.5f, 1, 1, 1, 0.5f);
    assertThat(dense.get(2)).containsExactly(0, 0, 0, 0, 0, 0.25f, 1, 1.5f, 0);
    assertThat(dense.get(3)).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 1);
  }

  @Test
  void numberTooFarFromNarrowBinsIsAnErrorThatNamesTheRow() {
    FittedPiecewiseLinear narrow = bins(false, 0.0, 0x1p-100, 1.0, 1 + 0x1p-52);
    FeaturePipeline pipeline = new FeaturePipeline(List.of(narrow));
    MtlException error =
        catchThrowableOfType(MtlException.class, () -> pipeline.encode(rows(1, -0x1p27, -0x1p28)));
    assertThat(error.code()).isEqualTo(ErrorCode.DATA_VALUE);
    assertThat(error)
        .hasMessage(
            "u.csv, line 4: The value \"-268435456\" of the column \"x\" is beyond 3.4e38 in the outer"
                + " bin of feature \"x\", whose bins lie between 0.0 and 1.0000000000000002: it is"
                + " that far from the training rows. Leave such rows out by data.where, or give the"
                + " feature transform: quantile.");
    assertThat(narrow.apply(-0x1p28f, 0)).isEqualTo(-Float.MAX_VALUE);
    assertThat(narrow.apply(Float.POSITIVE_INFINITY, 2)).isEqualTo(Float.MAX_VALUE);
    assertThat(narrow.apply(Float.POSITIVE_INFINITY, 0)).isEqualTo(1);
  }

  @Test
  void boundsThatDoNotRiseAreRefused() {
    assertThatThrownBy(() -> buckets(1.0, 1.0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x: expected finite bounds that rise, found [1.0, 1.0]");
    assertThatThrownBy(() -> bins(false, 1.0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x: expected two edges at least and a finite fill, found [1.0] and 2.0");
  }
}
