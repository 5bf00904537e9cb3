package org.mtl4j.core.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Items of rows that come one after the other. Not safe for use by several threads. */
public final class ItemList {
  private static final int FIRST_CAPACITY = 1024;
  private static final int MOST = Integer.MAX_VALUE - 8;

  private int[] items = new int[FIRST_CAPACITY];
  private Optional<float[]> popularity;
  private final List<int[]> content = new ArrayList<>();
  private int size;

  /** An empty list of items of which as much is known as of these. */
  public ItemList(RowItems like) {
    popularity = like.popularity().map(counts -> new float[FIRST_CAPACITY]);
    like.content().forEach(column -> content.add(new int[FIRST_CAPACITY]));
  }

  /**
   * Adds the item of a row of others.
   *
   * @throws IllegalArgumentException if more or less is known of them
   */
  public void add(RowItems others, int row) {
    if (others.content().size() != content.size()
        || others.popularity().isPresent() != popularity.isPresent()) {
      throw new IllegalArgumentException(
          "expected items of which as much is known with every block, found other columns");
    }
    if (size == items.length) {
      grow();
    }
    items[size] = others.ofRow().get(row);
    popularity.ifPresent(
        counts -> counts[size] = (float) others.popularity().orElseThrow().get(row));
    for (int c = 0; c < content.size(); c++) {
      content.get(c)[size] = others.content().get(c).get(row);
    }
    size++;
  }

  private void grow() {
    int capacity = (int) Math.min(MOST, size + (size + 1L) / 2);
    items = Arrays.copyOf(items, capacity);
    popularity = popularity.map(counts -> Arrays.copyOf(counts, capacity));
    content.replaceAll(values -> Arrays.copyOf(values, capacity));
  }

  /** What was added so far; adding more does not change it. */
  public RowItems toItems() {
    return RowItems.of(
        Arrays.copyOf(items, size),
        popularity.map(counts -> Arrays.copyOf(counts, size)),
        content.stream().map(values -> Arrays.copyOf(values, size)).toList());
  }
}
