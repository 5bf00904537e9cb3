package org.mtl4j.core.batch;

import java.util.Optional;

/** One pass over a source, from its first row to its last. Whoever opens it closes it. */
public interface RawCursor extends AutoCloseable {
  /**
   * The next rows, at most {@code maxRows} and at least one; empty at the end.
   *
   * @throws org.mtl4j.core.error.MtlException if a row cannot be read; it names file and line
   */
  Optional<RawBatch> next(int maxRows);

  @Override
  void close();
}
