package org.mtl4j.core.metric;

import java.util.BitSet;

/**
 * The rows of an output of one prediction by falling score. Rows of equal scores are tied; within a
 * tie they keep their order, which must not matter to a figure. Immutable: safe from any thread.
 */
public final class Ranking {
  private final int[] rows;
  private final BitSet lastOfTie;

  Ranking(Numbers scores) {
    KeyedRows sorted = KeyedRows.byFallingScore(scores);
    rows = sorted.rows();
    lastOfTie = new BitSet(rows.length);
    for (int end, start = 0; start < rows.length; start = end) {
      end = sorted.endOfTie(start);
      lastOfTie.set(end - 1);
    }
  }

  /** Number of rows. */
  public int size() {
    return rows.length;
  }

  /** The row at a position, 0 being the highest score's. */
  public int row(int position) {
    return rows[position];
  }

  /** The position after the last row tied with the one at {@code start}. */
  public int endOfTie(int start) {
    return lastOfTie.nextSetBit(start) + 1;
  }
}
