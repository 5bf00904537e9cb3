package org.mtl4j.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;

class StreamedSourceTest {
  private static final int SAMPLE = StreamedSource.SAMPLE_ROWS;

  @Test
  void rowsAreThoseOfTheSameListInMemory() {
    List<Map<String, ?>> rows =
        List.of(Map.of("a", 1, "b", "x"), Map.of("a", .1f, "c", (1L << 60) + 1), Map.of("c", 2));
    BatchSource streamed = BatchSource.of(rows::stream);
    BatchSource listed = BatchSource.of(rows);
    assertThat(streamed.columns().all()).isEqualTo(listed.columns().all());
    assertThat(cells(streamed)).isEqualTo(cells(listed)).hasSize(3);
    assertThat(cells(BatchSource.of(rows.stream()))).isEqualTo(cells(listed));
  }

  @Test
  void onlyABlockIsTakenFromTheStreamAtATimeAndEveryStreamIsClosed() {
    AtomicInteger made = new AtomicInteger();
    AtomicInteger closed = new AtomicInteger();
    BatchSource source =
        BatchSource.of(
            () ->
                Stream.generate(() -> Map.of("n", made.incrementAndGet()))
                    .onClose(closed::incrementAndGet));
    assertThat(made).hasValue(SAMPLE);
    assertThat(closed).hasValue(1);
    made.set(0);
    try (RawCursor cursor = source.open()) {
      assertThat(cursor.next(10).orElseThrow().number(0, 9)).isEqualTo(10);
      assertThat(made).hasValue(10);
    }
    assertThat(closed).hasValue(2);
  }

  @Test
  void keysThatComeLaterAreNamed() {
    BatchSource source = BatchSource.of(after(List.of(Map.of("b", 1), Map.of("a", 1, "b", 2))));
    assertThat(source.warnings()).isEmpty();
    assertThat(cells(source)).hasSize(SAMPLE + 2);
    assertThat(source.warnings())
        .containsExactly(
            "Keys that the first 1,000 rows lack were not read: \"b\"; give all columns to"
                + " BatchSource.of(columns, rows) to read them.");
    Columns columns = Columns.of(ColumnType.UNTYPED, List.of("b"));
    BatchSource named = BatchSource.of(columns, after(List.of(Map.of("b", "x"), Map.of("b", 2))));
    assertThat(cells(named)).endsWith(Arrays.asList("x"), Arrays.asList("2"));
    assertThat(named.warnings()).isEmpty();
  }

  @Test
  void valuesThatDoNotFitTheFirstRowsAreRefused() {
    assertRefused(
        Map.of("a", "x"),
        "column \"a\", row 1000: expected a number as in other rows, found String");
    assertRefused(
        Map.of("a", (1L << 53) + 1),
        "column \"a\", row 1000: expected at most 53 bits, as a column of numbers holds doubles, found"
            + " 9007199254740993; one of type UNTYPED keeps all digits");
    Columns untyped = Columns.of(ColumnType.UNTYPED, List.of("a"));
    assertThat(cells(BatchSource.of(untyped, after(List.of(Map.of("a", (1L << 53) + 1))))))
        .endsWith(List.of("9007199254740993"));
  }

  @Test
  void streamsThatAreEmptyReadBeforeOrTooLongAreRefused() {
    assertThatThrownBy(() -> BatchSource.of(() -> Stream.<Map<String, ?>>empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected at least one row, found none");
    Columns columns = Columns.of(ColumnType.NUMBER, List.of("a"));
    BatchSource empty = BatchSource.of(columns, () -> Stream.<Map<String, ?>>empty());
    MtlException none = catchThrowableOfType(MtlException.class, () -> cells(empty));
    assertThat(none.code()).isEqualTo(ErrorCode.NO_ROWS);
    assertThat(none).hasMessageContaining("rows from Java: Expected at least one row, found none.");
    Stream<Map<String, Integer>> once = Stream.of(Map.of("a", 1));
    BatchSource reused = BatchSource.of(() -> once);
    assertThatThrownBy(() -> cells(reused))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the supplier gave a stream that was read or closed before: it has to make a new one at"
                + " every call, since rows are read several times");
    Map<String, Integer> row = Map.of("a", 1);
    assertThatThrownBy(() -> BatchSource.of(Stream.generate(() -> row)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "expected at most 1,000,000 rows of a stream, which are gathered in memory, found more;"
                + " a supplier of streams is read row by row: BatchSource.of(() -> ...)");
  }

  @Test
  void fingerprintFollowsValuesAndColumns() {
    String original = BatchSource.of(after(List.of(Map.of("a", 2)))).fingerprint();
    assertThat(BatchSource.of(after(List.of(Map.of("a", 2)))).fingerprint()).isEqualTo(original);
    assertThat(BatchSource.of(after(List.of(Map.of("a", 3)))).fingerprint()).isNotEqualTo(original);
    Columns text = Columns.of(ColumnType.UNTYPED, List.of("a"));
    assertThat(BatchSource.of(text, after(List.of(Map.of("a", 2)))).fingerprint())
        .isNotEqualTo(original);
  }

  @Test
  void fingerprintKnowsWhereATextEnds() {
    List<Map<String, ?>> rows = List.of(Map.of("a", "x\n+y"), Map.of("a", "z"));
    List<Map<String, ?>> others = List.of(Map.of("a", "x"), Map.of("a", "y\n+z"));
    assertThat(BatchSource.of(rows::stream).fingerprint())
        .isNotEqualTo(BatchSource.of(others::stream).fingerprint());
    assertThat(BatchSource.of(rows).fingerprint())
        .isNotEqualTo(BatchSource.of(others).fingerprint());
  }

  private static void assertRefused(Map<String, ?> row, String found) {
    BatchSource source = BatchSource.of(after(List.of(row)));
    MtlException error = catchThrowableOfType(MtlException.class, () -> cells(source));
    assertThat(error.code()).isEqualTo(ErrorCode.DATA_VALUE);
    var problem = error.problems().get(0);
    assertThat(problem.where() + ": " + problem.what() + " " + problem.remedy())
        .isEqualTo(
            "rows from Java: Expected values of the columns' types, found: "
                + found
                + ". Mend the value, or give the columns with types of your own:"
                + " BatchSource.of(columns, rows).");
  }

  /** As many rows as columns are learnt from, and these behind them. */
  private static Supplier<Stream<? extends Map<String, ?>>> after(
      List<? extends Map<String, ?>> rows) {
    return () ->
        Stream.<Map<String, ?>>concat(
            IntStream.range(0, SAMPLE).mapToObj(i -> Map.of("a", i)), rows.stream());
  }

  private static List<List<String>> cells(BatchSource source) {
    List<List<String>> rows = new ArrayList<>();
    try (RawCursor cursor = source.open()) {
      for (Optional<RawBatch> b = cursor.next(7); b.isPresent(); b = cursor.next(7)) {
        for (int row = 0; row < b.get().rowCount(); row++) {
          List<String> cells = new ArrayList<>();
          for (int c = 0; c < source.columns().size(); c++) {
            cells.add(b.get().text(c, row));
          }
          rows.add(cells);
        }
      }
    }
    return rows;
  }
}
