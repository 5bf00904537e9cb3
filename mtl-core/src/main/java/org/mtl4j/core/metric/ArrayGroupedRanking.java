package org.mtl4j.core.metric;

import java.util.BitSet;

/** A grouped ranking in arrays. */
final class ArrayGroupedRanking implements GroupedRanking {
  private final int[] rows;
  private final int[] starts;
  private final BitSet lastOfTie;

  ArrayGroupedRanking(Ranking ranking, GroupIndex groups) {
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

  @Override
  public int count() {
    return starts.length - 1;
  }

  @Override
  public int start(int group) {
    return starts[group];
  }

  @Override
  public int end(int group) {
    return starts[group + 1];
  }

  @Override
  public int row(int position) {
    return rows[position];
  }

  @Override
  public int endOfTie(int start) {
    return lastOfTie.nextSetBit(start) + 1;
  }
}
