package org.mtl4j.experiment.slice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.data.union.ValueNumbers;
import org.mtl4j.eval.slice.Slicing;
import org.mtl4j.experiment.config.SliceRule;

/** Slices by value: the most frequent ones, of equally frequent ones the first by their letters. */
final class ValueSlices implements SliceColumn {
  static final String MISSING = "(missing)";
  private static final String OTHER = "(other)";

  private final SliceRule.Value rule;
  private final ValueNumbers values;
  private final IntColumn ofRow = new IntColumn();

  ValueSlices(SliceRule.Value rule, ValueNumbers values) {
    this.rule = rule;
    this.values = values;
  }

  @Override
  public boolean asksTraining() {
    return false;
  }

  @Override
  public void observe(RawBatch rows, int row) {
    // What is frequent is so among measured rows.
  }

  @Override
  public void add(RawBatch rows, int row) {
    ofRow.add(values.of(rows, row));
  }

  @Override
  public Slicing slicing() {
    int[] numbers = ofRow.toArray();
    String[] texts = values.values();
    int[] counts = new int[texts.length];
    Arrays.stream(numbers).filter(number -> number >= 0).forEach(number -> counts[number]++);
    List<Integer> order = new ArrayList<>(IntStream.range(0, texts.length).boxed().toList());
    order.sort(
        Comparator.<Integer>comparingInt(number -> -counts[number])
            .thenComparing(number -> texts[number]));
    int own = Math.min(rule.limit(), texts.length);
    List<String> names = new ArrayList<>(order.stream().limit(own).map(n -> texts[n]).toList());
    int[] sliceOf = new int[texts.length];
    Arrays.fill(sliceOf, own);
    for (int s = 0; s < own; s++) {
      sliceOf[order.get(s)] = s;
    }
    if (texts.length > own) {
      names.add(OTHER);
    }
    int missing = names.size();
    if (Arrays.stream(numbers).anyMatch(number -> number < 0)) {
      names.add(MISSING);
    }
    Arrays.setAll(numbers, row -> numbers[row] < 0 ? missing : sliceOf[numbers[row]]);
    return new Slicing(rule.words(), names, numbers);
  }
}
