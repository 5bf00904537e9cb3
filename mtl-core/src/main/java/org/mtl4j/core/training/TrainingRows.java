package org.mtl4j.core.training;

import java.util.Optional;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.provenance.Seed;

/**
 * The rows that a run trains on, and how often it takes each.
 *
 * @param data all of them
 * @param sampling how often an epoch takes each; empty: once
 */
public record TrainingRows(EncodedData data, Optional<RowSampling> sampling) {
  /** Rows of which an epoch takes each once. */
  public static TrainingRows each(EncodedData data) {
    return new TrainingRows(data, Optional.empty());
  }

  /** Rows of an epoch. */
  public int epochRows() {
    return sampling.map(RowSampling::epochRows).orElseGet(data::rowCount);
  }

  /**
   * The rows of an epoch in their order.
   *
   * @param epoch from 0
   */
  int[] order(Seed seed, int epoch) {
    return sampling
        .map(s -> EpochOrder.shuffled(s.rows(seed, epoch), seed, epoch))
        .orElseGet(() -> EpochOrder.of(data.rowCount(), seed, epoch));
  }
}
