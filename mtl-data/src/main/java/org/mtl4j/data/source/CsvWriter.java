package org.mtl4j.data.source;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.apache.commons.csv.CSVFormat;

/** Writes comma-separated values as RFC 4180 has them, lines ended by a line feed. */
public final class CsvWriter implements AutoCloseable {
  private final Writer target;

  /** Writes to a target, which it closes. */
  public CsvWriter(Writer target) {
    this.target = target;
  }

  /**
   * Writes a line; null is an empty field.
   *
   * @throws IOException if the target throws it
   */
  public void write(List<?> fields) throws IOException {
    Object[] values = fields.stream().map(field -> field == null ? "" : field).toArray();
    target.write(CSVFormat.RFC4180.format(values));
    target.write('\n');
  }

  @Override
  public void close() throws IOException {
    target.close();
  }
}
