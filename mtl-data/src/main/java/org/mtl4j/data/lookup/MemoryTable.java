package org.mtl4j.data.lookup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.lookup.FeatureLookup;
import org.mtl4j.core.lookup.LookupEntries;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.memory.HeapShare;

/** Some columns of a table, by id. Nobody writes to it once it is read. */
final class MemoryTable implements FeatureLookup {
  private static final double HEAP_SHARE = 0.25;
  private static final int BLOCK = 4096;

  private final RawBatch rows;
  private final Map<String, Integer> rowOf;
  private volatile boolean closed;

  private MemoryTable(RawBatch rows, Map<String, Integer> rowOf) {
    this.rows = rows;
    this.rowOf = rowOf;
  }

  /**
   * Reads a table.
   *
   * @throws MtlException DATA_FORMAT if an id comes twice, MEMORY if there is no room
   */
  static MemoryTable read(BatchSource source, String key, List<String> columns) {
    return read(source, key, columns, HeapShare.of(HEAP_SHARE));
  }

  static MemoryTable read(BatchSource source, String key, List<String> columns, HeapShare heap) {
    Reader reader = new Reader(source.columns(), key, columns, heap);
    try (RawCursor cursor = source.open()) {
      for (Optional<RawBatch> block = cursor.next(BLOCK);
          block.isPresent();
          block = cursor.next(BLOCK)) {
        reader.add(block.get());
      }
    }
    return reader.table();
  }

  @Override
  public LookupEntries find(List<String> ids) {
    if (closed) {
      throw new IllegalStateException("the lookup in memory is closed");
    }
    return LookupEntries.of(
        rows, ids.stream().mapToInt(id -> rowOf.getOrDefault(id, -1)).toArray());
  }

  @Override
  public void close() {
    closed = true;
  }

  /** Gathers rows. */
  private static final class Reader {
    private static final int FIRST_CAPACITY = 1024;

    /** A reference or a number, while its array grows. */
    private static final int CELL_BYTES = 16;

    private final Columns columns;
    private final int key;
    private final int[] from;
    private final HeapShare heap;
    private final List<Object> arrays = new ArrayList<>();
    private final Map<String, Integer> rowOf = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();

    Reader(Columns source, String key, List<String> columns, HeapShare heap) {
      this.key = source.indexOf(key);
      this.from = columns.stream().mapToInt(source::indexOf).toArray();
      this.columns = new Columns(Arrays.stream(from).mapToObj(source.all()::get).toList());
      this.heap = heap;
      for (Columns.Column column : this.columns.all()) {
        arrays.add(
            column.type() == ColumnType.NUMBER
                ? new double[FIRST_CAPACITY]
                : new String[FIRST_CAPACITY]);
      }
    }

    void add(RawBatch block) {
      for (int row = 0; row < block.rowCount(); row++) {
        String id = block.text(key, row);
        if (id == null) {
          continue; // Nobody asks for it.
        }
        int at = rowOf.size();
        Integer earlier = rowOf.putIfAbsent(id, at);
        if (earlier != null) {
          throw duplicate(block, row, earlier);
        }
        take(heap.takeText(id) && heap.take((long) CELL_BYTES * from.length));
        for (int c = 0; c < from.length; c++) {
          arrays.set(c, put(arrays.get(c), at, block, row, from[c]));
        }
      }
    }

    private Object put(Object array, int at, RawBatch block, int row, int column) {
      if (array instanceof double[] numbers) {
        double[] room = at < numbers.length ? numbers : Arrays.copyOf(numbers, 2 * at);
        room[at] = block.number(column, row);
        return room;
      }
      String[] old = (String[]) array;
      String[] room = at < old.length ? old : Arrays.copyOf(old, 2 * at);
      room[at] = shared(block.text(column, row));
      return room;
    }

    /** Equal texts are one object. */
    private String shared(String text) {
      if (text == null) {
        return null;
      }
      String known = texts.putIfAbsent(text, text);
      if (known == null) {
        take(heap.takeText(text));
      }
      return known == null ? text : known;
    }

    private void take(boolean taken) {
      if (!taken) {
        throw heap.refusal(
            "lookup",
            String.format(Locale.ROOT, "the first %,d entries of the lookup take", rowOf.size()),
            "Leave out columns that nothing reads, or put the table into a database and look it up"
                + " by type jdbc.");
      }
    }

    private MtlException duplicate(RawBatch block, int row, int earlier) {
      return new MtlException(
          new Problem(
              ErrorCode.DATA_FORMAT,
              block.place(row),
              String.format(
                  Locale.ROOT,
                  "Expected each \"%s\" once, found \"%s\" again: entry %,d has it too.",
                  block.columns().names().get(key),
                  Excerpt.of(block.text(key, row)),
                  earlier + 1),
              "Keep one row of each id in the lookup's table."));
    }

    MemoryTable table() {
      return new MemoryTable(
          new RawBatch(columns, rowOf.size(), 0, arrays, row -> "entry " + (row + 1)), rowOf);
    }
  }
}
