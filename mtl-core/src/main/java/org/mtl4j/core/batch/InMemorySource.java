package org.mtl4j.core.batch;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.Decimals;

/** Rows that are in memory already, column by column. */
final class InMemorySource implements BatchSource {
  private final Columns columns;
  private final int rowCount;
  private final List<Object> values;

  private InMemorySource(Columns columns, int rowCount, List<Object> values) {
    this.columns = columns;
    this.rowCount = rowCount;
    this.values = values;
  }

  static InMemorySource of(List<? extends Map<String, ?>> rows) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("expected at least one row, found none");
    }
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.addAll(row.keySet()));
    List<Columns.Column> columns = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (String name : names) {
      Object array = column(name, rows);
      columns.add(
          new Columns.Column(
              name, array instanceof double[] ? ColumnType.NUMBER : ColumnType.TEXT));
      values.add(array);
    }
    return new InMemorySource(new Columns(columns), rows.size(), values);
  }

  private static Object column(String name, List<? extends Map<String, ?>> rows) {
    boolean text = rows.stream().anyMatch(row -> row.get(name) instanceof CharSequence);
    double[] numbers = new double[text ? 0 : rows.size()];
    String[] texts = new String[text ? rows.size() : 0];
    for (int r = 0; r < rows.size(); r++) {
      Object value = rows.get(r).get(name);
      if (text && (value == null || value instanceof CharSequence)) {
        texts[r] = value == null || value.toString().isEmpty() ? null : value.toString();
      } else if (!text && (value == null || value instanceof Number || value instanceof Boolean)) {
        numbers[r] = toDouble(name, r, value);
      } else {
        throw new IllegalArgumentException(
            "column \"%s\", row %d: expected %s as in other rows, found %s"
                .formatted(name, r, text ? "text" : "a number", value.getClass().getSimpleName()));
      }
    }
    return text ? texts : numbers;
  }

  private static double toDouble(String name, int row, Object value) {
    if (value == null) {
      return Double.NaN;
    }
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    double number = ((Number) value).doubleValue();
    boolean whole = value instanceof Long || value instanceof BigInteger;
    if (whole
        && Math.abs(number) >= Decimals.LARGEST_EXACT
        && new BigDecimal(number).compareTo(new BigDecimal(value.toString())) != 0) {
      throw new IllegalArgumentException(
          "column \"%s\", row %d: expected a number of 53 bits, found %s; give ids as text"
              .formatted(name, row, value));
    }
    return number;
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
      hasher.putString(columns.names().get(c) + "\n", StandardCharsets.UTF_8);
      if (values.get(c) instanceof double[] numbers) {
        Arrays.stream(numbers).forEach(hasher::putDouble);
      } else {
        for (String text : (String[]) values.get(c)) {
          hasher.putString((text == null ? "-" : "+" + text) + "\n", StandardCharsets.UTF_8);
        }
      }
    }
    return hasher.hash().toString();
  }
}
