package org.mtl4j.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.LabelWindow;
import org.mtl4j.data.split.Split;
import org.mtl4j.data.split.SplitRule;

class RowAgesTest {
  private static final Seed SEED = new Seed(1);
  private static final SplitRule.ByRow EVERY =
      new SplitRule.Every(Optional.of(3), Optional.empty());

  private static BatchSource times(Object... times) {
    return BatchSource.of(Stream.of(times).map(time -> Map.of("ts", time)).toList());
  }

  private static RowTimes rule(String end, RowTimes.Unit unit) {
    return new RowTimes("ts", Optional.ofNullable(end), unit);
  }

  private static List<Double> ages(BatchSource rows, RowTimes rule) {
    return ages(SplitDataset.of(rows, RowRules.NONE, EVERY, SEED).withAges(rule));
  }

  /** Test rows first, then training rows. */
  private static List<Double> ages(SplitDataset data) {
    List<Double> ages = new ArrayList<>();
    int column = data.columns().indexOf(LabelWindow.AGE);
    for (Split split : List.of(Split.TEST, Split.VALIDATION, Split.TRAIN)) {
      data.forEach(
          split,
          7,
          block ->
              IntStream.range(0, block.rowCount())
                  .forEach(row -> ages.add(block.number(column, row))));
    }
    return ages;
  }

  @Test
  void ageIsTheTimeLeftToTheLatestRowOfAnySplit() {
    // Rows 0 and 3 are test.
    assertThat(ages(times(100, 700, 250, 40), rule(null, RowTimes.Unit.SECONDS)))
        .containsExactly(600.0, 660.0, 0.0, 450.0);
    assertThat(ages(times(100_000, 700_000, 250_500), rule(null, RowTimes.Unit.MILLISECONDS)))
        .containsExactly(600.0, 0.0, 449.5);
  }

  @Test
  void timesOfIso8601AreInSecondsWhateverTheUnitOfNumbers() {
    BatchSource rows = times("2024-03-01T12:00:00+01:00", "2024-03-02T11:00Z", "2024-02-29 11:00Z");
    assertThat(ages(rows, rule(null, RowTimes.Unit.MILLISECONDS)))
        .containsExactly(86_400.0, 0.0, 172_800.0);
  }

  @Test
  void endThatIsGivenMakesLaterRowsYoungerThanNothing() {
    assertThat(
            ages(
                times("2024-03-01", "2024-03-04", "2024-02-29"),
                rule("2024-03-03", RowTimes.Unit.SECONDS)))
        .containsExactly(172_800.0, -86_400.0, 259_200.0);
  }

  @Test
  void dataOfSeveralFilesEndWithTheLatestOfThem() {
    Map<String, BatchSource> files = Map.of("a", times(10, 20), "b", times(35));
    Function<List<String>, BatchSource> open = path -> files.get(path.get(0));
    SplitRule.Files split = new SplitRule.Files(List.of("a"), List.of(), List.of("b"));
    SplitDataset data = SplitDataset.ofFiles(split, open, RowRules.NONE, SEED);
    assertThat(ages(data.withAges(rule(null, RowTimes.Unit.SECONDS))))
        .containsExactly(0.0, 25.0, 15.0);
  }

  /** An evaluation of old rows knows their labels, one of newer rows those of old ones. */
  @Test
  void laterRowsEndWithTheLaterOfTheExperimentsEndAndTheirOwn() {
    BatchSource rows = times(10, 30);
    assertThat(ages(RowAges.ofLater(rule("50", RowTimes.Unit.SECONDS), rows).over(rows)))
        .containsExactly(40.0, 20.0);
    assertThat(ages(RowAges.ofLater(rule("20", RowTimes.Unit.SECONDS), rows).over(rows)))
        .containsExactly(20.0, 0.0);
  }

  private static List<Double> ages(BatchSource rows) {
    return ages(SplitDataset.of(rows, RowRules.NONE, new SplitRule.Random(0, 0), SEED));
  }

  /** Out of the cache none is. */
  @Test
  void endIsFoundWhenTheFirstAgeIsAskedFor() {
    int[] passes = new int[1];
    BatchSource rows =
        BatchSource.of(
            times(1).columns(),
            () -> {
              passes[0]++;
              return Stream.of(Map.of("ts", 10), Map.of("ts", 30));
            });
    SplitDataset data =
        SplitDataset.of(rows, RowRules.NONE, new SplitRule.Random(0, 0), SEED)
            .withAges(rule(null, RowTimes.Unit.SECONDS));
    assertThat(data.columns().names()).containsExactly("ts", LabelWindow.AGE);
    assertThat(passes[0]).isZero();
    assertThat(ages(data)).containsExactly(20.0, 0.0);
  }

  @Test
  void fingerprintTellsTheEndApart() {
    BatchSource rows = times(10, 30);
    List<String> prints =
        Stream.of(rule(null, RowTimes.Unit.SECONDS), rule("40", RowTimes.Unit.SECONDS))
            .map(rule -> RowAges.of(rule, List.of(rows)).over(rows).fingerprint())
            .toList();
    assertThat(prints).doesNotHaveDuplicates().doesNotContain(rows.fingerprint());
  }

  @Test
  void whatIsNoTimeIsNamed() {
    Map<String, Object> lacks = new HashMap<>();
    lacks.put("ts", null);
    BatchSource rows = BatchSource.of(List.of(Map.of("ts", 5), lacks));
    assertRefused(
        rows,
        rule(null, RowTimes.Unit.SECONDS),
        ErrorCode.DATA_VALUE,
        "row 1: The age of rows comes from column \"ts\", and it is missing here. Leave such rows"
            + " out: data.where: \"not is_missing(`ts`)\".");
    assertRefused(
        times(5),
        rule("2024-03-01", RowTimes.Unit.SECONDS),
        ErrorCode.CONFIG_VALUE,
        "data.time.end: Expected a number, as in the column \"ts\" (row 0), found \"2024-03-01\"."
            + " Write it as the column's times are written.");
    assertRefused(
        times(5),
        new RowTimes("time", Optional.empty(), RowTimes.Unit.SECONDS),
        ErrorCode.COLUMN_MISSING,
        "data.time.column: The source has no column \"time\". Known: ts.");
  }

  private static void assertRefused(
      BatchSource rows, RowTimes rule, ErrorCode code, String message) {
    MtlException error = catchThrowableOfType(MtlException.class, () -> ages(rows, rule));
    assertThat(error).as("nothing was refused").isNotNull();
    assertThat(error.code()).isEqualTo(code);
    assertThat(error).hasMessage(message);
  }
}
