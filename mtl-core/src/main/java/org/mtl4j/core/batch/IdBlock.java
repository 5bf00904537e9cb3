package org.mtl4j.core.batch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The ids of a batch in one embedding store: each id once, in the order of first appearance, and
 * for each place of the batch where its id stands among them. Finding them here takes a tenth of
 * the time that TensorFlow's {@code Unique} takes, and runs while the graph does.
 */
public final class IdBlock {
  private final StoreColumns layout;
  private final LongBuffer unique;
  private final IntBuffer inverse;
  private final long[] keys;
  private final int[] slots;
  private final List<IdList> lists;
  private int count;

  IdBlock(StoreColumns layout, int capacity) {
    this.layout = layout;
    int places = Math.toIntExact(places(layout, capacity));
    this.unique =
        ByteBuffer.allocateDirect(Math.multiplyExact(places, Long.BYTES))
            .order(ByteOrder.nativeOrder())
            .asLongBuffer();
    this.inverse =
        ByteBuffer.allocateDirect(capacity * layout.columns().size() * Integer.BYTES)
            .order(ByteOrder.nativeOrder())
            .asIntBuffer();
    int tableSize = Math.toIntExact(tableSize(places));
    this.keys = new long[tableSize];
    this.slots = new int[tableSize];
    this.lists = layout.lists().stream().map(list -> new IdList(list, capacity)).toList();
  }

  /** The lists of the features that are such, in the store's order. */
  public List<IdList> lists() {
    return lists;
  }

  private static long places(StoreColumns layout, int capacity) {
    return (long) capacity * Math.max(1, layout.width());
  }

  private static long tableSize(long places) {
    return Long.highestOneBit(places) << 2;
  }

  /** What a block of so many rows takes. */
  static BatchBytes bytes(StoreColumns layout, int capacity) {
    long places = places(layout, capacity);
    long slots = tableSize(places);
    BatchBytes bytes =
        BatchBytes.direct(places, Long.BYTES)
            .plus(BatchBytes.direct((long) capacity * layout.columns().size(), Integer.BYTES))
            .plus(BatchBytes.heap(slots, Long.BYTES))
            .plus(BatchBytes.heap(slots, Integer.BYTES));
    for (ListColumns list : layout.lists()) {
      bytes = bytes.plus(IdList.bytes(list, capacity));
    }
    return bytes;
  }

  /** The store's rows that the batch touches, [U], from position 0 to the limit. */
  public LongBuffer unique() {
    return unique.duplicate();
  }

  /** For each row and column of the batch the position in {@link #unique}: [B * columns]. */
  public IntBuffer inverse() {
    return inverse.duplicate();
  }

  /**
   * Takes the ids of a batch's records.
   *
   * @param records rows, one behind the other, ids first
   * @param row where values stand in a record
   * @param size number of rows
   */
  void fill(int[] records, RowLayout row, int size) {
    int words = row.words();
    Arrays.fill(slots, -1);
    count = 0;
    unique.clear();
    inverse.clear();
    int width = layout.columns().size();
    for (int c = 0; c < width; c++) {
      int column = layout.columns().get(c);
      long offset = layout.offsets().get(c);
      for (int r = 0; r < size; r++) {
        inverse.put(r * width + c, position(offset + records[r * words + column]));
      }
    }
    lists.forEach(list -> list.fill(records, row, size, this::position));
    if (count == 0 && size > 0) {
      // Nothing but empty lists: padding needs a row to stand at. A mask of 0 leaves it as it is.
      position(layout.lists().get(0).offset());
    }
    unique.limit(count);
    inverse.limit(size * width);
  }

  /** Open addressing with linear probing; the table is at least twice as large as the batch. */
  private int position(long id) {
    int mask = slots.length - 1;
    int at = (int) ((id * 0x9E3779B97F4A7C15L) >>> 40) & mask;
    while (slots[at] >= 0) {
      if (keys[at] == id) {
        return slots[at];
      }
      at = (at + 1) & mask;
    }
    keys[at] = id;
    slots[at] = count;
    unique.put(count, id);
    return count++;
  }
}
