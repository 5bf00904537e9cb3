package org.mtl4j.data.describe;

import java.util.List;
import java.util.Optional;

/**
 * What is in a column.
 *
 * @param name its name
 * @param type what its values look like
 * @param missing number of rows without a value
 * @param distinct how many different values there are
 * @param range of a column of numbers, or of times that are numbers; empty for others
 * @param texts of a column of texts; empty for others
 * @param frequent the most frequent values, most frequent first; of values that came first, where
 *     not all could be counted
 */
public record ColumnSummary(
    String name,
    Type type,
    long missing,
    Distinct distinct,
    Optional<Range> range,
    Optional<Texts> texts,
    List<Frequent> frequent) {
  /** Copies the list. */
  public ColumnSummary {
    frequent = List.copyOf(frequent);
  }

  /** What values look like. */
  public enum Type {
    /** Every value is a number. */
    NUMBER,
    /** Every value is a point in time ({@link PointInTime}), or every one a date of ISO 8601. */
    TIME,
    /** Some value is neither. */
    TEXT,
    /** There are no values. */
    EMPTY
  }

  /**
   * A number of different values.
   *
   * @param count how many were told apart
   * @param exact whether those are all; otherwise there are more
   */
  public record Distinct(int count, boolean exact) {}

  /**
   * Where numbers lie.
   *
   * @param min the smallest
   * @param mean their mean
   * @param max the largest
   * @param whole whether none of them has decimals
   */
  public record Range(double min, double mean, double max, boolean whole) {}

  /**
   * What texts look like.
   *
   * @param separator between the values of lists, where they look like such: few different parts
   *     make many different texts
   * @param words how many stand in one on average, told apart by blanks
   */
  public record Texts(Optional<String> separator, double words) {}

  /**
   * A value and how often it stands.
   *
   * @param value the value
   * @param count rows that have it
   */
  public record Frequent(String value, long count) {}
}
