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
  static GroupIndex of(int[] numbers) {
    long largest = 0;
    for (int number : numbers) {
      largest = Math.max(largest, Integer.toUnsignedLong(number));
    }
    return largest < Math.min(Integer.MAX_VALUE, NUMBERS_A_ROW * numbers.length)
        ? marked(numbers, (int) largest)
        : sorted(numbers);
  }

  private static GroupIndex marked(int[] numbers, int largest) {
    BitSet present = new BitSet(largest + 1);
    for (int number : numbers) {
      present.set(number);
    }
    int[] groups = new int[largest + 1];
    int count = 0;
    for (int number = present.nextSetBit(0); number >= 0; number = present.nextSetBit(number + 1)) {
      groups[number] = count++;
    }
    int[] ofRow = new int[numbers.length];
    for (int row = 0; row < numbers.length; row++) {
      ofRow[row] = groups[numbers[row]];
    }
    return new GroupIndex(ofRow, count);
  }

  private static GroupIndex sorted(int[] numbers) {
    KeyedRows sorted = KeyedRows.of(numbers.length, row -> Integer.toUnsignedLong(numbers[row]));
    int[] ofRow = new int[numbers.length];
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
