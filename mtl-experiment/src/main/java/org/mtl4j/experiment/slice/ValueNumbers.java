package org.mtl4j.experiment.slice;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.data.memory.HeapShare;

/** Numbers the different values of a column as they come, from 0; {@value #MISSING} is none. */
final class ValueNumbers {
  static final int MISSING = -1;

  private final String key;
  private final String name;
  private final int column;
  private final HeapShare heap;
  private final Map<String, Integer> numbers = new HashMap<>();

  /**
   * None yet.
   *
   * @param key of the experiment file that asks for them
   * @param name of the column
   * @param column its position
   * @param heap pays for the values
   */
  ValueNumbers(String key, String name, int column, HeapShare heap) {
    this.key = key;
    this.name = name;
    this.column = column;
    this.heap = heap;
  }

  /** The number of a row's value, a new one if need be. */
  int of(RawBatch rows, int row) {
    String value = rows.text(column, row);
    return value == null ? MISSING : numbers.computeIfAbsent(value, this::next);
  }

  private int next(String value) {
    if (!heap.takeText(value)) {
      throw heap.refusal(
          key,
          String.format(
              Locale.ROOT,
              "telling %,d different values of \"%s\" apart takes",
              numbers.size() + 1,
              name),
          "Leave " + name + " out of it.");
    }
    return numbers.size();
  }

  /** The values by their numbers. */
  String[] values() {
    String[] values = new String[numbers.size()];
    numbers.forEach((value, number) -> values[number] = value);
    return values;
  }
}
