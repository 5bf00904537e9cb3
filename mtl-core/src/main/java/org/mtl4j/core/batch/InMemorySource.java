package org.mtl4j.core.batch;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mtl4j.core.task.Columns;

/** Rows that are in memory already, column by column. */
final class InMemorySource implements BatchSource {
  private static final int MAX_STREAMED_ROWS = 1_000_000;

  private final Columns columns;
  private final int rowCount;
  private final List<Object> values;

  private InMemorySource(Columns columns, int rowCount, List<Object> values) {
    this.columns = columns;
    this.rowCount = rowCount;
    this.values = values;
  }

  static InMemorySource of(Stream<? extends Map<String, ?>> rows) {
    List<Map<String, ?>> gathered = new ArrayList<>();
    try (rows) {
      rows.limit(MAX_STREAMED_ROWS + 1L).forEachOrdered(gathered::add);
    }
    if (gathered.size() > MAX_STREAMED_ROWS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "expected at most %,d rows of a stream, which are gathered in memory, found more; a"
                  + " supplier of streams is read row by row: BatchSource.of(() -> ...)",
              MAX_STREAMED_ROWS));
    }
    return of(gathered);
  }

  static InMemorySource of(List<? extends Map<String, ?>> rows) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("expected at least one row, found none");
    }
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.addAll(row.keySet()));
    List<JavaColumn> columns = names.stream().map(name -> JavaColumn.of(name, rows)).toList();
    return new InMemorySource(
        new Columns(columns.stream().map(JavaColumn::column).toList()),
        rows.size(),
        columns.stream().map(JavaColumn::values).toList());
  }

  @Override
  public Columns columns() {
    return columns;
  }

  @Override
  public RawCursor open() {
    return new RawCursor() {
      private int position;
      private boolean closed;

      @Override
      public Optional<RawBatch> next(int maxRows) {
        if (closed) {
          throw new IllegalStateException("the cursor over rows in memory is closed");
        }
        int first = position;
        int count = Math.min(maxRows, rowCount - first);
        if (count <= 0) {
          return Optional.empty();
        }
        position += count;
        List<Object> block = new ArrayList<>();
        for (Object array : values) {
          block.add(
              array instanceof double[] numbers
                  ? Arrays.copyOfRange(numbers, first, first + count)
                  : Arrays.copyOfRange((String[]) array, first, first + count));
        }
        return Optional.of(
            new RawBatch(columns, count, first, block, row -> "row " + (first + row)));
      }

      @Override
      public void close() {
        closed = true;
      }
    };
  }

  @Override
  public String fingerprint() {
    Hasher hasher = Hashing.sha256().newHasher();
    for (int c = 0; c < values.size(); c++) {
      JavaColumn.hash(columns.names().get(c), hasher);
      if (values.get(c) instanceof double[] numbers) {
        Arrays.stream(numbers).forEach(hasher::putDouble);
      } else {
        for (String text : (String[]) values.get(c)) {
          JavaColumn.hash(text, hasher);
        }
      }
    }
    return hasher.hash().toString();
  }
}
