package org.mtl4j.data.dataset;

import java.nio.ByteBuffer;
import org.mtl4j.data.memory.HeapShare;

/** Hashes of 16 bytes, 32 to 64 bytes of heap each; it asks for the room before it grows. */
final class HashTable {
  /** The longest array of a power of two. */
  private static final int MAX_WORDS = 1 << 30;

  private final HeapShare heap;
  private long[] table = new long[2 * 1024];
  private int size;

  /** An empty table; the heap's share may be that of others, too. */
  HashTable(HeapShare heap) {
    this.heap = heap;
  }

  /** What became of a hash. */
  enum Added {
    /** It is new. */
    NEW,
    /** It was there. */
    KNOWN,
    /** It is new, and there is no room for more. */
    FULL
  }

  /** Adds a hash of 16 bytes. */
  Added add(byte[] hash) {
    ByteBuffer bits = ByteBuffer.wrap(hash);
    if (!put(first(bits), bits.getLong())) {
      return Added.KNOWN;
    }
    return ++size <= table.length / 4 || grow() ? Added.NEW : Added.FULL;
  }

  /** Whether a hash of 16 bytes was added. */
  boolean contains(byte[] hash) {
    ByteBuffer bits = ByteBuffer.wrap(hash);
    long high = first(bits);
    return table[2 * place(high, bits.getLong())] != 0;
  }

  int size() {
    return size;
  }

  /** A first word of 0 marks an empty place of the table: the odd ones are never 0. */
  private static long first(ByteBuffer bits) {
    return bits.getLong() | 1;
  }

  private boolean put(long high, long low) {
    int place = place(high, low);
    if (table[2 * place] != 0) {
      return false;
    }
    table[2 * place] = high;
    table[2 * place + 1] = low;
    return true;
  }

  /** Where the hash stands, or else where it would. */
  private int place(long high, long low) {
    int places = table.length / 2;
    int place = (int) (low & (places - 1));
    while (table[2 * place] != 0 && (table[2 * place] != high || table[2 * place + 1] != low)) {
      place = (place + 1) & (places - 1);
    }
    return place;
  }

  private boolean grow() {
    long[] old = table;
    long bytes = (long) Long.BYTES * 2 * old.length;
    if (old.length >= MAX_WORDS || !heap.take(bytes)) {
      return false;
    }
    table = new long[old.length * 2];
    for (int i = 0; i < old.length; i += 2) {
      if (old[i] != 0) {
        put(old[i], old[i + 1]);
      }
    }
    heap.give(bytes / 2); // The old one is garbage now.
    return true;
  }
}
