package org.mtl4j.eval.slice;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * One way to part the rows of an evaluation: each is in one slice.
 *
 * @param name what they are parted by, for people: {@code country}, {@code user_id, known or new}
 * @param slices names of the slices, for people; they may be equal, as values may
 * @param ofRow [n] per row of the evaluation its slice, from 0; not copied: it must not change
 */
public record Slicing(String name, List<String> slices, int[] ofRow) {
  /**
   * Copies the list and checks the numbers.
   *
   * @throws IllegalArgumentException if a row is in no slice that there is
   */
  public Slicing {
    slices = List.copyOf(slices);
    int count = slices.size();
    if (Arrays.stream(ofRow).anyMatch(slice -> slice < 0 || slice >= count)) {
      throw new IllegalArgumentException(
          "expected rows in slices from 0 to " + (count - 1) + ", found one in another");
    }
  }

  /**
   * The slices of the rows that have a say, one after the other.
   *
   * @param say which of the n rows have one
   */
  public int[] of(BitSet say) {
    return say.stream().map(row -> ofRow[row]).toArray();
  }

  /**
   * Per slice the positions of its rows among those that have a say: [slices][rows].
   *
   * @param say which of the n rows have one
   */
  int[][] positions(BitSet say) {
    int[] counts = new int[slices.size()];
    say.stream().forEach(row -> counts[ofRow[row]]++);
    int[][] positions = new int[counts.length][];
    Arrays.setAll(positions, slice -> new int[counts[slice]]);
    int[] next = new int[counts.length];
    int position = 0;
    for (int row = say.nextSetBit(0); row >= 0; row = say.nextSetBit(row + 1)) {
      int slice = ofRow[row];
      positions[slice][next[slice]++] = position++;
    }
    return positions;
  }
}
