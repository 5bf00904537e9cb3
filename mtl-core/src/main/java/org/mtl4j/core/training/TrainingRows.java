package org.mtl4j.core.training;

import java.util.Optional;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.BatchOrder;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.provenance.Seed;

/**
 * The rows that a run trains on, and how often it takes each.
 *
 * @param data all of them
 * @param sampling how often an epoch takes each; empty: once
 * @param queries which belong together in a batch; empty: each row stands by itself
 */
public record TrainingRows(
    EncodedData data, Optional<RowSampling> sampling, Optional<QueryRows> queries) {
  /** Rows that stand by themselves. */
  public TrainingRows(EncodedData data, Optional<RowSampling> sampling) {
    this(data, sampling, Optional.empty());
  }

  /** Rows of which an epoch takes each once. */
  public static TrainingRows each(EncodedData data) {
    return new TrainingRows(data, Optional.empty());
  }

  /** Rows of an epoch. */
  public int epochRows() {
    return sampling.map(RowSampling::epochRows).orElseGet(data::rowCount);
  }

  /** Rows of the largest batch, of {@code batchSize} on average: no more than an epoch has. */
  public int largestBatch(int batchSize) {
    int rows = epochRows();
    return queries
        .map(whole -> whole.largestBatch(rows, batchSize, sampling.isPresent()))
        .orElseGet(() -> Math.min(batchSize, rows));
  }

  /**
   * The batches of an epoch.
   *
   * @param epoch from 0
   */
  public BatchOrder batches(Seed seed, int epoch, int batchSize) {
    return queries
        .map(whole -> whole.batches(taken(seed, epoch), seed, epoch, batchSize))
        .orElseGet(() -> BatchOrder.even(order(seed, epoch), batchSize));
  }

  private int[] taken(Seed seed, int epoch) {
    return sampling
        .map(s -> s.rows(seed, epoch))
        .orElseGet(() -> IntStream.range(0, data.rowCount()).toArray());
  }

  /**
   * The rows of an epoch in their order, each by itself.
   *
   * @param epoch from 0
   */
  int[] order(Seed seed, int epoch) {
    return sampling
        .map(s -> EpochOrder.shuffled(s.rows(seed, epoch), seed, epoch))
        .orElseGet(() -> EpochOrder.of(data.rowCount(), seed, epoch));
  }
}
