package org.mtl4j.core.metric;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The items of n rows, and what is known of them.
 *
 * @param ofRow [n] the number of each row's item, from 0, few of them without a row
 * @param popularity [n] how many training rows the row's item has; empty: nobody knows
 * @param content per column of content [n] its value as a number, which is compared and no more
 */
public record RowItems(Ints ofRow, Optional<Numbers> popularity, List<Ints> content) {
  /**
   * Copies the list and checks lengths.
   *
   * @throws IllegalArgumentException if they differ, or an item's number is negative
   */
  public RowItems {
    content = List.copyOf(content);
    int n = ofRow.size();
    if (popularity.filter(counts -> counts.size() != n).isPresent()
        || content.stream().anyMatch(values -> values.size() != n)) {
      throw new IllegalArgumentException(
          "expected popularity and content of %d rows, found others".formatted(n));
    }
    for (int row = 0; row < n; row++) {
      if (ofRow.get(row) < 0) {
        throw new IllegalArgumentException(
            "expected items numbered from 0, found a negative number");
      }
    }
  }

  /**
   * Items in arrays, which are not copied: they must not change any more.
   *
   * @throws IllegalArgumentException if lengths differ, or an item's number is negative
   */
  public static RowItems of(int[] ofRow, Optional<float[]> popularity, List<int[]> content) {
    return new RowItems(
        Ints.of(ofRow),
        popularity.map(counts -> Numbers.of(counts, counts.length)),
        content.stream().map(Ints::of).toList());
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
    return ofRow.size();
  }

  /** One more than the largest number of an item. */
  public int bound() {
    int bound = 0;
    for (int row = 0; row < size(); row++) {
      bound = Math.max(bound, ofRow.get(row) + 1);
    }
    return bound;
  }

  /** Those of the rows at these indices, in their order; an index may stand several times. */
  public RowItems select(int... indices) {
    return new RowItems(
        select(ofRow, indices),
        popularity.map(
            counts -> {
              float[] selected = new float[indices.length];
              for (int i = 0; i < indices.length; i++) {
                selected[i] = (float) counts.get(indices[i]);
              }
              return Numbers.of(selected, selected.length);
            }),
        content.stream().map(values -> select(values, indices)).toList());
  }

  private static Ints select(Ints values, int... indices) {
    int[] selected = new int[indices.length];
    Arrays.setAll(selected, i -> values.get(indices[i]));
    return Ints.of(selected);
  }
}
