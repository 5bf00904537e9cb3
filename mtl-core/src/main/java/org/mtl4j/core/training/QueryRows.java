package org.mtl4j.core.training;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.BatchFeeder;
import org.mtl4j.core.batch.BatchOrder;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.provenance.Seed;

/**
 * Which training rows belong to one query, a search, a session or a page say: an epoch shuffles
 * queries, not rows, and a batch has whole ones. 4 bytes a row.
 */
public final class QueryRows {
  private static final int BLOCK = 4096;

  private final int[] queries;
  private final int count;
  private final int longest;

  private QueryRows(int[] queries, int count) {
    this.queries = queries;
    this.count = count;
    int[] sizes = new int[count];
    IntStream.of(queries).forEach(query -> sizes[query]++);
    this.longest = IntStream.of(sizes).max().orElse(0);
  }

  /**
   * Rows whose group is their query.
   *
   * @throws IllegalArgumentException if they have no groups
   */
  public static QueryRows of(EncodedData rows) {
    int[] queries = new int[rows.rowCount()];
    Map<Integer, Integer> numbers = new HashMap<>();
    for (int from = 0; from < queries.length; from += BLOCK) {
      EncodedRows block = rows.block(from, Math.min(BLOCK, queries.length - from));
      int[] groups =
          block
              .groups()
              .orElseThrow(() -> new IllegalArgumentException("expected rows with a query each"));
      for (int r = 0; r < groups.length; r++) {
        queries[from + r] = numbers.computeIfAbsent(groups[r], group -> numbers.size());
      }
    }
    return new QueryRows(queries, numbers.size());
  }

  /** How many queries there are. */
  public int count() {
    return count;
  }

  /** Rows of the largest. */
  public int longest() {
    return longest;
  }

  /**
   * The batches of an epoch: the n rows in the order of shuffled queries, in as many batches as
   * rows by themselves would make. A batch ends with the query whose last row falls into its share
   * of {@code batchSize} positions, so that it has {@code batchSize} rows on average and less than
   * a query more at most; only a query of more rows than that is cut, at other rows each epoch.
   *
   * @param taken the epoch's rows, each as often as it is taken
   * @param seed of the run
   * @param epoch from 0
   * @param batchSize rows a batch on average
   */
  BatchOrder batches(int[] taken, Seed seed, int epoch, int batchSize) {
    int[] ends = new int[count];
    IntStream.of(taken).forEach(row -> ends[queries[row]]++);
    for (int query = 1; query < count; query++) {
      ends[query] += ends[query - 1];
    }
    int[] starts = new int[count];
    System.arraycopy(ends, 0, starts, Math.min(1, count), Math.max(0, count - 1));
    int[] sorted = new int[taken.length];
    int[] next = starts.clone();
    // In another order each epoch: where a query is cut, other rows of it meet.
    int[] shuffled = EpochOrder.shuffled(taken.clone(), seed.child("within queries"), epoch);
    IntStream.of(shuffled).forEach(row -> sorted[next[queries[row]]++] = row);
    int[] rows = new int[taken.length];
    int[] batchEnds = new int[BatchFeeder.batches(taken.length, batchSize)];
    int end = 0;
    for (int query : EpochOrder.of(count, seed, epoch)) {
      int size = ends[query] - starts[query];
      System.arraycopy(sorted, starts[query], rows, end, size);
      for (int left = size; left > 0; left -= batchSize) {
        end += Math.min(left, batchSize);
        batchEnds[(end - 1) / batchSize] = end;
      }
    }
    return new BatchOrder(rows, batchEnds);
  }

  /**
   * Rows of the largest batch that an epoch may have.
   *
   * @param epochRows rows of an epoch
   * @param batchSize rows a batch on average
   * @param sampled whether rows may be taken more than once
   */
  int largestBatch(int epochRows, int batchSize, boolean sampled) {
    long excess = Math.min(batchSize, sampled ? batchSize : longest) - 1L;
    return (int) Math.min(epochRows, batchSize + excess);
  }
}
