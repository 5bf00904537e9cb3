package org.mtl4j.core.metric;

/**
 * The rows of each group by falling score. Groups count from 0, in the order of their numbers taken
 * as unsigned. A position is a place among all rows: those of a group are from {@link #start} to
 * {@link #end}. Immutable: safe from any thread.
 */
public sealed interface GroupedRanking permits ArrayGroupedRanking, FileGroupedRanking {
  /** Number of groups that have a row. */
  int count();

  /** The position of a group's highest score. */
  int start(int group);

  /** The position after a group's last row. */
  int end(int group);

  /** The row at a position. */
  int row(int position);

  /** The position after the last row of the same group tied with the one at {@code start}. */
  int endOfTie(int start);
}
