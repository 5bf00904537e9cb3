package org.mtl4j.data.dataset;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import org.mtl4j.core.batch.RawBatch;

/**
 * 128 bits over a row's values: two different rows of a billion are taken for equal with a
 * probability below 10<sup>-20</sup>. -0 equals 0.
 */
public final class RowHash {
  private static final HashFunction HASH = Hashing.murmur3_128();

  private final int[] columns;

  /**
   * A hash over some columns.
   *
   * @param columns their positions in the rows
   */
  public RowHash(int... columns) {
    this.columns = columns.clone();
  }

  /** The 16 bytes of a row. */
  public byte[] of(RawBatch rows, int row) {
    Hasher hasher = HASH.newHasher();
    for (int c : columns) {
      if (rows.values(c) instanceof double[] numbers) {
        hasher.putDouble(numbers[row] + 0.0); // -0 equals 0.
      } else {
        String text = rows.text(c, row);
        hasher.putInt(text == null ? -1 : text.length());
        hasher.putUnencodedChars(text == null ? "" : text);
      }
    }
    return hasher.hash().asBytes();
  }
}
