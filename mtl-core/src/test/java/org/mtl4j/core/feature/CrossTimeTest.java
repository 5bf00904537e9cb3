package org.mtl4j.core.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.CrossFeature;
import org.mtl4j.core.schema.DatetimeFeature;
import org.mtl4j.core.schema.TimePart;
import org.mtl4j.core.schema.TimeRule;
import org.mtl4j.core.schema.Vocabulary;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;

/** Crosses and parts of times, by hand. */
class CrossTimeTest {
  private static CategoricalFeature categorical(String name) {
    return new CategoricalFeature(
        name, name, Optional.empty(), name, 2, new CategoricalFeature.Learnt(1));
  }

  private static FittedCross cross(String... tokens) {
    CategoricalFeature value = categorical("both");
    return new FittedCross(
        new CrossFeature(value, List.of(categorical("a"), categorical("b"))),
        new FittedCategorical(value, Optional.of(new Vocabulary(List.of(tokens)))),
        List.of(Set.of(), Set.of("?")));
  }

  @Test
  void combinationHasAnIdUnlessOneOfItsValuesIsMissing() {
    FittedCross cross = cross("x\u001fy", "y\u001fx");
    assertThat(cross.id(List.of("x", "y"))).isEqualTo(2);
    assertThat(cross.id(List.of("y", "x"))).isEqualTo(3);
    assertThat(cross.id(List.of("x", "x"))).isEqualTo(1);
    assertThat(cross.id(Arrays.asList("x", null))).isZero();
    assertThat(cross.id(List.of("", "y"))).isZero();
    assertThat(cross.id(List.of("x", "?"))).isZero();
    assertThat(cross.id(List.of("?", "x"))).isEqualTo(1);
  }

  @Test
  void noTwoCombinationsAreOneText() {
    assertThat(CrossFeature.join(List.of("a", "b", "c"))).isEqualTo("a\u001fb\u001fc");
    assertThat(CrossFeature.join(List.of("a\u001fb", "c"))).isEqualTo("a\u001e\u001fb\u001fc");
    assertThat(CrossFeature.join(List.of("a\u001e", "b"))).isEqualTo("a\u001e\u001e\u001fb");
    assertThat(CrossFeature.join(List.of("a", "\u001fb"))).isEqualTo("a\u001f\u001e\u001fb");
  }

  private static DatetimeFeature time(Optional<Integer> dim, TimePart... parts) {
    return new DatetimeFeature(
        "at",
        "at",
        Optional.empty(),
        new TimeRule(TimeRule.Unit.SECONDS, ZoneId.of("+02:00")),
        new DatetimeFeature.Layout(List.of(parts), dim));
  }

  private static RawBatch rows(Object values, int n) {
    ColumnType type = values instanceof double[] ? ColumnType.NUMBER : ColumnType.UNTYPED;
    Columns columns = Columns.of(type, List.of("at"));
    return new RawBatch(columns, n, 0, List.of(values), row -> "line " + (row + 2));
  }

  @Test
  void eachPartIsAnIdOfATableOfItsOwn() {
    FittedTimeIds fitted = new FittedTimeIds(time(Optional.of(3), TimePart.HOUR, TimePart.WEEKDAY));
    FeaturePipeline pipeline = new FeaturePipeline(List.of(fitted));
    assertThat(pipeline.tables())
        .containsExactly(new TableSpec("at/hour", 25, 3), new TableSpec("at/weekday", 8, 3));
    assertThat(fitted.width()).isEqualTo(6);
    // 1970 began on a Thursday, at 2 o'clock by this clock.
    List<int[]> ids = pipeline.encode(rows(new double[] {0, Double.NaN, -7201}, 3)).ids();
    assertThat(ids.get(0)).containsExactly(3, 0, 24);
    assertThat(ids.get(1)).containsExactly(4, 0, 3);
    String[] texts = {"1970-01-01T02:00", null, "1969-12-31T21:59:59Z"};
    List<int[]> spelt = pipeline.encode(rows(texts, 3)).ids();
    assertThat(spelt.get(0)).containsExactly(ids.get(0));
    assertThat(spelt.get(1)).containsExactly(ids.get(1));
  }

  @Test
  void cycleIsAPointOnACircleAndMissingItsMiddle() {
    FeaturePipeline pipeline =
        new FeaturePipeline(List.of(new FittedTimeCycles(time(Optional.empty(), TimePart.HOUR))));
    double[] times = {0, 4 * 3600, 10 * 3600, Double.NaN};
    List<float[]> dense = pipeline.encode(rows(times, 4)).dense();
    assertThat(pipeline.denseWidth()).isEqualTo(2);
    float[] sines = {0.5f, 1, 0, 0};
    float[] cosines = {0.8660254f, 0, -1, 0};
    for (int r = 0; r < times.length; r++) {
      assertThat(dense.get(0)[r]).isEqualTo(sines[r], within(1e-7f));
      assertThat(dense.get(1)[r]).isEqualTo(cosines[r], within(1e-7f));
    }
  }

  @Test
  void valueThatIsNoTimeIsAnErrorThatNamesTheRow() {
    FeaturePipeline pipeline =
        new FeaturePipeline(List.of(new FittedTimeIds(time(Optional.of(1), TimePart.HOUR))));
    MtlException error =
        catchThrowableOfType(
            MtlException.class,
            () -> pipeline.encode(rows(new double[] {0, 1_711_909_800_123.0}, 2)));
    assertThat(error)
        .hasMessage(
            "line 3: The column \"at\" is used as a time: expected seconds since 1970, or ISO 8601 such"
                + " as 2024-03-31T18:30, of the years 1 to 9999, found \"1711909800123\". If it counts"
                + " milliseconds, set the feature's unit: milliseconds. If it stands for a missing"
                + " value, add it to data.source.missing.");
    error =
        catchThrowableOfType(
            MtlException.class, () -> pipeline.encode(rows(new String[] {"noon"}, 1)));
    assertThat(error).hasMessageContaining("line 2").hasMessageContaining("found \"noon\"");
  }
}
