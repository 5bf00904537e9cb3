package org.mtl4j.core.batch;

import java.util.Optional;
import java.util.function.UnaryOperator;

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

  /**
   * The same pass with every block changed; closing it closes this.
   *
   * @param change gives of a block one of at least one row
   */
  default RawCursor map(UnaryOperator<RawBatch> change) {
    return new RawCursor() {
      @Override
      public Optional<RawBatch> next(int maxRows) {
        return RawCursor.this.next(maxRows).map(change);
      }

      @Override
      public void close() {
        RawCursor.this.close();
      }
    };
  }
}
