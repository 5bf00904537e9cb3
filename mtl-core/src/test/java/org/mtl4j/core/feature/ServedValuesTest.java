package org.mtl4j.core.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.CrossFeature;
import org.mtl4j.core.schema.ListRule;
import org.mtl4j.core.schema.MultiCategoricalFeature;
import org.mtl4j.core.schema.NumericFeature;
import org.mtl4j.core.schema.NumericTransform;
import org.mtl4j.core.schema.Pooling;
import org.mtl4j.core.schema.Vocabulary;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;

class ServedValuesTest {
  private static final CategoricalFeature POSITION =
      new CategoricalFeature(
          "position", "rank", Optional.empty(), "position", 2, new CategoricalFeature.Learnt(1));
  private static final FittedCategorical VALUES =
      new FittedCategorical(POSITION, Optional.of(new Vocabulary(List.of("1", "2"))));
  private static final FittedFeature AGE =
      new FittedNumeric(
          new NumericFeature("age", "age", Optional.empty(), NumericTransform.NONE, true), 3, 0, 1);

  private static FittedFeature list() {
    ListRule rule = new ListRule("|", 3, ListRule.Keep.FIRST);
    return new FittedList(new MultiCategoricalFeature(POSITION, rule, Pooling.MEAN), VALUES, 3);
  }

  private static FeaturePipeline pipeline(FittedFeature position, Map<String, String> served) {
    return new FeaturePipeline(List.of(position, AGE), served);
  }

  private static RawBatch rows(String... names) {
    List<Object> values = new ArrayList<>();
    for (String name : names) {
      values.add(name.equals("age") ? new String[] {"5", null} : new String[] {"2", "7"});
    }
    Columns columns = Columns.of(ColumnType.UNTYPED, List.of(names));
    return new RawBatch(columns, 2, 0, values, row -> "row " + row);
  }

  @Test
  void servedRowsHaveTheValueWhetherTheyHadTheColumnOrNot() {
    FeaturePipeline pipeline = pipeline(VALUES, Map.of("position", "1"));
    assertThat(pipeline.encode(rows("rank", "age")).ids().get(0)).containsExactly(3, 1);
    for (RawBatch rows : List.of(rows("rank", "age"), rows("age"), rows("age", "rank"))) {
      EncodedFeatures served = pipeline.encodeServed(rows);
      assertThat(served.ids().get(0)).containsExactly(2, 2);
      assertThat(served.dense().get(0)).containsExactly(5, 3);
      assertThat(served.dense().get(1)).containsExactly(0, 1);
    }
    assertThat(pipeline.inputs()).extracting(RawInput::name).containsExactly("age");
    assertThat(pipeline.servedInputs().keySet())
        .extracting(RawInput::column)
        .containsExactly("rank");
    assertThat(pipeline.served()).isEqualTo(Map.of("position", "1"));
  }

  @Test
  void emptyTextIsAMissingValue() {
    FeaturePipeline pipeline = new FeaturePipeline(List.of(VALUES, AGE), Map.of("age", ""));
    EncodedFeatures served = pipeline.encodeServed(rows("rank"));
    assertThat(served.ids().get(0)).containsExactly(3, 1);
    assertThat(served.dense().get(0)).containsExactly(3, 3);
    assertThat(served.dense().get(1)).containsExactly(1, 1);
    assertThat(pipeline(VALUES, Map.of("position", "")).encodeServed(rows("age")).ids().get(0))
        .containsOnly(Vocabulary.MISSING);
  }

  @Test
  void valueThatTrainingHasNotSeenIsRefused() {
    for (FittedFeature position : List.of(VALUES, list())) {
      String value = position == VALUES ? "0" : "1|0";
      MtlException refused =
          catchThrowableOfType(
              MtlException.class, () -> pipeline(position, Map.of("position", value)));
      assertThat(refused).isNotNull();
      assertThat(refused.code()).isEqualTo(ErrorCode.DATA_VALUE);
      assertThat(refused)
          .hasMessage(
              "features.position.serve_as: Expected a value that training rows have, as often as"
                  + " min_count says, found \""
                  + value
                  + "\". Serving would give a vector that was"
                  + " never trained. Take a value of the column, or \"\" for a missing one.");
    }
    assertThat(pipeline(list(), Map.of("position", "2|1")).encodeServed(rows("age")).ids())
        .hasSize(3);
  }

  @Test
  void textForANumberIsRefused() {
    assertThatThrownBy(() -> pipeline(VALUES, Map.of("age", "old")))
        .isInstanceOf(MtlException.class)
        .hasMessageStartingWith("features.age.serve_as: ");
  }

  @Test
  void somethingIsLeftToServeAndFeaturesAreThere() {
    for (Map<String, String> served :
        List.of(Map.of("position", "1", "age", "2"), Map.of("positions", "1"))) {
      assertThatThrownBy(() -> pipeline(VALUES, served))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("expected values of some of the features [position, age]");
    }
  }

  @Test
  void crossGetsWhatItsFeaturesGetAndNothingOfItsOwn() {
    CategoricalFeature pair =
        new CategoricalFeature(
            "pair", "pair", Optional.empty(), "pair", 2, new CategoricalFeature.Learnt(1));
    Vocabulary seen =
        new Vocabulary(
            List.of(CrossFeature.join(List.of("2", "2")), CrossFeature.join(List.of("1", "1"))));
    FittedCross cross =
        new FittedCross(
            new CrossFeature(pair, List.of(POSITION, POSITION)),
            new FittedCategorical(pair, Optional.of(seen)),
            List.of(Set.of(), Set.of()));
    FeaturePipeline pipeline =
        new FeaturePipeline(List.of(cross, VALUES, AGE), Map.of("position", "1"));
    assertThat(pipeline.encode(rows("rank", "age")).ids().get(0)).containsExactly(2, 1);
    assertThat(pipeline.encodeServed(rows("rank", "age")).ids().get(0)).containsExactly(3, 3);
    for (Map<String, String> served :
        List.of(Map.of("pair", "1"), Map.of("position", "1", "age", "2"))) {
      assertThatThrownBy(() -> new FeaturePipeline(List.of(cross, VALUES, AGE), served))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("expected values of some of the features [position, age]");
    }
  }
}
