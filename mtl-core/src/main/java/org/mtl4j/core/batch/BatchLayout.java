package org.mtl4j.core.batch;

import java.util.List;

/**
 * What a batch of a given model holds.
 *
 * @param capacity rows at most
 * @param stores the id columns of each embedding store
 * @param denseWidth number of dense inputs
 * @param labels what the labels are that travel along; empty for prediction
 * @param queries whether each row says which query it belongs to
 */
public record BatchLayout(
    int capacity,
    List<StoreColumns> stores,
    int denseWidth,
    List<LabelShape> labels,
    boolean queries) {
  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if the capacity is below 1
   */
  public BatchLayout {
    stores = List.copyOf(stores);
    labels = List.copyOf(labels);
    if (capacity < 1) {
      throw new IllegalArgumentException("expected a capacity of at least 1, found " + capacity);
    }
  }

  /** Batches whose rows stand by themselves. */
  public BatchLayout(
      int capacity, List<StoreColumns> stores, int denseWidth, List<LabelShape> labels) {
    this(capacity, stores, denseWidth, labels, false);
  }

  /** What the batches of a {@link BatchFeeder} take together. */
  public BatchBytes bytes() {
    int ids = stores.stream().mapToInt(StoreColumns::width).sum();
    int weights = stores.stream().mapToInt(StoreColumns::weightWidth).sum();
    long words = new RowLayout(ids, denseWidth + weights, labels, queries).words();
    BatchBytes batch =
        BatchBytes.heap(capacity * words, Integer.BYTES)
            .plus(BatchBytes.direct((long) capacity * denseWidth, Float.BYTES));
    for (StoreColumns store : stores) {
      batch = batch.plus(IdBlock.bytes(store, capacity));
    }
    for (LabelShape label : labels) {
      batch =
          batch
              .plus(BatchBytes.direct((long) capacity * label.width(), Float.BYTES))
              .plus(BatchBytes.direct(capacity, Float.BYTES));
    }
    if (queries) {
      batch = batch.plus(BatchBytes.direct(capacity, Integer.BYTES));
    }
    return batch.times(BatchFeeder.BATCHES);
  }
}
