package org.mtl4j.data.union;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.data.memory.HeapShare;

/**
 * Numbers the different values of a column as they come, from 0, the same number for the same value
 * in every block. The values are held. Not for use by several threads at a time.
 */
public final class ValueNumbers {
  /** The number of a row that has no value. */
  public static final int MISSING = -1;

  private final Key key;
  private final ScopedIds column;
  private final HeapShare heap;
  private final Known known;

  /** What tables that are numbered together share. */
  private static final class Known {
    private final Map<String, Integer> numbers = new HashMap<>();
    private int next;
  }

  /**
   * Where the column is named, for messages.
   *
   * @param name the key
   * @param values what its values are
   * @param remedy what to do where they are too many
   */
  public record Key(String name, String values, String remedy) {}

  /**
   * None yet.
   *
   * @param heap pays for the values
   */
  public ValueNumbers(Key key, ScopedIds column, HeapShare heap) {
    this(key, column, heap, new Known());
  }

  private ValueNumbers(Key key, ScopedIds column, HeapShare heap, Known known) {
    this.key = key;
    this.column = column;
    this.heap = heap;
    this.known = known;
  }

  /** The column of another table: what either numbers has that number in both. */
  public ValueNumbers over(ScopedIds other) {
    return new ValueNumbers(key, other, heap, known);
  }

  /**
   * The number of a row's value, or {@link #MISSING}.
   *
   * @throws MtlException of code MEMORY if there are more different values than the heap's share
   *     holds
   */
  public int of(RawBatch rows, int row) {
    String value = column.of(rows, row);
    return value == null ? MISSING : known.numbers.computeIfAbsent(value, this::add);
  }

  /**
   * The number of each row [n], one of its own where it has no value.
   *
   * @throws MtlException as above
   */
  public int[] ofEach(RawBatch rows) {
    int[] each = new int[rows.rowCount()];
    for (int row = 0; row < each.length; row++) {
      int number = of(rows, row);
      each[row] = number == MISSING ? known.next++ : number;
    }
    return each;
  }

  private int add(String value) {
    if (!heap.takeText(value)) {
      throw heap.refusal(
          key.name(),
          String.format(
              Locale.ROOT,
              "numbering %,d different %s takes",
              known.numbers.size() + 1,
              key.values()),
          key.remedy());
    }
    return known.next++;
  }

  /** The values by their numbers; null where a row without one has the number. */
  public String[] values() {
    String[] values = new String[known.next];
    known.numbers.forEach((value, number) -> values[number] = value);
    return values;
  }
}
