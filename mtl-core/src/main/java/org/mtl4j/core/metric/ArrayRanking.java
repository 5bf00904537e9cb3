package org.mtl4j.core.metric;

import java.util.BitSet;
import java.util.stream.IntStream;

/** A ranking in arrays. */
final class ArrayRanking implements Ranking {
  private final int[] rows;
  private final BitSet lastOfTie;

  private ArrayRanking(int[] rows, BitSet lastOfTie) {
    this.rows = rows;
    this.lastOfTie = lastOfTie;
  }

  /** The rows of these scores, of which none is NaN. */
  static ArrayRanking of(Numbers scores) {
    return scores.areFloats() ? ofFloats(scores) : ofDoubles(scores);
  }

  private static ArrayRanking ofFloats(Numbers scores) {
    long[] sorted = FloatSort.sort(scores);
    int[] rows = new int[sorted.length];
    long[] ends = new long[(sorted.length + 63) >> 6];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (int) sorted[i];
      if (i + 1 == rows.length || sorted[i] >> Integer.SIZE != sorted[i + 1] >> Integer.SIZE) {
        ends[i >> 6] |= 1L << i;
      }
    }
    return new ArrayRanking(rows, BitSet.valueOf(ends));
  }

  private static ArrayRanking ofDoubles(Numbers scores) {
    KeyedRows sorted = KeyedRows.byFallingScore(scores);
    BitSet lastOfTie = new BitSet(sorted.size());
    for (int end, start = 0; start < sorted.size(); start = end) {
      end = sorted.endOfTie(start);
      lastOfTie.set(end - 1);
    }
    return new ArrayRanking(sorted.rows(), lastOfTie);
  }

  @Override
  public int size() {
    return rows.length;
  }

  @Override
  public int row(int position) {
    return rows[position];
  }

  @Override
  public int endOfTie(int start) {
    return lastOfTie.nextSetBit(start) + 1;
  }

  /** Per position whether the row there is a positive. */
  BitSet positives(Numbers labels) {
    long[] positives = new long[(rows.length + 63) >> 6];
    IntStream.range(0, positives.length)
        .parallel()
        .forEach(
            word -> {
              int end = Math.min(rows.length, (word + 1) << 6);
              for (int i = word << 6; i < end; i++) {
                positives[word] |= labels.get(rows[i]) == 1 ? 1L << i : 0;
              }
            });
    return BitSet.valueOf(positives);
  }
}
