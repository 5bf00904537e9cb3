package org.mtl4j.data.split;

import java.util.Optional;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Decimals;
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
    int column = input.column(rule.column());
    boolean untyped = input.columns().all().get(column).type() == ColumnType.UNTYPED;
    String name = rule.column();
    return isNumber(column)
        ? fit(TimeColumn.ofNumbers(name, column, untyped, witness()), new TimeRanks.Numbers(heap))
        : fit(TimeColumn.ofTexts(name, column, untyped, witness()), new TimeRanks.Texts(heap));
  }

  private <T extends Comparable<T>> SplitAssigner fit(TimeColumn<T> times, TimeRanks<T> ranks) {
    if (rule.validationFrom().isEmpty() && rule.testFrom().isEmpty()) {
      return byShares(times, ranks);
    }
    Optional<T> validation = rule.validationFrom().map(t -> times.parse("validation_from", t));
    Optional<T> test = rule.testFrom().map(t -> times.parse("test_from", t));
    if (validation.isPresent() && test.isPresent() && validation.get().compareTo(test.get()) > 0) {
      throw new MtlException(
          new Problem(
              ErrorCode.CONFIG_VALUE,
              "data.split.test_from",
              "Expected a time not before validation_from, %s, found %s."
                  .formatted(validation.get(), test.get()),
              "Validation comes before the test."));
    }
    return new TimeSplit<>(times, validation, test);
  }

  private <T extends Comparable<T>> SplitAssigner byShares(
      TimeColumn<T> times, TimeRanks<T> sorted) {
    input.forEachBlock(
        rows -> {
          for (int row = 0; row < rows.rowCount(); row++) {
            sorted.add(times.at(rows, row));
          }
        });
    int tested = (int) Math.round(sorted.size() * rule.test());
    int validated = (int) Math.round(sorted.size() * rule.validation());
    return new TimeSplit<>(
        times,
        validated == 0 ? Optional.empty() : firstOfLast(tested + validated, sorted),
        tested == 0 ? Optional.empty() : firstOfLast(tested, sorted));
  }

  private static <T> Optional<T> firstOfLast(int count, TimeRanks<T> sorted) {
    return Optional.of(sorted.at(Math.max(0, sorted.size() - count)));
  }

  /** What decides whether the times of an untyped column are numbers or text. */
  private String witness() {
    return rule.testFrom().isPresent()
        ? "data.split.test_from"
        : rule.validationFrom().isPresent() ? "data.split.validation_from" : "the first row";
  }

  /**
   * Whether times are numbers: the column says so, or the rule's times, or the first row's. A later
   * row of the other kind is an error then.
   */
  private boolean isNumber(int column) {
    return switch (input.columns().all().get(column).type()) {
      case NUMBER -> true;
      case TEXT -> false;
      case UNTYPED ->
          rule.testFrom()
              .or(rule::validationFrom)
              .or(() -> input.firstBlock().map(rows -> rows.text(column, 0)))
              .map(time -> Decimals.isNumber(time.trim()))
              .orElse(false);
    };
  }
}
