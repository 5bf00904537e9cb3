package org.mtl4j.core.metric;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * Records of one length in a file that is read through memory maps: they take nothing of the heap,
 * and of the machine's memory what it has to spare. The disk has its room back when nobody holds
 * this object any more and its maps are collected. Safe from any thread.
 */
final class RecordFile {
  private static final int SEGMENT_BYTES = 1 << 30;

  private final int length;
  private final int size;
  private final int shift;
  private final ByteBuffer[] segments;

  /**
   * The first records of a file.
   *
   * @param length of a record, in bytes
   * @param size number of records
   */
  RecordFile(FileChannel channel, int length, int size) throws IOException {
    this.length = length;
    this.size = size;
    // A power of two of records a segment: which one a record is in costs a shift.
    this.shift = Integer.numberOfTrailingZeros(Integer.highestOneBit(SEGMENT_BYTES / length));
    this.segments = new ByteBuffer[(int) ((size + (1L << shift) - 1) >> shift)];
    for (int i = 0; i < segments.length; i++) {
      long first = (long) i << shift;
      long records = Math.min(1L << shift, size - first);
      segments[i] =
          channel
              .map(FileChannel.MapMode.READ_ONLY, first * length, records * length)
              .order(ByteOrder.nativeOrder());
    }
  }

  /** Number of records. */
  int size() {
    return size;
  }

  /** Bytes of a record. */
  int length() {
    return length;
  }

  int getInt(int index, int offset) {
    return segments[index >> shift].getInt(place(index) + offset);
  }

  float getFloat(int index, int offset) {
    return segments[index >> shift].getFloat(place(index) + offset);
  }

  double getDouble(int index, int offset) {
    return segments[index >> shift].getDouble(place(index) + offset);
  }

  /** Puts a record behind what a buffer has. */
  void copy(int index, ByteBuffer into) {
    into.put(into.position(), segments[index >> shift], place(index), length);
    into.position(into.position() + length);
  }

  private int place(int index) {
    return (index & ((1 << shift) - 1)) * length;
  }
}
