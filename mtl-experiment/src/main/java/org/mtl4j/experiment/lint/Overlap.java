package org.mtl4j.experiment.lint;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.data.dataset.RowHash;
import org.mtl4j.data.split.Split;

/** Which rows outside of training have columns equal to those of a training row. */
final class Overlap {
  private static final int ROWS = 131_072;

  private final RowHash hash;
  private final HashSample<long[]> counts = new HashSample<>(LintLimits.ofHeap().of(ROWS));

  /**
   * Nothing seen yet.
   *
   * @param columns that make rows equal
   */
  Overlap(int... columns) {
    this.hash = new RowHash(columns);
  }

  void observe(Split split, RawBatch rows, int row) {
    ByteBuffer bits = ByteBuffer.wrap(hash.of(rows, row));
    int side = split == Split.TRAIN ? 0 : 1;
    counts.at(bits.getLong(), bits.getLong(), () -> new long[2]).ifPresent(count -> count[side]++);
  }

  /** Rows outside of training. */
  private long heldOut() {
    return counts.values().stream().mapToLong(count -> count[1]).sum();
  }

  /** Rows outside of training that are in training too. */
  long shared() {
    return counts.values().stream().filter(c -> c[0] > 0).mapToLong(count -> count[1]).sum();
  }

  /** The share of such rows, in [0, 1]. */
  double share() {
    return shared() / (double) Math.max(1, heldOut());
  }

  /** In words. */
  String words(String what) {
    return String.format(
        Locale.ROOT,
        "%,d of %,d validation and test rows (%.1f %%) %s (%s)",
        shared(),
        heldOut(),
        100 * share(),
        what,
        counts.words("rows"));
  }
}
