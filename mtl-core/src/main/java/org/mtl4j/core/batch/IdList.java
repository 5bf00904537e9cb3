package org.mtl4j.core.batch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.function.LongToIntFunction;

/**
 * The lists of one feature in a batch, as long as the batch's longest or whole: for each place
 * where its id stands among the store's unique ones, and what it weighs. Padding stands at place 0,
 * where some id of the batch is, and weighs 0.
 */
public final class IdList {
  private final ListColumns columns;
  private final IntBuffer inverse;
  private final FloatBuffer weights;
  private int length;

  IdList(ListColumns columns, int capacity) {
    this.columns = columns;
    int places = Math.multiplyExact(capacity, columns.length());
    this.inverse = bytes(places).asIntBuffer();
    this.weights = bytes(places).asFloatBuffer();
  }

  /** What the lists of so many rows take: {@link #inverse} and {@link #weights}. */
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

  /** For each row and place what its value weighs, 1 without weights; 0 for padding: [B * L]. */
  public FloatBuffer weights() {
    return weights.duplicate();
  }

  /**
   * Takes the ids of a batch's records.
   *
   * @param position gives for a row of the store its position among the unique ids
   */
  void fill(int[] records, RowLayout row, int size, LongToIntFunction position) {
    int words = row.words();
    length = columns.whole() ? columns.length() : longest(records, words, size);
    inverse.clear();
    weights.clear();
    for (int r = 0; r < size; r++) {
      int at = r * words + columns.first();
      for (int i = at; i < at + length; i++) {
        boolean value = records[i] != ListColumns.PADDING;
        inverse.put(value ? position.applyAsInt(columns.offset() + records[i]) : 0);
        weights.put(value ? 1 : 0);
      }
    }
    columns.weights().ifPresent(first -> weigh(records, words, size, row.denseAt(first)));
    inverse.flip();
    weights.flip();
  }

  private void weigh(int[] records, int words, int size, int first) {
    for (int i = 0; i < size * length; i++) {
      float weight = Float.intBitsToFloat(records[i / length * words + first + i % length]);
      weights.put(i, weights.get(i) * weight);
    }
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
