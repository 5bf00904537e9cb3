package org.mtl4j.core.training;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.mtl4j.core.provenance.Seed;

/**
 * The order of an epoch's rows. It depends on the seed and the epoch's number alone, so that a
 * resumed run takes the very batches that it would have taken. 4 bytes a row.
 */
public final class EpochOrder {
  private EpochOrder() {}

  /**
   * All rows, each once: a permutation drawn evenly from all (Fisher and Yates).
   *
   * @param rows number of rows
   * @param seed of the run
   * @param epoch from 0
   */
  public static int[] of(int rows, Seed seed, int epoch) {
    return shuffled(IntStream.range(0, rows).toArray(), seed, epoch);
  }

  /** These rows, put into the epoch's order where they stand. */
  static int[] shuffled(int[] order, Seed seed, int epoch) {
    SplittableRandom random = new SplittableRandom(seed.child("shuffle").indexed(epoch));
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    return order;
  }
}
