package org.mtl4j.core.training;

import java.util.Arrays;
import java.util.List;

/**
 * Which rows of a table are alike, level by level, the closest likeness first: a row that nothing
 * was taken over for starts from the mean of those of its group that rows were taken over for, in
 * the first level in which there are such.
 *
 * <p>Its arrays are as long as the table and are not copied: nobody changes them any more.
 */
public final class SimilarRows {
  /** The group of a row that is like no other. */
  public static final int NONE = -1;

  private final List<int[]> levels;

  /**
   * Groups of rows.
   *
   * @param levels per level and row the number of its group, from 0, or {@link #NONE}
   * @throws IllegalArgumentException if levels are of different lengths, or there are none
   */
  public SimilarRows(List<int[]> levels) {
    if (levels.stream().map(level -> level.length).distinct().count() != 1) {
      throw new IllegalArgumentException(
          "levels: expected some of one length, found "
              + levels.stream().map(level -> level.length).toList());
    }
    this.levels = List.copyOf(levels);
  }

  /** Rows of the table. */
  int rows() {
    return levels.get(0).length;
  }

  /** Number of levels. */
  int levels() {
    return levels.size();
  }

  /** The group of a row in a level, or {@link #NONE}. */
  int group(int level, int row) {
    return levels.get(level)[row];
  }

  /** Number of the groups of a level. */
  int groups(int level) {
    return Arrays.stream(levels.get(level)).max().orElse(NONE) + 1;
  }
}
