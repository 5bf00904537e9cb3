package org.mtl4j.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.Expression;
import org.mtl4j.data.split.Split;
import org.mtl4j.data.split.SplitRule;
import org.mtl4j.testkit.TestSeed;

class SplitDatasetTest {
  private static final Seed SEED = new Seed(TestSeed.value());
  private static final SplitRule.ByRow EVERY = new SplitRule.Every(Optional.of(5), Optional.of(10));

  @Test
  void recordsCountBeforeAnyFilter() {
    SplitDataset data =
        SplitDataset.of(BatchSource.of(range(0, 100)), where("x >= 50"), EVERY, SEED);
    assertThat(values(data, Split.TEST, 7)).containsExactly(sequence(50, 100, 5));
    assertThat(values(data, Split.VALIDATION, 7)).containsExactly(sequence(51, 100, 10));
    assertThat(counts(data))
        .isEqualTo(Map.of(Split.TRAIN, 35L, Split.VALIDATION, 5L, Split.TEST, 10L));
  }

  @Test
  void rowsKeepTheirPlacesAndRecords() {
    SplitDataset data = SplitDataset.of(BatchSource.of(range(0, 30)), where("x > 12"), EVERY, SEED);
    for (RawBatch rows : blocks(data.rows(Split.TEST), 4)) {
      for (int row = 0; row < rows.rowCount(); row++) {
        assertThat(rows.record(row)).isEqualTo((long) rows.number(0, row));
        assertThat(rows.place(row)).isEqualTo("row " + rows.record(row));
      }
    }
  }

  @Test
  void fingerprintOfASplitTellsSplitsRulesAndSeedsApartWithoutReadingRows() {
    BatchSource rows = BatchSource.of(range(0, 30));
    BatchSource unread =
        new BatchSource() {
          @Override
          public Columns columns() {
            return rows.columns();
          }

          @Override
          public RawCursor open() {
            throw new AssertionError("rows are read for a fingerprint");
          }

          @Override
          public String fingerprint() {
            return rows.fingerprint();
          }
        };
    SplitRule.ByRow other = new SplitRule.Every(Optional.of(5), Optional.of(7));
    Seed otherSeed = new Seed(SEED.value() + 1);
    String train = fingerprint(unread, EVERY, SEED, Split.TRAIN);
    assertThat(train).isEqualTo(fingerprint(unread, EVERY, SEED, Split.TRAIN));
    assertThat(
            List.of(
                train,
                fingerprint(unread, EVERY, SEED, Split.TEST),
                fingerprint(unread, other, SEED, Split.TRAIN),
                fingerprint(unread, EVERY, otherSeed, Split.TRAIN),
                fingerprint(BatchSource.of(range(0, 31)), EVERY, SEED, Split.TRAIN)))
        .doesNotHaveDuplicates();
  }

  private static String fingerprint(
      BatchSource source, SplitRule.ByRow rule, Seed seed, Split split) {
    return SplitDataset.of(source, RowRules.NONE, rule, seed).rows(split).fingerprint();
  }

  @Test
  void onePassDeliversWhatThreePassesDo() {
    SplitDataset data =
        SplitDataset.of(
            BatchSource.of(range(0, 200)), RowRules.NONE, new SplitRule.Random(0.2, 0.3), SEED);
    Map<Split, List<Double>> together = new EnumMap<>(Split.class);
    data.forEach(
        16,
        (split, rows) -> {
          assertThat(rows.rowCount()).isBetween(1, 16);
          for (int row = 0; row < rows.rowCount(); row++) {
            together.computeIfAbsent(split, s -> new ArrayList<>()).add(rows.number(0, row));
          }
        });
    for (Split split : Split.values()) {
      assertThat(values(data, split, 9)).as("%s, %s", split, SEED).isEqualTo(together.get(split));
    }
    assertThat(together.values().stream().mapToInt(List::size).sum()).isEqualTo(200);
  }

  @Test
  void derivedColumnsStandBehindTheSourcesAndCanBeFiltered() {
    RowRules rules =
        new RowRules(
            Optional.of(Expression.parse("double > 10 and kind == 'big'")),
            false,
            Map.of(
                "double", Expression.parse("2 * x"),
                "kind", Expression.parse("if(x > 6, 'big', 'small')")));
    SplitDataset data = SplitDataset.of(BatchSource.of(range(0, 10)), rules, EVERY, SEED);
    assertThat(data.columns().names()).startsWith("x").contains("double", "kind");
    assertThat(values(data, Split.TRAIN, 100)).containsExactly(7.0, 8.0, 9.0);
  }

  @Test
  void onlyTheFirstOfEqualRowsIsKeptOverBlocks() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      rows.add(Map.of("x", i % 1_500, "name", "n" + i % 3));
    }
    RowRules rules = new RowRules(Optional.empty(), true, Map.of());
    SplitDataset data = SplitDataset.of(BatchSource.of(rows), rules, EVERY, SEED);
    assertThat(counts(data).values().stream().mapToLong(Long::longValue).sum()).isEqualTo(1_500);
    assertThat(values(data, Split.TEST, 64)).containsExactly(sequence(0, 1_500, 5));
  }

  @Test
  void valuesAreComparedCellByCellAndNotRunTogether() {
    List<Map<String, Object>> rows =
        List.of(
            Map.of("a", "x"),
            Map.of("b", "x"),
            Map.of("a", "p\0\0q"),
            Map.of("a", "p", "b", "q\0\0"),
            Map.of("a", "x"));
    RowRules rules = new RowRules(Optional.empty(), true, Map.of());
    RuledSource source = new RuledSource(BatchSource.of(rows), rules);
    assertThat(blocks(source, 100).stream().map(RawBatch::rowCount)).containsExactly(4);
  }

  @Test
  void expressionsThatDoNotFitAreAllNamedByTheirKeys() {
    RowRules rules =
        new RowRules(
            Optional.empty(),
            false,
            Map.of("a", Expression.parse("y + 1"), "b", Expression.parse("z")));
    MtlException error =
        catchThrowableOfType(
            MtlException.class, () -> new RuledSource(BatchSource.of(range(0, 3)), rules));
    assertThat(error.problems()).hasSize(2);
    assertThat(error).hasMessageContainingAll("data.columns.a", "data.columns.b", "\"y\"", "\"z\"");
    assertThatThrownBy(() -> new RuledSource(BatchSource.of(range(0, 3)), where("y > 0")))
        .isInstanceOf(MtlException.class)
        .hasMessageStartingWith("data.where: ");
  }

  @Test
  void derivedColumnMayNotHideASourceColumn() {
    RowRules rules = new RowRules(Optional.empty(), false, Map.of("x", Expression.parse("1 + 1")));
    assertThatThrownBy(() -> new RuledSource(BatchSource.of(range(0, 3)), rules))
        .isInstanceOf(MtlException.class)
        .hasMessageStartingWith("data.columns: ");
  }

  @Test
  void filesGoWhereTheyAreNamed() {
    SplitRule.Files files =
        new SplitRule.Files(List.of("0-10"), List.of("10-13"), List.of("13-20"));
    SplitDataset data = SplitDataset.ofFiles(files, SplitDatasetTest::open, where("x != 4"), SEED);
    assertThat(values(data, Split.TRAIN, 4))
        .containsExactly(0.0, 1.0, 2.0, 3.0, 5.0, 6.0, 7.0, 8.0, 9.0);
    assertThat(values(data, Split.VALIDATION, 4)).containsExactly(10.0, 11.0, 12.0);
    assertThat(counts(data).get(Split.TEST)).isEqualTo(7);
  }

  @Test
  void shareOfTheTrainingFilesCanBeValidation() {
    SplitRule.Files files = new SplitRule.Files(List.of("0-1000"), List.of("0.2"), List.of());
    SplitDataset data = SplitDataset.ofFiles(files, SplitDatasetTest::open, RowRules.NONE, SEED);
    assertThat(counts(data).get(Split.VALIDATION)).as("%s", SEED).isBetween(130L, 270L);
    assertThat(counts(data).get(Split.TEST)).isZero();
  }

  @Test
  void filesOfDifferentColumnsAreRefused() {
    SplitRule.Files files = new SplitRule.Files(List.of("0-3"), List.of(), List.of("other"));
    MtlException error =
        catchThrowableOfType(
            MtlException.class,
            () -> SplitDataset.ofFiles(files, SplitDatasetTest::open, RowRules.NONE, SEED));
    assertThat(error.code()).isEqualTo(ErrorCode.DATA_FORMAT);
    assertThat(error).hasMessageContainingAll("[x]", "[y]");
  }

  private static BatchSource open(List<String> path) {
    if (path.get(0).equals("other")) {
      return BatchSource.of(List.of(Map.of("y", 1)));
    }
    String[] range = path.get(0).split("-", -1);
    return BatchSource.of(range(Integer.parseInt(range[0]), Integer.parseInt(range[1])));
  }

  private static RowRules where(String condition) {
    return new RowRules(Optional.of(Expression.parse(condition)), false, Map.of());
  }

  private static List<Map<String, Integer>> range(int from, int to) {
    return IntStream.range(from, to).mapToObj(x -> Map.of("x", x)).toList();
  }

  private static Double[] sequence(int from, int to, int step) {
    return IntStream.iterate(from, x -> x < to, x -> x + step)
        .mapToObj(x -> (double) x)
        .toArray(Double[]::new);
  }

  /** The column x of a split's rows. */
  private static List<Double> values(SplitDataset data, Split split, int blockSize) {
    List<Double> values = new ArrayList<>();
    int x = data.columns().indexOf("x");
    for (RawBatch rows : blocks(data.rows(split), blockSize)) {
      for (int row = 0; row < rows.rowCount(); row++) {
        values.add(rows.number(x, row));
      }
    }
    return values;
  }

  private static Map<Split, Long> counts(SplitDataset data) {
    Map<Split, Long> counts = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      counts.put(split, 0L);
    }
    data.forEach(4096, (split, rows) -> counts.merge(split, (long) rows.rowCount(), Long::sum));
    return counts;
  }

  private static List<RawBatch> blocks(BatchSource source, int blockSize) {
    List<RawBatch> blocks = new ArrayList<>();
    try (RawCursor cursor = source.open()) {
      for (var rows = cursor.next(blockSize); rows.isPresent(); rows = cursor.next(blockSize)) {
        blocks.add(rows.get());
      }
    }
    return blocks;
  }
}
