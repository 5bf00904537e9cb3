package org.mtl4j.experiment.slice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.data.union.ValueNumbers;
import org.mtl4j.eval.slice.Slicing;

/**
 * Slices by how many training rows have a row's value. Rows that were drawn as negatives are none
 * of the log, and do not count.
 */
final class TrainingSlices implements SliceColumn {
  private final String name;
  private final List<String> ranges;
  private final int[] from;
  private final ValueNumbers values;
  private final IntColumn ofRow = new IntColumn();
  private int[] training = new int[0];

  private TrainingSlices(String name, List<String> ranges, int[] from, ValueNumbers values) {
    this.name = name;
    this.ranges = ranges;
    this.from = from;
    this.values = values;
  }

  /** By whether there is such a row: the new ones are the first slice. */
  static TrainingSlices known(String name, ValueNumbers values) {
    return new TrainingSlices(name, List.of("new", "known"), new int[] {1}, values);
  }

  /**
   * By ranges of numbers.
   *
   * @param from where each begins but the first, rising
   */
  static TrainingSlices frequency(String name, List<Integer> from, ValueNumbers values) {
    List<String> ranges = new ArrayList<>();
    for (int r = 0; r <= from.size(); r++) {
      int first = r == 0 ? 0 : from.get(r - 1);
      if (r == from.size()) {
        ranges.add(first + " or more");
      } else {
        int last = from.get(r) - 1;
        ranges.add(first == last ? Integer.toString(first) : first + " to " + last);
      }
    }
    return new TrainingSlices(
        name, ranges, from.stream().mapToInt(Integer::intValue).toArray(), values);
  }

  @Override
  public boolean asksTraining() {
    return true;
  }

  @Override
  public void observe(RawBatch rows, int row) {
    int value = values.of(rows, row);
    if (value >= training.length) {
      training = Arrays.copyOf(training, Math.max(1024, value + value / 2 + 1));
    }
    if (value >= 0) {
      training[value]++;
    }
  }

  @Override
  public void add(RawBatch rows, int row) {
    ofRow.add(values.of(rows, row));
  }

  @Override
  public Slicing slicing() {
    int[] numbers = ofRow.toArray();
    List<String> names = new ArrayList<>(ranges);
    if (IntStream.of(numbers).anyMatch(number -> number < 0)) {
      names.add(ValueSlices.MISSING);
    }
    Arrays.setAll(numbers, row -> numbers[row] < 0 ? ranges.size() : range(numbers[row]));
    return new Slicing(name, names, numbers);
  }

  private int range(int value) {
    int count = value < training.length ? training[value] : 0;
    int range = 0;
    while (range < from.length && count >= from[range]) {
      range++;
    }
    return range;
  }
}
