package org.mtl4j.server.watch;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.atomic.LongAdder;
import org.mtl4j.core.metric.StabilityIndex;
import org.mtl4j.serving.tensor.TensorValue;

/** Counts an input's or an output's values. Safe from any number of threads. */
final class ValueWatch {
  private final ValueBins bins;
  private final double[] expected;
  private final WindowCounts window;
  private final LongAdder values = new LongAdder();
  private final LongAdder missing = new LongAdder();
  private final LongAdder unknown = new LongAdder();
  private final LongAdder outOfRange = new LongAdder();

  /**
   * A watch of values.
   *
   * @param expected rows of training a bin
   */
  ValueWatch(ValueBins bins, List<Double> expected, Duration window) {
    this.bins = bins;
    this.expected =
        StabilityIndex.shares(expected.stream().mapToDouble(Double::doubleValue).toArray());
    this.window = new WindowCounts(this.expected.length, window);
  }

  /**
   * Counts rows of a tensor; one of another type or shape is left alone.
   *
   * @param most so many of its rows at most, evenly spread
   * @param millis when
   * @return the first of them that is out of range
   */
  OptionalInt count(TensorValue tensor, int most, long millis) {
    Optional<ValueBins.Rows> found = bins.rows(tensor);
    int size = found.isPresent() ? ValueBins.size(tensor) : 0;
    if (size == 0) {
      return OptionalInt.empty();
    }
    ValueBins.Rows rows = found.get();
    int looked = Math.min(size, most);
    int[] counts = new int[expected.length];
    int beyond = 0;
    int first = -1;
    for (int i = 0; i < looked; i++) {
      int row = looked == size ? i : (int) ((long) i * size / looked);
      counts[rows.bin(row)]++;
      if (rows.isOutOfRange(row)) {
        first = beyond == 0 ? row : first;
        beyond++;
      }
    }
    add(counts, looked, millis);
    outOfRange.add(beyond);
    return beyond == 0 ? OptionalInt.empty() : OptionalInt.of(first);
  }

  /** Shared counters are touched once a bin, however many rows there are. */
  private void add(int[] counts, int looked, long millis) {
    LongAdder[] now = window.at(millis);
    for (int bin = 0; bin < counts.length; bin++) {
      if (counts[bin] > 0) {
        now[bin].add(counts[bin]);
      }
    }
    values.add(looked);
    missing.add(counts[ValueBins.MISSING]);
    bins.unknown().ifPresent(bin -> unknown.add(counts[bin]));
  }

  /** What was counted since the beginning. */
  Watched.Total total() {
    return new Watched.Total(values.sum(), missing.sum(), unknown.sum(), outOfRange.sum());
  }

  /** What was counted in the window before a time. */
  Watched.Recent recent(long millis) {
    double[] found = window.before(millis);
    double all = Arrays.stream(found).sum();
    if (all == 0) {
      return new Watched.Recent(0, OptionalDouble.empty(), OptionalDouble.empty());
    }
    OptionalInt bin = bins.unknown();
    return new Watched.Recent(
        (long) all,
        bin.isPresent() ? OptionalDouble.of(found[bin.getAsInt()] / all) : OptionalDouble.empty(),
        OptionalDouble.of(StabilityIndex.of(expected, StabilityIndex.shares(found))));
  }
}
