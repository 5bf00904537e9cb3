package org.mtl4j.data.dataset;

import java.util.Optional;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.data.split.RowUniform;
import org.mtl4j.data.union.ScopedIds;

/**
 * A share of the training rows, by a hash of seed and record, or of seed and group: a smaller share
 * of the same seed is a part of a larger one.
 *
 * @param share above 0, at most 1
 * @param seed of the hash
 * @param groups whose rows stay together; empty: each row is by itself
 */
record TrainingShare(double share, Seed seed, Optional<ScopedIds> groups) implements RowFilter {
  @Override
  public boolean[] of(RawBatch rows) {
    RowUniform uniform = new RowUniform(seed);
    boolean[] kept = new boolean[rows.rowCount()];
    for (int row = 0; row < kept.length; row++) {
      double drawn =
          groups.isPresent() ? uniform.of(rows, row, groups.get()) : uniform.of(rows, row);
      kept[row] = drawn < share;
    }
    return kept;
  }
}
