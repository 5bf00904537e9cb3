package org.mtl4j.data.split;

import com.google.common.hash.Hashing;
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
    return shares.of(uniform(seed.indexed(rows.record(row))));
  }

  /** Rows by a hash of whose they are; those without an id by their record's index. */
  SplitAssigner ofGroup(ScopedIds ids) {
    return (rows, row) -> {
      String group = ids.of(rows, row);
      return group == null ? of(rows, row) : shares.of(uniform(hash(group)));
    };
  }

  private long hash(String group) {
    return Hashing.murmur3_128()
        .newHasher()
        .putLong(seed.value())
        .putUnencodedChars(group)
        .hash()
        .asLong();
  }

  /** A number of [0, 1) from a hash's upper 53 bits. */
  private static double uniform(long hash) {
    return (hash >>> 11) * 0x1.0p-53;
  }
}
