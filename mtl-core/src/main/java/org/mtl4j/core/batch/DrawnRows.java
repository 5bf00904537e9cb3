package org.mtl4j.core.batch;

import java.util.Set;

/**
 * Rows of a block that a log of positives does not have: somebody, and an item that was drawn for
 * them as a negative.
 *
 * @param rows [n] whether each row was drawn
 * @param tasks binary tasks whose label is 0 there; the others have no say
 */
public record DrawnRows(boolean[] rows, Set<String> tasks) {
  /** Copies the set. */
  public DrawnRows {
    tasks = Set.copyOf(tasks);
  }

  /** The same of some of the rows. */
  DrawnRows select(int[] kept) {
    boolean[] selected = new boolean[kept.length];
    for (int i = 0; i < kept.length; i++) {
      selected[i] = rows[kept[i]];
    }
    return new DrawnRows(selected, tasks);
  }
}
