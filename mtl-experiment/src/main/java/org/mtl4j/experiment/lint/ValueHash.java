package org.mtl4j.experiment.lint;

import org.mtl4j.core.batch.RawBatch;

/** 64 bits over a value. */
final class ValueHash {
  /** Of a missing value. */
  static final long MISSING = 0;

  private ValueHash() {}

  /** The value of a row; {@link #MISSING} for none. Numbers and texts never meet in one column. */
  static long of(RawBatch rows, int column, int row) {
    if (rows.values(column) instanceof double[] numbers) {
      double number = numbers[row] + 0.0; // -0 equals 0.
      return Double.isNaN(number) ? MISSING : mix(Double.doubleToLongBits(number) ^ 1);
    }
    String text = rows.text(column, row);
    return text == null ? MISSING : of(text);
  }

  /** FNV-1a over the characters, with a finalizer that spreads its bits. */
  static long of(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return mix(hash);
  }

  /** The finalizer of SplitMix64: equal for equal bits, and even in all of them. */
  static long mix(long bits) {
    long z = bits + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
