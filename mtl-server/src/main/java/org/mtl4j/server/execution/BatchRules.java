package org.mtl4j.server.execution;

import java.time.Duration;
import java.util.List;

/**
 * How requests are put together. With a delay of 0 none ever waits for another: those that came
 * while all threads were busy go together.
 *
 * @param maxRows no more in a batch; 1 for no batches
 * @param delay how long the first request of a batch waits for others
 * @param allowedSizes rows that a batch may have, rising, the last one being {@code maxRows}; a
 *     batch is filled up to the next one with copies of its own rows. Empty for any number
 */
public record BatchRules(int maxRows, Duration delay, List<Integer> allowedSizes) {
  /** No batches. */
  public static final BatchRules NONE = new BatchRules(1, Duration.ZERO, List.of());

  /** Up to 128 rows, none waiting for others. */
  public static final BatchRules DEFAULT = new BatchRules(128, Duration.ZERO, List.of());

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public BatchRules {
    allowedSizes = List.copyOf(allowedSizes);
    if (maxRows < 1) {
      throw new IllegalArgumentException("maxRows: expected at least 1, found " + maxRows);
    }
    if (delay.isNegative() || delay.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException("delay: expected 0 to 1 minute, found " + delay);
    }
    int before = 0;
    for (int size : allowedSizes) {
      if (size <= before) {
        throw new IllegalArgumentException(
            "allowedSizes: expected rising numbers from 1, found " + allowedSizes);
      }
      before = size;
    }
    if (!allowedSizes.isEmpty() && before != maxRows) {
      throw new IllegalArgumentException(
          "allowedSizes: expected %d, maxRows, as the last, found %d".formatted(maxRows, before));
    }
  }

  /** How many rows are computed for so many. */
  public int padded(int rows) {
    return allowedSizes.stream().filter(size -> size >= rows).findFirst().orElse(rows);
  }
}
