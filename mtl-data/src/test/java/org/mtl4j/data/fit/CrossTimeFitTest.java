package org.mtl4j.data.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.feature.FittedCross;
import org.mtl4j.core.feature.FittedTimeCycles;
import org.mtl4j.core.feature.FittedTimeIds;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.CategoricalFeature.Hashed;
import org.mtl4j.core.schema.CategoricalFeature.IdRule;
import org.mtl4j.core.schema.CategoricalFeature.Learnt;
import org.mtl4j.core.schema.CrossFeature;
import org.mtl4j.core.schema.DatetimeFeature;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.schema.TimePart;
import org.mtl4j.core.schema.TimeRule;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.memory.HeapShare;

class CrossTimeFitTest {
  private static final Columns COLUMNS = Columns.of(ColumnType.UNTYPED, List.of("a", "b", "at"));

  private static CategoricalFeature categorical(String name, IdRule ids) {
    return new CategoricalFeature(name, name, Optional.empty(), name, 4, ids);
  }

  private static FeatureSpec cross(IdRule ids) {
    IdRule learnt = new Learnt(1);
    return new CrossFeature(
        categorical("both", ids), List.of(categorical("a", learnt), categorical("b", learnt)));
  }

  private static FeatureSpec time(Optional<Integer> dim) {
    TimeRule rule = new TimeRule(TimeRule.Unit.SECONDS, ZoneId.of("UTC"));
    DatetimeFeature.Layout layout =
        new DatetimeFeature.Layout(List.of(TimePart.HOUR, TimePart.MONTH), dim);
    return new DatetimeFeature("at", "at", Optional.empty(), rule, layout);
  }

  /** Rows of a, b and the time. */
  private static FeatureFitter observed(FeatureSpec spec, String[]... rows) {
    FeatureFitter fitter =
        new FeatureFitter(
            List.of(spec),
            COLUMNS,
            column -> column.equals("b") ? Set.of("?") : Set.of(),
            HeapShare.of(0.5));
    String[][] columns = new String[3][rows.length];
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < columns.length; c++) {
        columns[c][r] = rows[r][c];
      }
    }
    fitter.observe(
        new RawBatch(COLUMNS, rows.length, 0, List.of((Object[]) columns), row -> "row " + row));
    return fitter;
  }

  private static String[] row(String a, String b, String at) {
    return new String[] {a, b, at};
  }

  private static final String[][] ROWS = {
    row("x", "1", "2024-03-31T18:30"),
    row("y", "1", "2024-03-30"),
    row("x", "2", null),
    row("y", "1", null),
    row("x", null, null),
    row("y", "1", null),
    row("x", "1", null)
  };

  @Test
  void combinationsAreCountedMostFrequentFirst() {
    FittedCross fitted = (FittedCross) observed(cross(new Learnt(2)), ROWS).fit().get(0);
    assertThat(fitted.joined().vocabulary().orElseThrow().tokens())
        .containsExactly("y\u001f1", "x\u001f1");
    assertThat(fitted.id(List.of("y", "1"))).isEqualTo(2);
    assertThat(fitted.id(List.of("x", "2"))).isEqualTo(1);
    assertThat(fitted.id(List.of("x", "?"))).isZero();
    FittedCross most = (FittedCross) observed(cross(new Learnt(1, 1)), ROWS).fit().get(0);
    assertThat(most.tables().get(0).rows()).isEqualTo(3);
  }

  @Test
  void hashedCombinationsNeedNoVocabulary() {
    FittedCross fitted = (FittedCross) observed(cross(new Hashed(50)), ROWS).fit().get(0);
    assertThat(fitted.tables().get(0).rows()).isEqualTo(51);
    assertThat(fitted.id(List.of("x", "1"))).isBetween(1, 50);
  }

  @Test
  void crossThatSaysNothingIsWarnedOf() {
    FeatureFitter fitter = observed(cross(new Learnt(1)), row("x", "1", null), row("x", "1", null));
    fitter.fit();
    assertThat(fitter.warnings())
        .containsExactly("features.both: there is but \"x\" with \"1\"; it tells a model nothing.");
    fitter = observed(cross(new Hashed(5)), row("x", null, null), row(null, "1", null));
    fitter.fit();
    assertThat(fitter.warnings())
        .containsExactly(
            "features.both: no training row has a value of each feature; it tells a model nothing.");
  }

  @Test
  void partThatDoesNotVaryIsWarnedOf() {
    FeatureFitter fitter = observed(time(Optional.of(4)), ROWS);
    assertThat(fitter.fit().get(0)).isInstanceOf(FittedTimeIds.class);
    assertThat(fitter.warnings())
        .containsExactly(
            "features.at: month is the same in every training row; leave it out of parts.");
    fitter = observed(time(Optional.empty()), row("x", "1", null));
    assertThat(fitter.fit().get(0)).isInstanceOf(FittedTimeCycles.class);
    assertThat(fitter.warnings())
        .containsExactly(
            "features.at: the column \"at\" is missing in every training row; it tells a model nothing.");
  }
}
