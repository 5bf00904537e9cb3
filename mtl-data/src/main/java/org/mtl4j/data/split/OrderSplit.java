package org.mtl4j.data.split;

import org.mtl4j.core.batch.RawBatch;

/**
 * Rows by the order of their records.
 *
 * @param validationFrom the first record of validation
 * @param testFrom the first record of the test
 */
record OrderSplit(long validationFrom, long testFrom) implements SplitAssigner {
  /** Counts the records up to the last one that is kept. */
  static OrderSplit of(SplitRule.Order rule, SplitInput input) {
    long[] records = {0};
    input.forEachBlock(
        rows -> {
          if (rows.rowCount() > 0) {
            records[0] = rows.record(rows.rowCount() - 1) + 1;
          }
        });
    long test = records[0] - Math.round(records[0] * rule.test());
    return new OrderSplit(test - Math.round(records[0] * rule.validation()), test);
  }

  @Override
  public Split of(RawBatch rows, int row) {
    long record = rows.record(row);
    if (record >= testFrom) {
      return Split.TEST;
    }
    return record >= validationFrom ? Split.VALIDATION : Split.TRAIN;
  }
}
