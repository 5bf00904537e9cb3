package org.mtl4j.data.split;

import java.util.Optional;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Decimals;

/**
 * Finds the times at which validation and test begin. With shares it reads the rows once and holds
 * their times.
 *
 * @param rule what the user asked for
 * @param input the rows
 */
record TimeFitter(SplitRule.Time rule, SplitInput input) {
  /** What says for each row what it is for. */
  SplitAssigner fit() {
    int column = input.column(rule.column());
    return isNumber(column)
        ? fit(TimeColumn.ofNumbers(rule.column(), column), new TimeRanks.Numbers())
        : fit(TimeColumn.ofTexts(rule.column(), column), new TimeRanks.Texts());
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

  /** Whether times are numbers: the column says so, or the rule's times, or the first row's. */
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
