package org.mtl4j.core.batch;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Columns;

/** Rows of a Java program that are made anew for every pass, of which a block is held. */
final class StreamedSource implements BatchSource {
  /** So many rows say what the columns are. */
  static final int SAMPLE_ROWS = 1_000;

  private static final int HASHED_ROWS = 1_000;
  private static final int MAX_NAMES = 5;
  private static final String PLACE = "rows from Java";

  private final Columns columns;
  private final Supplier<? extends Stream<? extends Map<String, ?>>> rows;
  private final boolean sampled;
  private final AtomicReference<List<String>> warnings = new AtomicReference<>(List.of());

  private StreamedSource(
      Columns columns, Supplier<? extends Stream<? extends Map<String, ?>>> rows, boolean sampled) {
    this.columns = columns;
    this.rows = rows;
    this.sampled = sampled;
  }

  /** Rows of known columns. */
  static StreamedSource of(
      Columns columns, Supplier<? extends Stream<? extends Map<String, ?>>> rows) {
    return new StreamedSource(columns, rows, false);
  }

  /** Rows whose first ones say what the columns are. */
  static StreamedSource of(Supplier<? extends Stream<? extends Map<String, ?>>> rows) {
    List<Map<String, ?>> first = new ArrayList<>();
    try (Stream<? extends Map<String, ?>> stream = rows.get()) {
      Iterator<? extends Map<String, ?>> iterator = iterator(stream);
      while (first.size() < SAMPLE_ROWS && iterator.hasNext()) {
        first.add(iterator.next());
      }
    }
    if (first.isEmpty()) {
      throw new IllegalArgumentException("expected at least one row, found none");
    }
    Set<String> names = new LinkedHashSet<>();
    first.forEach(row -> names.addAll(row.keySet()));
    List<Columns.Column> columns =
        names.stream().map(name -> new Columns.Column(name, JavaColumn.type(name, first))).toList();
    return new StreamedSource(new Columns(columns), rows, true);
  }

  private static <T> Iterator<T> iterator(Stream<T> stream) {
    try {
      return stream.iterator();
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          "the supplier gave a stream that was read or closed before: it has to make a new one at"
              + " every call, since rows are read several times",
          e);
    }
  }

  @Override
  public Columns columns() {
    return columns;
  }

  @Override
  public List<String> warnings() {
    return warnings.get();
  }

  @Override
  public RawCursor open() {
    return new Cursor();
  }

  @Override
  public boolean hasQuickFingerprint() {
    return false;
  }

  /** A pass of its own, over every value. */
  @Override
  public String fingerprint() {
    Hasher hasher = Hashing.sha256().newHasher();
    JavaColumn.hash(columns.all().toString(), hasher);
    try (RawCursor cursor = new Cursor()) {
      Optional<RawBatch> block = cursor.next(HASHED_ROWS);
      while (block.isPresent()) {
        hash(block.get(), hasher);
        block = cursor.next(HASHED_ROWS);
      }
    }
    return hasher.hash().toString();
  }

  private static void hash(RawBatch block, Hasher hasher) {
    for (int row = 0; row < block.rowCount(); row++) {
      for (int c = 0; c < block.columns().size(); c++) {
        if (block.values(c) instanceof double[] numbers) {
          hasher.putDouble(numbers[row]);
        } else {
          JavaColumn.hash(block.text(c, row), hasher);
        }
      }
    }
  }

  private final class Cursor implements RawCursor {
    private final Set<String> ignored = new LinkedHashSet<>();
    private Stream<? extends Map<String, ?>> stream;
    private Iterator<? extends Map<String, ?>> iterator;
    private long nextRecord;
    private boolean moreIgnored;
    private boolean closed;

    @Override
    public Optional<RawBatch> next(int maxRows) {
      if (closed) {
        throw new IllegalStateException("the cursor over streamed rows is closed");
      }
      if (maxRows < 1) {
        throw new IllegalArgumentException("maxRows: expected at least 1, found " + maxRows);
      }
      List<Map<String, ?>> block = read(maxRows);
      if (block.isEmpty()) {
        finish();
        return Optional.empty();
      }
      long first = nextRecord;
      nextRecord += block.size();
      return Optional.of(
          new RawBatch(
              columns, block.size(), first, values(block, first), row -> "row " + (first + row)));
    }

    private List<Map<String, ?>> read(int maxRows) {
      if (iterator == null) {
        stream = rows.get();
        iterator = StreamedSource.iterator(stream);
      }
      List<Map<String, ?>> block = new ArrayList<>();
      while (block.size() < maxRows && iterator.hasNext()) {
        Map<String, ?> row = iterator.next();
        block.add(row);
        if (sampled) {
          notice(row);
        }
      }
      return block;
    }

    private List<Object> values(List<Map<String, ?>> block, long first) {
      try {
        return columns.all().stream()
            .map(column -> JavaColumn.of(column, block, first).values())
            .toList();
      } catch (IllegalArgumentException e) {
        throw new MtlException(
            new Problem(
                ErrorCode.DATA_VALUE,
                PLACE,
                "Expected values of the columns' types, found: " + e.getMessage() + ".",
                "Mend the value, or give the columns with types of your own: BatchSource.of(columns,"
                    + " rows)."),
            e);
      }
    }

    private void finish() {
      if (nextRecord == 0) {
        throw new MtlException(
            new Problem(
                ErrorCode.NO_ROWS,
                PLACE,
                "Expected at least one row, found none.",
                "Check what the supplier's stream is made of."));
      }
      warnings.set(
          ignored.isEmpty()
              ? List.of()
              : List.of(
                  "Keys that the first 1,000 rows lack were not read: "
                      + String.join(", ", ignored)
                      + (moreIgnored ? " and more" : "")
                      + "; give all columns to BatchSource.of(columns, rows) to read them."));
    }

    @Override
    public void close() {
      closed = true;
      if (stream != null) {
        stream.close();
      }
    }

    /** Remembers the first of the keys that are no columns. */
    private void notice(Map<String, ?> row) {
      for (Map.Entry<String, ?> entry : row.entrySet()) {
        if (entry.getValue() != null && !columns.contains(entry.getKey())) {
          ignore("\"" + Excerpt.of(entry.getKey()) + "\"");
        }
      }
    }

    private void ignore(String key) {
      if (ignored.size() < MAX_NAMES) {
        ignored.add(key);
      } else {
        moreIgnored |= !ignored.contains(key);
      }
    }
  }
}
