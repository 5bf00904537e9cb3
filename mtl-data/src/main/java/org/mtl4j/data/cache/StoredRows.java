package org.mtl4j.data.cache;

import org.mtl4j.core.batch.RowLayout;

/**
 * What has to be known of a file of encoded rows to read it again.
 *
 * @param layout of a row
 * @param rowCount number of rows, at least 1
 * @param crc32c of all its bytes
 */
public record StoredRows(RowLayout layout, int rowCount, long crc32c) {
  /** Length of the file. */
  long bytes() {
    return (long) rowCount * layout.words() * Integer.BYTES;
  }
}
