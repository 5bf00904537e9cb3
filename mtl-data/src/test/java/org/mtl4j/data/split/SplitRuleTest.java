package org.mtl4j.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.memory.HeapShare;
import org.mtl4j.testkit.TestSeed;

class SplitRuleTest {
  private static final Seed SEED = new Seed(Long.getLong("mtl.test.seed", 1L));

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
  void lastShareByTimeIsTheTestWhateverTheOrderOfRows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    IntStream.range(0, 100).forEach(i -> rows.add(Map.of("time", (i * 37) % 100)));
    List<Split> splits = assign(time(0.1, 0.2), BatchSource.of(rows));
    for (int i = 0; i < 100; i++) {
      int time = (i * 37) % 100;
      Split expected = time >= 80 ? Split.TEST : time >= 70 ? Split.VALIDATION : Split.TRAIN;
      assertThat(splits.get(i)).as("time %d", time).isEqualTo(expected);
    }
  }

  @Test
  void equalTimesStayTogetherOnTheLaterSide() {
    List<Split> splits = assign(time(0, 0.3), texts("time", "1", "2", "2", "2", "3"));
    assertThat(splits).containsExactly(Split.TRAIN, Split.TEST, Split.TEST, Split.TEST, Split.TEST);
  }

  @Test
  void untypedTimesThatSpellNumbersAreComparedAsNumbers() {
    List<Split> splits = assign(time(0, 0.5), texts("time", "9", "10", "8", "100"));
    assertThat(splits).containsExactly(Split.TRAIN, Split.TEST, Split.TRAIN, Split.TEST);
  }

  @Test
  void datesAreComparedAsTextFromTheTimesGiven() {
    SplitRule rule =
        new SplitRule.Time("time", 0, 0, Optional.of("2024-03"), Optional.of("2024-04-01"));
    List<Split> splits =
        assign(rule, texts("time", "2024-04-01T00:00", "2024-02-29", "2024-03-01", "2023-12-31"));
    assertThat(splits).containsExactly(Split.TEST, Split.TRAIN, Split.VALIDATION, Split.TRAIN);
  }

  /** 40 days, each on 1 to 5 rows in no order: against all rows' days, sorted. */
  @Test
  void lastShareOfDatesIsThatOfAllRowsSorted() {
    List<String> days = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String day = "2024-%02d-%02d".formatted(1 + i % 3, 1 + i * 7 % 28);
      IntStream.range(0, 1 + i % 5).forEach(again -> days.add(day));
    }
    Collections.shuffle(days, TestSeed.random());
    List<String> sorted = days.stream().sorted().toList();
    String test = sorted.get(days.size() - Math.round(days.size() * 0.25f));
    List<Split> splits = assign(time(0, 0.25), texts("time", days.toArray(String[]::new)));
    for (int i = 0; i < days.size(); i++) {
      assertThat(splits.get(i))
          .as("%s, test from %s, seed %d", days.get(i), test, TestSeed.value())
          .isEqualTo(days.get(i).compareTo(test) >= 0 ? Split.TEST : Split.TRAIN);
    }
  }

  @Test
  void missingTimeIsAnErrorThatNamesItsRow() {
    MtlException error = failure(() -> assign(time(0, 0.5), texts("time", "1", null, "3")));
    assertThat(error.code()).isEqualTo(ErrorCode.DATA_VALUE);
    assertThat(error).hasMessageContainingAll("row 1", "\"time\"", "data.where");
  }

  @Test
  void timesOfTheRuleMustBeOfTheColumnsKindAndInOrder() {
    SplitRule text = new SplitRule.Time("x", 0, 0, Optional.empty(), Optional.of("2024-01-01"));
    assertThat(failure(() -> assign(text, numbers("x", 3))))
        .hasMessageContainingAll("data.split.test_from", "number", "2024-01-01");
    SplitRule order = new SplitRule.Time("x", 0, 0, Optional.of("9"), Optional.of("5"));
    assertThat(failure(() -> assign(order, numbers("x", 3))))
        .hasMessageContaining("not before validation_from");
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

  private static SplitRule time(double validation, double test) {
    return new SplitRule.Time("time", validation, test, Optional.empty(), Optional.empty());
  }

  private static BatchSource numbers(String column, int count) {
    return BatchSource.of(IntStream.range(0, count).mapToObj(i -> Map.of(column, i)).toList());
  }

  /** Untyped rows, as a CSV file gives them. */
  private static BatchSource texts(String column, String... values) {
    Columns columns = Columns.of(ColumnType.UNTYPED, List.of(column));
    RawBatch rows =
        new RawBatch(columns, values.length, 0, List.of((Object) values), row -> "row " + row);
    return new BatchSource() {
      @Override
      public Columns columns() {
        return columns;
      }

      @Override
      public RawCursor open() {
        return new RawCursor() {
          private boolean given;

          @Override
          public Optional<RawBatch> next(int maxRows) {
            Optional<RawBatch> next = given ? Optional.empty() : Optional.of(rows);
            given = true;
            return next;
          }

          @Override
          public void close() {}
        };
      }

      @Override
      public String fingerprint() {
        return String.join("|", values);
      }
    };
  }

  private static List<Split> assign(SplitRule rule, BatchSource source) {
    return assign(rule, source, SEED);
  }

  private static List<Split> assign(SplitRule rule, BatchSource source, Seed seed) {
    SplitAssigner assigner = ((SplitRule.ByRow) rule).assigner(new SplitInput(source, seed));
    RawBatch rows = first(source);
    return IntStream.range(0, rows.rowCount()).mapToObj(row -> assigner.of(rows, row)).toList();
  }

  private static RawBatch first(BatchSource source) {
    try (RawCursor cursor = source.open()) {
      return cursor.next(1_000_000).orElseThrow();
    }
  }

  private static double share(List<Split> splits, Split split) {
    return Collections.frequency(splits, split) / (double) splits.size();
  }

  private static MtlException failure(ThrowingCallable call) {
    MtlException error = catchThrowableOfType(MtlException.class, call);
    assertThat(error).as("an MtlException").isNotNull();
    return error;
  }

  @Test
  void inAColumnOfAFileTimesAreAllNumbersOrAllDates() {
    MtlException number =
        failure(() -> assign(time(0, 0.5), texts("time", "2024-01-02", "2024-01-01", "99")));
    assertThat(number.code()).isEqualTo(ErrorCode.DATA_VALUE);
    assertThat(number)
        .hasMessage(
            "row 2: Rows are split by the time in column \"time\": expected dates as text, as in"
                + " the first row, found \"99\". Write all times alike, as numbers or as dates of"
                + " ISO 8601, or leave such rows out by data.where.");
    MtlException date = failure(() -> assign(time(0, 0.5), texts("time", "99", "5", "2024-01-01")));
    assertThat(date.code()).isEqualTo(ErrorCode.DATA_VALUE);
    assertThat(date)
        .hasMessageContainingAll("row 2", "expected numbers, as in the first row", "2024-01-01");
    SplitRule from = new SplitRule.Time("time", 0, 0, Optional.of("2024-03-01"), Optional.empty());
    assertThat(failure(() -> assign(from, texts("time", "2024-01-02", "20240401"))))
        .hasMessageContainingAll("row 1", "as in data.split.validation_from", "20240401");
  }

  @Test
  void timesThatTheShareOfTheHeapCannotHoldAreRefused() {
    SplitRule.Time rule = (SplitRule.Time) time(0, 0.5);
    TimeFitter numbers = new TimeFitter(rule, new SplitInput(numbers("time", 100), SEED));
    numbers.fit(new HeapShare(0.5, 4_800)); // 24 bytes a row.
    MtlException error = failure(() -> numbers.fit(new HeapShare(0.5, 4_799)));
    assertThat(error.code()).isEqualTo(ErrorCode.MEMORY);
    assertThat(error)
        .hasMessageContainingAll("data.split: ", "50 %", "sorting 100 rows", "test_from", "-Xmx8g");
    // A date costs once, however many rows have it: 104 bytes and 2 a character.
    String[] days = new String[100];
    for (int i = 0; i < days.length; i++) {
      days[i] = "2024-01-0" + (1 + i % 2);
    }
    TimeFitter dates = new TimeFitter(rule, new SplitInput(texts("time", days), SEED));
    dates.fit(new HeapShare(0.5, 2 * 248));
    assertThat(failure(() -> dates.fit(new HeapShare(0.5, 2 * 247))))
        .hasMessageContaining("counting 2 different times");
  }
}
