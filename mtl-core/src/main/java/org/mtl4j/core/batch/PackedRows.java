package org.mtl4j.core.batch;

import java.nio.IntBuffer;
import java.util.List;

/**
 * Rows as records in buffers, which may be mapped files: what a run trains, validates and tests on.
 * A mapped file ends at 2 GiB a buffer, so that the records stand in several, segments of 512 MiB
 * at most. Nobody writes to the buffers; they are given back when nothing refers to them any more.
 */
public final class PackedRows implements EncodedData {
  /** 512 MiB. */
  private static final int SEGMENT_WORDS = 1 << 27;

  private final RowLayout layout;
  private final int rowCount;
  private final IntBuffer[] segments;
  private final int shift;

  /**
   * Rows in buffers.
   *
   * @param layout of a record
   * @param rowCount number of rows
   * @param segments the records; all but the last hold the same number of rows, a power of two
   * @throws IllegalArgumentException if that is not so, or the segments hold another number of rows
   */
  public PackedRows(RowLayout layout, int rowCount, List<IntBuffer> segments) {
    this.layout = layout;
    this.rowCount = rowCount;
    this.segments = segments.toArray(IntBuffer[]::new);
    this.shift = segments.size() == 1 ? Integer.SIZE - 1 : shift(segments, layout.words());
    long room = segments.stream().mapToLong(IntBuffer::limit).sum();
    if (room != (long) rowCount * layout.words()) {
      throw new IllegalArgumentException(
          "expected %d records of %d words, found %d words"
              .formatted(rowCount, layout.words(), room));
    }
  }

  /** A row's segment and its place there are a shift and a mask. */
  private static int shift(List<IntBuffer> segments, int words) {
    int rows = segments.get(0).limit() / words;
    for (IntBuffer segment : segments.subList(0, segments.size() - 1)) {
      if (Integer.bitCount(rows) != 1 || segment.limit() != rows * words) {
        throw new IllegalArgumentException(
            "expected segments of a power of two of rows, found %d words with records of %d"
                .formatted(segment.limit(), words));
      }
    }
    return Integer.numberOfTrailingZeros(rows);
  }

  /** Rows of a segment where there are many of them: a power of two, 512 MiB at most. */
  public static int segmentRows(RowLayout layout) {
    return Integer.highestOneBit(Math.max(1, SEGMENT_WORDS / layout.words()));
  }

  /** Rows in arrays as records, in the order they have there. */
  public static int[] records(RowLayout layout, EncodedRows rows) {
    int words = layout.words();
    int[] records = new int[Math.multiplyExact(rows.rowCount(), words)];
    RowPacker packer = new RowPacker(layout, rows);
    for (int row = 0; row < rows.rowCount(); row++) {
      packer.pack(row, records, row * words);
    }
    return records;
  }

  @Override
  public int rowCount() {
    return rowCount;
  }

  @Override
  public RowLayout layout() {
    return layout;
  }

  @Override
  public void read(int[] order, int from, int size, int[] records) {
    int words = layout.words();
    int mask = (1 << shift) - 1;
    for (int r = 0; r < size; r++) {
      int row = order[from + r];
      segments[row >>> shift].get((row & mask) * words, records, r * words, words);
    }
  }
}
