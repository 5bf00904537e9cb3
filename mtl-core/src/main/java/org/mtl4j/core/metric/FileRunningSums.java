package org.mtl4j.core.metric;

import java.nio.DoubleBuffer;

/** Numbers in a file that is read and written through memory maps. */
final class FileRunningSums implements RunningSums {
  private static final int SHIFT = 27;
  private static final int MASK = (1 << SHIFT) - 1;

  private final DoubleBuffer[] segments;

  /**
   * So many, all 0: the file is written first, as what is mapped must have its room on the disk.
   */
  FileRunningSums(RowRoom room, int count) {
    try (RecordWriter writer = new RecordWriter(room.folder(), Double.BYTES)) {
      for (int i = 0; i < count; i++) {
        writer.next().putDouble(0);
      }
      segments = writer.toDoubles(1L << SHIFT);
    }
  }

  @Override
  public double get(int index) {
    return segments[index >> SHIFT].get(index & MASK);
  }

  @Override
  public void add(int index, double value) {
    DoubleBuffer segment = segments[index >> SHIFT];
    segment.put(index & MASK, segment.get(index & MASK) + value);
  }
}
