package org.mtl4j.core.metric;

import java.util.BitSet;

/**
 * The rows of each group by falling score. Groups count from 0, in the order of their numbers taken
 * as unsigned. A position is a place among all rows: those of a group are from {@link #start} to
 * {@link #end}. Immutable: safe from any thread.
 */
public final class GroupedRanking {
  private final int[] rows;
  private final int[] starts;
  private final BitSet lastOfTie;

  GroupedRanking(Ranking ranking, GroupIndex groups) {
    rows = new int[ranking.size()];
    starts = startsOf(groups);
    lastOfTie = new BitSet(rows.length);
    int[] next = starts.clone();
    int[] tieOfLast = new int[groups.count()];
    int tie = 0;
    for (int start = 0, end; start < rows.length; start = end) {
      end = ranking.endOfTie(start);
      tie++;
      for (int i = start; i < end; i++) {
        int row = ranking.row(i);
        int group = groups.ofRow()[row];
        int position = next[group]++;
        rows[position] = row;
        if (position > starts[group] && tieOfLast[group] != tie) {
          lastOfTie.set(position - 1);
        }
        tieOfLast[group] = tie;
      }
    }
    for (int group = 0; group < count(); group++) {
      lastOfTie.set(end(group) - 1);
    }
  }

  private static int[] startsOf(GroupIndex groups) {
    int[] starts = new int[groups.count() + 1];
    for (int group : groups.ofRow()) {
      starts[group + 1]++;
    }
    for (int group = 0; group < groups.count(); group++) {
      starts[group + 1] += starts[group];
    }
    return starts;
  }

  /** Number of groups that have a row. */
  public int count() {
    return starts.length - 1;
  }

  /** The position of a group's highest score. */
  public int start(int group) {
    return starts[group];
  }

  /** The position after a group's last row. */
  public int end(int group) {
    return starts[group + 1];
  }

  /** The row at a position. */
  public int row(int position) {
    return rows[position];
  }

  /** The position after the last row of the same group tied with the one at {@code start}. */
  public int endOfTie(int start) {
    return lastOfTie.nextSetBit(start) + 1;
  }
}
