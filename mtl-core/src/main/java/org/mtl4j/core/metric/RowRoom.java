package org.mtl4j.core.metric;

import java.nio.file.Path;
import java.util.Locale;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/**
 * What the rows of an evaluation may take of the heap, all outputs together, and the folder of the
 * files that they go to beyond it. Not for use by several threads at a time while rows are
 * gathered.
 */
public final class RowRoom {
  /** Sorting a part of the rows: they are in files by then, and what they had is free. */
  private static final int PART_TO_SORT = 4;

  /** Of a group: its place and number, and what metrics and their resamples add up of it. */
  private static final int BYTES_A_GROUP = 200;

  private final Path folder;
  private final long bytes;
  private final String groupKey;
  private long taken;

  /**
   * A room.
   *
   * @param folder of files, which is there
   * @param bytes of the heap
   * @param groupKey the key or option that names groups, for errors
   */
  public RowRoom(Path folder, long bytes, String groupKey) {
    this.folder = folder;
    this.bytes = bytes;
    this.groupKey = groupKey;
  }

  /** A room for rows that stay in memory, however many they are. */
  public static RowRoom withoutLimit() {
    return new RowRoom(Path.of(""), Long.MAX_VALUE, "");
  }

  /** As much room, of which nothing is taken. */
  RowRoom empty() {
    return new RowRoom(folder, bytes, groupKey);
  }

  /** Takes bytes; false if there are not so many left. */
  boolean take(long more) {
    if (more > bytes - taken) {
      return false;
    }
    taken += more;
    return true;
  }

  /** Gives bytes back. */
  void give(long less) {
    taken -= less;
  }

  Path folder() {
    return folder;
  }

  /** Bytes of the heap. */
  long bytes() {
    return bytes;
  }

  long sortBytes() {
    return bytes / PART_TO_SORT;
  }

  /**
   * Whatever is in files, groups are counted in memory.
   *
   * @throws MtlException (MEMORY) if they are too many
   */
  void checkGroups(long count) {
    if (count * BYTES_A_GROUP > bytes) {
      throw new MtlException(
          new Problem(
              ErrorCode.MEMORY,
              groupKey,
              String.format(
                  Locale.ROOT,
                  "Expected at most %,d groups, what fits into %,.1f MB of the heap; found %,d.",
                  bytes / BYTES_A_GROUP,
                  bytes / 1e6,
                  count),
              "Leave it out, or group by a column of fewer values. Or give Java a larger heap:"
                  + " MTL_HEAP=8g for ./mtl, -Xmx8g elsewhere."));
    }
  }
}
