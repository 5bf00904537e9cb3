package org.mtl4j.core.graph;

import java.util.Optional;
import java.util.SplittableRandom;
import org.mtl4j.core.provenance.Seed;

/**
 * A logical embedding table: the rows [offset, offset + rows) of a store that tables of equal width
 * share, so that a step looks all of them up, and updates them, at once.
 *
 * <p>A trained lookup goes: the batch's unique ids, gathered from the store once ({@link
 * RowTable#gather}); from those rows every feature's by an ordinary gather, which has a gradient
 * towards <em>the gathered rows</em>; an optimiser applies that gradient to the same ids. No tensor
 * of the table's shape ever exists.
 *
 * @param name the logical name; in checkpoints and exports the table is {@code embedding/NAME}
 * @param store where the rows are
 * @param offset the store's row of id 0
 * @param rows number of ids
 * @param first what the rows start from; empty: the store's initializer
 */
public record EmbeddingTable(
    String name, RowTable store, long offset, long rows, Optional<FirstRows> first) {
  /** A table whose first values are drawn. */
  public EmbeddingTable(String name, RowTable store, long offset, long rows) {
    this(name, store, offset, rows, Optional.empty());
  }

  /** Name of the table in checkpoints and exports. */
  public String variableName() {
    return "embedding/" + name;
  }

  /** Where the table's first values are drawn from: seed and table name decide. */
  public Seed seed(Seed root) {
    return root.child("variables/" + variableName());
  }

  /**
   * Fills a row with its first values; drawn, they depend on the table's seed and the id alone.
   *
   * @param own what {@link #seed} gave
   */
  public void initialRow(Seed own, long id, double[] row) {
    if (first.isPresent()) {
      first.get().fill(id, row);
      return;
    }
    SplittableRandom random = new SplittableRandom(own.indexed(id));
    for (int i = 0; i < row.length; i++) {
      row[i] = store.initializer().next(random, i);
    }
  }
}
