package org.mtl4j.core.metric;

import java.util.BitSet;

/**
 * Groups counted from 0, in the order of their numbers taken as unsigned, without gaps.
 *
 * @param ofRow [n] per row its group
 * @param count number of groups
 */
record GroupIndex(int[] ofRow, int count) {
  /** Numbers a row up to which they are marked and not sorted. */
  private static final long NUMBERS_A_ROW = 4;

  /** Whoever numbers groups as they come leaves few gaps, and needs no sort. */
  static GroupIndex of(Ints numbers) {
    long largest = 0;
    for (int row = 0; row < numbers.size(); row++) {
      largest = Math.max(largest, Integer.toUnsignedLong(numbers.get(row)));
    }
    return largest < Math.min(Integer.MAX_VALUE, NUMBERS_A_ROW * numbers.size())
        ? marked(numbers, (int) largest)
        : sorted(numbers);
  }

  private static GroupIndex marked(Ints numbers, int largest) {
    BitSet present = new BitSet(largest + 1);
    for (int row = 0; row < numbers.size(); row++) {
      present.set(numbers.get(row));
    }
    int[] groups = new int[largest + 1];
    int count = 0;
    for (int number = present.nextSetBit(0); number >= 0; number = present.nextSetBit(number + 1)) {
      groups[number] = count++;
    }
    int[] ofRow = new int[numbers.size()];
    for (int row = 0; row < ofRow.length; row++) {
      ofRow[row] = groups[numbers.get(row)];
    }
    return new GroupIndex(ofRow, count);
  }

  private static GroupIndex sorted(Ints numbers) {
    KeyedRows sorted =
        KeyedRows.of(numbers.size(), row -> Integer.toUnsignedLong(numbers.get(row)));
    int[] ofRow = new int[numbers.size()];
    int count = 0;
    for (int start = 0; start < sorted.size(); count++) {
      int end = sorted.endOfTie(start);
      for (int i = start; i < end; i++) {
        ofRow[sorted.rows()[i]] = count;
      }
      start = end;
    }
    return new GroupIndex(ofRow, count);
  }
}
