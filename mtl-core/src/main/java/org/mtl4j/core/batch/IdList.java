package org.mtl4j.core.batch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.function.LongToIntFunction;

/**
 * The lists of one feature in a batch, as long as the batch's longest or whole: for each place
 * where its id stands among the store's unique ones, and whether there is one at all. Padding
 * stands at place 0, where some id of the batch is, with a mask of 0.
 */
public final class IdList {
  private final ListColumns columns;
  private final IntBuffer inverse;
  private final FloatBuffer mask;
  private int length;

  IdList(ListColumns columns, int capacity) {
    this.columns = columns;
    int places = Math.multiplyExact(capacity, columns.length());
    this.inverse = bytes(places).asIntBuffer();
    this.mask = bytes(places).asFloatBuffer();
  }

  /** What the lists of so many rows take: {@link #inverse} and {@link #mask}. */
  static BatchBytes bytes(ListColumns columns, int capacity) {
    BatchBytes words = BatchBytes.direct((long) capacity * columns.length(), Integer.BYTES);
    return words.plus(words);
  }

  private static ByteBuffer bytes(int words) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(words, Integer.BYTES))
        .order(ByteOrder.nativeOrder());
  }

  /** The number L of places, at least 1. */
  public int length() {
    return length;
  }

  /** For each row and place the position among the store's unique ids: [B * L]. */
  public IntBuffer inverse() {
    return inverse.duplicate();
  }

  /** 1 for each row and place where there is a value, 0 for padding: [B * L]. */
  public FloatBuffer mask() {
    return mask.duplicate();
  }

  /**
   * Takes the ids of a batch's records.
   *
   * @param position gives for a row of the store its position among the unique ids
   */
  void fill(int[] records, int words, int size, LongToIntFunction position) {
    length = columns.whole() ? columns.length() : longest(records, words, size);
    inverse.clear();
    mask.clear();
    for (int r = 0; r < size; r++) {
      int at = r * words + columns.first();
      for (int i = at; i < at + length; i++) {
        boolean value = records[i] != ListColumns.PADDING;
        inverse.put(value ? position.applyAsInt(columns.offset() + records[i]) : 0);
        mask.put(value ? 1 : 0);
      }
    }
    inverse.flip();
    mask.flip();
  }

  /** Places up to the last value of any row; there may be padding among the values. */
  private int longest(int[] records, int words, int size) {
    int longest = 1;
    for (int r = 0; r < size; r++) {
      int at = r * words + columns.first();
      int last = columns.length();
      while (last > longest && records[at + last - 1] == ListColumns.PADDING) {
        last--;
      }
      longest = last;
    }
    return longest;
  }
}
