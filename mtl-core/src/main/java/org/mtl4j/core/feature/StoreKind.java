package org.mtl4j.core.feature;

import java.util.Comparator;

/**
 * What tables have in common that share a store. Those that are trained come first, then by width.
 *
 * @param dim width of a row
 * @param frozen whether the rows stay as they are: then they have no gradient, no optimiser's slots
 *     and no update
 */
record StoreKind(int dim, boolean frozen) implements Comparable<StoreKind> {
  private static final Comparator<StoreKind> ORDER =
      Comparator.comparing(StoreKind::frozen).thenComparing(StoreKind::dim);

  /** The store's name in a training graph. */
  String storeName() {
    return "embedding_store/" + (frozen ? "frozen_dim_" : "dim_") + dim;
  }

  /** The scope of the placeholders of its ids. */
  String idScope() {
    return (frozen ? "ids_frozen_" : "ids_") + dim;
  }

  @Override
  public int compareTo(StoreKind other) {
    return ORDER.compare(this, other);
  }
}
