package org.mtl4j.data.dataset;

import java.util.List;
import org.mtl4j.core.config.Default;

/**
 * Items drawn as negatives for a log that has positives alone: the keys of {@code data.negatives}.
 *
 * @param perPositive items drawn for each row, at least 1
 * @param by how likely each item is
 * @param user the column of the user's id
 * @param item the column of the item's id
 * @param itemColumns columns that go with the item, besides those of features of group item
 * @param tasks binary tasks whose label is 0 in drawn rows; none: all of them
 */
public record Negatives(
    @Default("4") int perPositive,
    @Default("uniform") By by,
    String user,
    String item,
    @Default("[]") List<String> itemColumns,
    @Default("[]") List<String> tasks) {
  /** How likely an item is drawn. */
  public enum By {
    /** All items of training alike. */
    UNIFORM,
    /** By the number of its training rows. */
    POPULARITY
  }

  private static final int MOST = 1000;

  /**
   * Copies the lists and checks the number.
   *
   * @throws IllegalArgumentException if it is not 1 to 1000
   */
  public Negatives {
    if (perPositive < 1 || perPositive > MOST) {
      throw new IllegalArgumentException(
          "per_positive: expected 1 to " + MOST + ", found " + perPositive);
    }
    itemColumns = List.copyOf(itemColumns);
    tasks = List.copyOf(tasks);
  }
}
