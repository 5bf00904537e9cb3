package org.mtl4j.data.split;

import com.google.common.hash.Hashing;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.data.union.ScopedIds;

/**
 * A number of [0, 1) for each row, that draws a share of them: a hash of a seed and of which row it
 * is, or whose. Stateless: several passes agree, whatever their blocks, and what a smaller share
 * draws a larger one of the same seed draws, too.
 *
 * @param seed of the hash
 */
public record RowUniform(Seed seed) {
  /** By a row's record. */
  public double of(RawBatch rows, int row) {
    return uniform(seed.indexed(rows.record(row)));
  }

  /** By whose a row is, the same for all rows of one; by its record where it is nobody's. */
  public double of(RawBatch rows, int row, ScopedIds ids) {
    String group = ids.of(rows, row);
    return group == null ? of(rows, row) : uniform(hash(group));
  }

  private long hash(String group) {
    return Hashing.murmur3_128()
        .newHasher()
        .putLong(seed.value())
        .putUnencodedChars(group)
        .hash()
        .asLong();
  }

  /** By the hash's upper 53 bits. */
  private static double uniform(long hash) {
    return (hash >>> 11) * 0x1.0p-53;
  }
}
