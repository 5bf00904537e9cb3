package org.mtl4j.core.batch;

/** Sets of classes as bits: class c is bit c % 32 of word c / 32. */
final class ClassBits {
  private ClassBits() {}

  /** Words that a set of so many classes takes. */
  static int words(int classes) {
    return (classes + Integer.SIZE - 1) / Integer.SIZE;
  }

  /**
   * Writes a set.
   *
   * @param labels 1 where a set has the class, else 0, from position {@code first} on
   * @param records takes the words, from position {@code at} on
   * @throws IllegalArgumentException if a label is neither
   */
  static void pack(int classes, float[] labels, int first, int[] records, int at) {
    for (int c = 0; c < classes; c++) {
      float label = labels[first + c];
      if (label != 0 && label != 1) {
        throw new IllegalArgumentException("class " + c + ": expected 0 or 1, found " + label);
      }
      int bit = label == 1 ? 1 << c : 0;
      int word = at + (c >>> 5);
      records[word] = (c & 31) == 0 ? bit : records[word] | bit;
    }
  }

  /** Whether a set has a class: 1 or 0. */
  static float of(int[] records, int at, int c) {
    return (records[at + (c >>> 5)] >>> c) & 1;
  }
}
