package org.mtl4j.core.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.task.Columns;

/** What a {@link FeatureLookup} has for the ids that it was asked for. */
public final class LookupEntries {
  /** An id that has no entry. */
  private static final int NONE = -1;

  private final RawBatch rows;
  private final int[] rowOf;

  private LookupEntries(RawBatch rows, int[] rowOf) {
    this.rows = rows;
    this.rowOf = rowOf;
  }

  /**
   * Entries in rows.
   *
   * @param rows with the lookup's columns and perhaps more, in whatever order
   * @param rowOf per id, in the order asked, the position of its row; -1 if it has no entry
   */
  public static LookupEntries of(RawBatch rows, int[] rowOf) {
    return new LookupEntries(rows, rowOf.clone());
  }

  /**
   * Entries of a Java program.
   *
   * @param ids as asked
   * @param entries by id; an id that is not there has no entry. Each is a map from column to value
   *     with every column of the lookup, null for one that is missing; values are as in {@link
   *     BatchSource#of(List)}
   * @throws IllegalArgumentException if a column mixes numbers and text
   */
  public static LookupEntries of(List<String> ids, Map<String, ? extends Map<String, ?>> entries) {
    List<Map<String, ?>> found = new ArrayList<>();
    int[] rowOf = new int[ids.size()];
    for (int i = 0; i < rowOf.length; i++) {
      Map<String, ?> entry = entries.get(ids.get(i));
      rowOf[i] = entry == null ? NONE : found.size();
      if (entry != null) {
        found.add(entry);
      }
    }
    return new LookupEntries(found.isEmpty() ? empty() : batch(found), rowOf);
  }

  private static RawBatch empty() {
    return new RawBatch(new Columns(List.of()), 0, 0, List.of(), row -> "");
  }

  private static RawBatch batch(List<Map<String, ?>> rows) {
    try (RawCursor cursor = BatchSource.of(rows).open()) {
      return cursor.next(rows.size()).orElseThrow();
    }
  }

  /** The rows that entries are of. */
  public RawBatch rows() {
    return rows;
  }

  /** The position in {@link #rows} of the entry of the i-th id; -1 if it has none. */
  public int rowOf(int i) {
    return rowOf[i];
  }
}
