package org.mtl4j.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mtl4j.data.split.TestSplits.SEED;
import static org.mtl4j.data.split.TestSplits.assign;
import static org.mtl4j.data.split.TestSplits.failure;
import static org.mtl4j.data.split.TestSplits.first;
import static org.mtl4j.data.split.TestSplits.numbers;
import static org.mtl4j.data.split.TestSplits.texts;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;

class SplitRuleTest {
  @Test
  void everyFifthIsTestAndOfTheRestEveryTenthAfterOneIsValidation() {
    SplitRule rule = new SplitRule.Every(Optional.of(5), Optional.of(10));
    List<Split> splits = assign(rule, numbers("x", 100));
    for (int i = 0; i < 100; i++) {
      Split expected = i % 5 == 0 ? Split.TEST : i % 10 == 1 ? Split.VALIDATION : Split.TRAIN;
      assertThat(splits.get(i)).as("record %d", i).isEqualTo(expected);
    }
    assertThat(Collections.frequency(splits, Split.VALIDATION)).isEqualTo(10);
  }

  @Test
  void everyWithoutATestHasNone() {
    List<Split> splits =
        assign(new SplitRule.Every(Optional.empty(), Optional.of(3)), numbers("x", 9));
    assertThat(splits).doesNotContain(Split.TEST);
    assertThat(Collections.frequency(splits, Split.VALIDATION)).isEqualTo(3);
  }

  @Test
  void randomSharesAreAboutAsAskedAndFollowTheSeed() {
    SplitRule.Random rule = new SplitRule.Random(0.1, 0.2);
    BatchSource rows = numbers("x", 20_000);
    List<Split> splits = assign(rule, rows);
    // Five standard deviations of a binomial share.
    assertThat(share(splits, Split.TEST)).as("%s", SEED).isCloseTo(0.2, within(0.0142));
    assertThat(share(splits, Split.VALIDATION)).as("%s", SEED).isCloseTo(0.1, within(0.0107));
    assertThat(splits).isEqualTo(assign(rule, rows));
    assertThat(splits).isNotEqualTo(assign(rule, rows, SEED.child("another")));
  }

  @Test
  void recordFallsOnTheSameSideWhateverRowsAreBesideIt() {
    SplitAssigner assigner =
        new SplitRule.Random(0.3, 0.3).assigner(new SplitInput(numbers("x", 50), SEED));
    RawBatch all = first(numbers("x", 50));
    RawBatch odd = all.select(IntStream.range(0, 25).map(i -> 2 * i + 1).toArray());
    for (int row = 0; row < odd.rowCount(); row++) {
      assertThat(assigner.of(odd, row)).isEqualTo(assigner.of(all, 2 * row + 1));
    }
  }

  @Test
  void rowsOfAGroupStayTogetherAndThoseWithoutOneAreSpread() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < 6_000; i++) {
      Map<String, Object> row = new HashMap<>();
      row.put("user", i % 3 == 0 ? null : "u" + i % 1_000);
      row.put("i", i);
      rows.add(row);
    }
    List<Split> splits = assign(new SplitRule.Group("user", 0.25, 0.25), BatchSource.of(rows));
    Map<Object, Split> sides = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      Object user = rows.get(i).get("user");
      if (user != null) {
        Split side = sides.putIfAbsent(user, splits.get(i));
        assertThat(splits.get(i))
            .as("%s, %s", user, SEED)
            .isEqualTo(side == null ? splits.get(i) : side);
      }
    }
    List<Split> alone = IntStream.range(0, 2_000).mapToObj(i -> splits.get(3 * i)).toList();
    assertThat(share(alone, Split.TEST)).as("%s", SEED).isCloseTo(0.25, within(0.05));
    assertThat(share(List.copyOf(sides.values()), Split.TEST))
        .as("%s", SEED)
        .isCloseTo(0.25, within(0.07));
  }

  @Test
  void columnSaysWhatARowIsFor() {
    SplitRule rule = new SplitRule.Column("part");
    assertThat(assign(rule, texts("part", "train", "test", " validation")))
        .containsExactly(Split.TRAIN, Split.TEST, Split.VALIDATION);
    MtlException error = failure(() -> assign(rule, texts("part", "train", "dev")));
    assertThat(error.code()).isEqualTo(ErrorCode.DATA_VALUE);
    assertThat(error).hasMessageContainingAll("row 1", "\"dev\"", "train, validation or test");
  }

  @Test
  void columnThatIsNotThereIsNamedWithTheNearest() {
    MtlException error =
        failure(() -> assign(new SplitRule.Group("usr", 0, 0.5), texts("user", "a")));
    assertThat(error.code()).isEqualTo(ErrorCode.COLUMN_MISSING);
    assertThat(error).hasMessageContainingAll("data.split.column", "\"usr\"", "\"user\"?");
  }

  @Test
  void sharesThatLeaveNothingToTrainOnAreRefused() {
    assertThatThrownBy(() -> new SplitRule.Random(0.5, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "validation: expected shares of validation and test below 1 together, found 1.0");
    assertThatThrownBy(() -> new SplitRule.Every(Optional.of(1), Optional.empty()))
        .hasMessage("test: expected a whole number of at least 2, found 1");
    assertThatThrownBy(() -> new SplitRule.Time("t", 0.1, 0, Optional.empty(), Optional.of("5")))
        .hasMessageContaining("found both");
  }

  private static double share(List<Split> splits, Split split) {
    return Collections.frequency(splits, split) / (double) splits.size();
  }
}
