package org.mtl4j.data.split;

import java.util.Optional;
import java.util.OptionalDouble;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.memory.HeapShare;

/**
 * Finds the times at which validation and test begin. With shares it reads the rows once and holds
 * their times, in half of the heap at most.
 *
 * @param rule what the user asked for
 * @param input the rows
 */
record TimeFitter(SplitRule.Time rule, SplitInput input) {
  private static final double HEAP_SHARE = 0.5;

  /** What says for each row what it is for. */
  SplitAssigner fit() {
    return fit(HeapShare.of(HEAP_SHARE));
  }

  /** As {@link #fit()}, with a share of the heap for the times. */
  SplitAssigner fit(HeapShare heap) {
    int column = input.column("column", rule.column());
    Optional<RawBatch> first = input.firstBlock();
    if (first.isEmpty()) {
      return (rows, row) -> Split.TRAIN; // Of no rows: whoever counts them says so.
    }
    TimeColumn times = TimeColumn.of(TimeColumn.Use.split(rule.column()), column, first.get());
    return rule.validationFrom().isEmpty() && rule.testFrom().isEmpty()
        ? byShares(times, TimeRanks.of(times.shape(), heap))
        : byTimes(times);
  }

  private SplitAssigner byTimes(TimeColumn times) {
    OptionalDouble validation = bound(times, "validation_from", rule.validationFrom());
    OptionalDouble test = bound(times, "test_from", rule.testFrom());
    if (validation.isPresent()
        && test.isPresent()
        && validation.getAsDouble() > test.getAsDouble()) {
      throw new MtlException(
          new Problem(
              ErrorCode.CONFIG_VALUE,
              "data.split.test_from",
              "Expected a time not before validation_from, %s, found %s."
                  .formatted(rule.validationFrom().orElseThrow(), rule.testFrom().orElseThrow()),
              "Validation comes before the test."));
    }
    return new TimeSplit(times, validation, test);
  }

  private static OptionalDouble bound(TimeColumn times, String key, Optional<String> text) {
    return text.stream().mapToDouble(time -> times.parse("data.split." + key, time)).findFirst();
  }

  private SplitAssigner byShares(TimeColumn times, TimeRanks sorted) {
    input.forEachBlock(
        rows -> {
          for (int row = 0; row < rows.rowCount(); row++) {
            sorted.add(times.at(rows, row));
          }
        });
    int tested = (int) Math.round(sorted.size() * rule.test());
    int validated = (int) Math.round(sorted.size() * rule.validation());
    return new TimeSplit(
        times,
        validated == 0 ? OptionalDouble.empty() : firstOfLast(tested + validated, sorted),
        tested == 0 ? OptionalDouble.empty() : firstOfLast(tested, sorted));
  }

  private static OptionalDouble firstOfLast(int count, TimeRanks sorted) {
    return OptionalDouble.of(sorted.at(Math.max(0, sorted.size() - count)));
  }
}
