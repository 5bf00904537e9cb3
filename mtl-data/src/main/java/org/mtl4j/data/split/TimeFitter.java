package org.mtl4j.data.split;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
        ? fit(TimeColumn.ofNumbers(rule.column(), column))
        : fit(TimeColumn.ofTexts(rule.column(), column));
  }

  private <T extends Comparable<T>> SplitAssigner fit(TimeColumn<T> times) {
    if (rule.validationFrom().isEmpty() && rule.testFrom().isEmpty()) {
      return byShares(times);
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

  private <T extends Comparable<T>> SplitAssigner byShares(TimeColumn<T> times) {
    List<T> sorted = new ArrayList<>();
    input.forEachBlock(
        rows -> {
          for (int row = 0; row < rows.rowCount(); row++) {
            sorted.add(times.at(rows, row));
          }
        });
    sorted.sort(Comparator.naturalOrder());
    int tested = (int) Math.round(sorted.size() * rule.test());
    int validated = (int) Math.round(sorted.size() * rule.validation());
    return new TimeSplit<>(
        times,
        validated == 0 ? Optional.empty() : firstOfLast(tested + validated, sorted),
        tested == 0 ? Optional.empty() : firstOfLast(tested, sorted));
  }

  private static <T> Optional<T> firstOfLast(int count, List<T> sorted) {
    return Optional.of(sorted.get(Math.max(0, sorted.size() - count)));
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
