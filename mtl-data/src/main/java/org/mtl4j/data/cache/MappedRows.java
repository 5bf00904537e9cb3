package org.mtl4j.data.cache;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.mtl4j.core.batch.PackedRows;
import org.mtl4j.core.batch.RowLayout;

/** Files of encoded rows, mapped into memory. */
final class MappedRows {
  private MappedRows() {}

  /** All rows of a file that has so many. */
  static PackedRows of(FileChannel channel, RowLayout layout, int rowCount) throws IOException {
    List<IntBuffer> segments = new ArrayList<>();
    for (MappedByteBuffer segment : segments(channel, layout, rowCount)) {
      segments.add(segment.order(ByteOrder.nativeOrder()).asIntBuffer());
    }
    return new PackedRows(layout, rowCount, segments);
  }

  /**
   * All rows of a file, read once to see that no byte has changed.
   *
   * @throws DamagedEntryException if it has another length, or a byte has
   */
  static PackedRows checked(Path file, StoredRows stored) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      // Before it is mapped: what is read behind a file's end ends the process.
      if (channel.size() != stored.bytes()) {
        throw new DamagedEntryException(
            "%s has %d bytes, expected %d"
                .formatted(file.getFileName(), channel.size(), stored.bytes()));
      }
      CRC32C crc = new CRC32C();
      for (MappedByteBuffer segment : segments(channel, stored.layout(), stored.rowCount())) {
        crc.update(segment);
      }
      if (crc.getValue() != stored.crc32c()) {
        throw new DamagedEntryException(file.getFileName() + " has other bytes than were written");
      }
      return of(channel, stored.layout(), stored.rowCount());
    } catch (NoSuchFileException e) {
      throw new DamagedEntryException(file.getFileName() + " is not there");
    }
  }

  private static List<MappedByteBuffer> segments(
      FileChannel channel, RowLayout layout, int rowCount) throws IOException {
    List<MappedByteBuffer> segments = new ArrayList<>();
    long recordBytes = (long) layout.words() * Integer.BYTES;
    int segmentRows = PackedRows.segmentRows(layout);
    for (long first = 0; first < rowCount; first += segmentRows) {
      long rows = Math.min(segmentRows, rowCount - first);
      segments.add(
          channel.map(FileChannel.MapMode.READ_ONLY, first * recordBytes, rows * recordBytes));
    }
    return segments;
  }
}
