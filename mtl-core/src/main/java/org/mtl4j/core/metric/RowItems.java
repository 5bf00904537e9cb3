package org.mtl4j.core.metric;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The items of n rows, and what is known of them. Its arrays are not copied: they must not change
 * any more.
 *
 * @param ofRow [n] the number of each row's item, from 0, few of them without a row
 * @param popularity [n] how many training rows the row's item has; empty: nobody knows
 * @param content per column of content [n] its value as a number, which is compared and no more
 */
public record RowItems(int[] ofRow, Optional<float[]> popularity, List<int[]> content) {
  /**
   * Copies the list and checks lengths.
   *
   * @throws IllegalArgumentException if they differ, or an item's number is negative
   */
  public RowItems {
    content = List.copyOf(content);
    int n = ofRow.length;
    if (popularity.filter(counts -> counts.length != n).isPresent()
        || content.stream().anyMatch(values -> values.length != n)) {
      throw new IllegalArgumentException(
          "expected popularity and content of %d rows, found others".formatted(n));
    }
    if (Arrays.stream(ofRow).anyMatch(item -> item < 0)) {
      throw new IllegalArgumentException("expected items numbered from 0, found a negative number");
    }
  }

  /** What rows that have these hold of what metrics may need. */
  Set<RowPart> parts() {
    Set<RowPart> parts = EnumSet.of(RowPart.ITEMS);
    popularity.ifPresent(counts -> parts.add(RowPart.POPULARITY));
    if (!content.isEmpty()) {
      parts.add(RowPart.CONTENT);
    }
    return parts;
  }

  /** Number of rows. */
  public int size() {
    return ofRow.length;
  }

  /** One more than the largest number of an item. */
  public int bound() {
    return Arrays.stream(ofRow).max().orElse(-1) + 1;
  }

  /** Those of the rows at these indices, in their order; an index may stand several times. */
  public RowItems select(int... indices) {
    return new RowItems(
        select(ofRow, indices),
        popularity.map(
            counts -> {
              float[] selected = new float[indices.length];
              for (int i = 0; i < indices.length; i++) {
                selected[i] = counts[indices[i]];
              }
              return selected;
            }),
        content.stream().map(values -> select(values, indices)).toList());
  }

  private static int[] select(int[] values, int... indices) {
    return IntStream.of(indices).map(row -> values[row]).toArray();
  }
}
