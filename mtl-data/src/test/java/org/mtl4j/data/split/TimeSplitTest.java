package org.mtl4j.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mtl4j.data.split.TestSplits.SEED;
import static org.mtl4j.data.split.TestSplits.assign;
import static org.mtl4j.data.split.TestSplits.failure;
import static org.mtl4j.data.split.TestSplits.first;
import static org.mtl4j.data.split.TestSplits.numbers;
import static org.mtl4j.data.split.TestSplits.texts;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.data.memory.HeapShare;
import org.mtl4j.testkit.TestSeed;

/** Splits by time, on rows as a file and as a Java program gives them. */
class TimeSplitTest {
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
  void datesBeginAtTheTimesGiven() {
    SplitRule rule = from("2024-03-01", "2024-04-01");
    assertThat(assign(rule, texts("time", "2024-04-01", "2024-02-29", "2024-03-01", "2023-12-31")))
        .containsExactly(Split.TEST, Split.TRAIN, Split.VALIDATION, Split.TRAIN);
    String[] times = {"2024-03-31T23:59", "2024-04-01 00:00:00", "2024-02-29T23:59:59.999999999"};
    assertThat(assign(rule, texts("time", times)))
        .containsExactly(Split.VALIDATION, Split.TEST, Split.TRAIN);
  }

  /** As text, each of these would be on the other side. */
  @Test
  void timesWithOffsetsAreComparedAsInstants() {
    String[] times = {
      "2024-04-01T00:30+01:00", "2024-03-31T23:00-0200", "2024-04-01T00:00:00Z", "2024-03-31 23:59Z"
    };
    assertThat(assign(from("2024-03-01", "2024-04-01"), texts("time", times)))
        .containsExactly(Split.VALIDATION, Split.TEST, Split.TEST, Split.VALIDATION);
    String[] fractions = {
      "2024-04-01T00:00:00.5Z", "2024-04-01T00:00:00Z", "2024-04-01T00:00:00.25Z"
    };
    assertThat(assign(from("2024-04-01", "2024-04-01T00:00:00.3Z"), texts("time", fractions)))
        .containsExactly(Split.TEST, Split.VALIDATION, Split.VALIDATION);
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
  void timesOfTheRuleMustBeOfTheColumnsShapeAndInOrder() {
    String[] days = {"2024-01-01", "2024-01-02"};
    String[] hours = {"2024-01-01T10:00"};
    assertBoundRefused("2024-01-01", "a number", texts("time", "900", "1099"));
    assertBoundRefused("inf", "a number", texts("time", "900", "1099"));
    assertBoundRefused("20240101", "a date such as 2024-03-31", texts("time", days));
    assertBoundRefused("2024-01", "a date such as 2024-03-31", texts("time", days));
    assertBoundRefused("2024-01-01T10:00", "a date such as 2024-03-31", texts("time", days));
    assertBoundRefused(
        "2024-01-01T10:00Z",
        "a date with a time such as 2024-03-31T18:30:00",
        texts("time", hours));
    assertThat(failure(() -> assign(from("2024-01-02", "2024-01-01"), texts("time", days))))
        .hasMessage(
            "data.split.test_from: Expected a time not before validation_from, 2024-01-02, found"
                + " 2024-01-01. Validation comes before the test.");
  }

  private static void assertBoundRefused(String bound, String expected, BatchSource rows) {
    SplitRule rule = new SplitRule.Time("time", 0, 0, Optional.empty(), Optional.of(bound));
    MtlException error = failure(() -> assign(rule, rows));
    assertThat(error.code()).isEqualTo(ErrorCode.CONFIG_VALUE);
    assertThat(error)
        .hasMessage(
            ("data.split.test_from: Expected %s, as in the column \"time\" (row 0), found \"%s\"."
                    + " Write it as the column's times are written.")
                .formatted(expected, bound));
  }

  private static SplitRule time(double validation, double test) {
    return new SplitRule.Time("time", validation, test, Optional.empty(), Optional.empty());
  }

  private static SplitRule from(String validation, String test) {
    return new SplitRule.Time("time", 0, 0, Optional.of(validation), Optional.of(test));
  }

  @Test
  void timesAreOfOneShapeAndFinite() {
    String number = "a number";
    String date = "a date such as 2024-03-31";
    assertTimeRefused(date + ", as in row 0", "2024-01-02", "99");
    assertTimeRefused(date + ", as in row 0", "2024-01-02", "2024-01-02T10:00");
    assertTimeRefused(date + ", as in row 0", "2024-01-02", "1/13/2010");
    assertTimeRefused(number + ", as in row 0", "99", "2024-01-01");
    assertTimeRefused(number + ", as in row 0", "99", "x7");
    assertTimeRefused("a finite number", "99", "1e400");
    assertTimeRefused("a finite number", "99", "-inf");
    assertTimeRefused(
        "a date with a time such as 2024-03-31T18:30:00, as in row 0",
        "2024-01-01 10:00",
        "2024-01-01T10:00Z");
  }

  private static void assertTimeRefused(String expected, String first, String second) {
    for (SplitRule rule : List.of(time(0, 0.5), from(first, first))) {
      MtlException error = failure(() -> assign(rule, texts("time", first, second)));
      assertThat(error.code()).isEqualTo(ErrorCode.DATA_VALUE);
      assertThat(error)
          .hasMessage(
              ("row 1: Rows are split by the time in column \"time\": expected %s, found \"%s\"."
                      + " Write all times alike, as ISO 8601 or as numbers such as seconds since"
                      + " 1970, or leave such rows out by data.where.")
                  .formatted(expected, second));
    }
  }

  @Test
  void aFirstTimeOfNoKnownShapeIsRefused() {
    assertThat(failure(() -> assign(time(0, 0.5), texts("time", "1/13/2010", "2010-01-14"))))
        .hasMessage(
            "row 0: Rows are split by the time in column \"time\": expected a number, a date such"
                + " as 2024-03-31, or a date with a time such as 2024-03-31T18:30:00, with or"
                + " without its offset, found \"1/13/2010\". Write all times alike, as ISO 8601 or"
                + " as numbers such as seconds since 1970, or leave such rows out by data.where.");
    assertThat(failure(() -> assign(time(0, 0.5), texts("time", "7 ", "8"))))
        .hasMessageContainingAll("found \"7 \"", "Take the blanks off; data.source.trim: true");
    assertThat(failure(() -> assign(time(0, 0.5), texts("time", "NaN", "8"))))
        .hasMessageContainingAll("row 0: ", "missing here");
    assertThat(failure(() -> assign(time(0, 0.5), texts("time", "8", "NaN"))))
        .hasMessageContainingAll("row 1: ", "missing here");
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
    // A date costs 112 bytes once, however many rows have it.
    String[] days = new String[100];
    for (int i = 0; i < days.length; i++) {
      days[i] = "2024-01-0" + (1 + i % 2);
    }
    TimeFitter dates = new TimeFitter(rule, new SplitInput(texts("time", days), SEED));
    dates.fit(new HeapShare(0.5, 2 * 224));
    assertThat(failure(() -> dates.fit(new HeapShare(0.5, 2 * 223))))
        .hasMessageContaining("counting 2 different times");
  }
}
