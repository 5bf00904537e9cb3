package org.mtl4j.experiment.run;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.data.memory.HeapShare;
import org.mtl4j.data.union.ScopedIds;

/**
 * Numbers the values of a column from 0, the same number for the same value in every block. A row
 * without a value has a number of its own. The different values are held.
 */
final class ValueNumbers {
  private final Key key;
  private final ScopedIds column;
  private final HeapShare heap;
  private final Map<String, Integer> known = new HashMap<>();
  private int next;

  /**
   * Where the column is named.
   *
   * @param name the key
   * @param values what its values are
   * @param remedy what to do where they are too many
   */
  record Key(String name, String values, String remedy) {}

  ValueNumbers(Key key, ScopedIds column, HeapShare heap) {
    this.key = key;
    this.column = column;
    this.heap = heap;
  }

  /**
   * The number of each row [n].
   *
   * @throws org.mtl4j.core.error.MtlException of code MEMORY if there are more different values
   *     than the heap's share holds
   */
  int[] of(RawBatch rows) {
    int[] numbers = new int[rows.rowCount()];
    for (int r = 0; r < numbers.length; r++) {
      String value = column.of(rows, r);
      numbers[r] = value == null ? next++ : known.computeIfAbsent(value, this::add);
    }
    return numbers;
  }

  private int add(String value) {
    if (!heap.takeText(value)) {
      throw heap.refusal(
          key.name(),
          String.format(
              Locale.ROOT, "numbering %,d different %s takes", known.size() + 1, key.values()),
          key.remedy());
    }
    return next++;
  }
}
