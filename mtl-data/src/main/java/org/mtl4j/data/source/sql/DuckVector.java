package org.mtl4j.data.source.sql;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A column of a chunk in DuckDB's own memory, laid out as its C interface documents ({@code
 * duckdb_vector_get_data}): numbers side by side; of a text 16 bytes, of which the first four are
 * its length and the others the text itself if it has twelve bytes at most.
 *
 * @param driver what it came from
 * @param handle the driver's name of it
 * @param data the values
 * @param validity a bit a row, 0 where the value is missing; empty if none is
 */
record DuckVector(
    DuckDriver driver, Object handle, ByteBuffer data, Optional<ByteBuffer> validity) {
  /** The bytes that each text takes. */
  static final int TEXT_BYTES = 16;

  /** The most bytes of a text that stands in its vector. */
  static final int SHORT_TEXT = 12;

  /** Whether a row has no value. */
  boolean isMissing(int row) {
    return validity.isPresent()
        && (validity.get().getLong(row / Long.SIZE * Long.BYTES) >>> row & 1) == 0;
  }

  /** The bytes of a row's text, which is not missing. */
  int textLength(int row) {
    return data.getInt(row * TEXT_BYTES);
  }

  /** A row's value by one of the driver's methods; null if it is missing. */
  Object value(String method, int row) throws SQLException {
    return driver.value(handle, method, row);
  }
}
