package org.mtl4j.data.split;

import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.data.union.ScopedIds;

/**
 * Rows by a hash of their record's index.
 *
 * @param shares how many go where
 * @param seed of the hash
 */
record HashSplit(Shares shares, Seed seed) implements SplitAssigner {
  @Override
  public Split of(RawBatch rows, int row) {
    return shares.of(new RowUniform(seed).of(rows, row));
  }

  /** Rows by a hash of whose they are; those without an id by their record's index. */
  SplitAssigner ofGroup(ScopedIds ids) {
    RowUniform uniform = new RowUniform(seed);
    return (rows, row) -> shares.of(uniform.of(rows, row, ids));
  }
}
