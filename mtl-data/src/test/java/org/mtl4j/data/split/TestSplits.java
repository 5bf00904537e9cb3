package org.mtl4j.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.testkit.TestSeed;

/** Rows of one column, and what a rule makes of them. */
final class TestSplits {
  static final Seed SEED = new Seed(TestSeed.value());

  private TestSplits() {}

  static BatchSource numbers(String column, int count) {
    return BatchSource.of(IntStream.range(0, count).mapToObj(i -> Map.of(column, i)).toList());
  }

  /** Untyped rows, as a CSV file gives them. */
  static BatchSource texts(String column, String... values) {
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

  static List<Split> assign(SplitRule rule, BatchSource source) {
    return assign(rule, source, SEED);
  }

  static List<Split> assign(SplitRule rule, BatchSource source, Seed seed) {
    SplitAssigner assigner = ((SplitRule.ByRow) rule).assigner(new SplitInput(source, seed));
    RawBatch rows = first(source);
    return IntStream.range(0, rows.rowCount()).mapToObj(row -> assigner.of(rows, row)).toList();
  }

  static RawBatch first(BatchSource source) {
    try (RawCursor cursor = source.open()) {
      return cursor.next(1_000_000).orElseThrow();
    }
  }

  static MtlException failure(ThrowingCallable call) {
    MtlException error = catchThrowableOfType(MtlException.class, call);
    assertThat(error).as("an MtlException").isNotNull();
    return error;
  }
}
