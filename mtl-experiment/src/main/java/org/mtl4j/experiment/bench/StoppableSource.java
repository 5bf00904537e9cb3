package org.mtl4j.experiment.bench;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.task.Columns;

/**
 * A source whose passes end with a {@link CancellationException} at the next block once a stop is
 * asked for: whatever reads it, on whichever thread, comes to its end in moments.
 */
record StoppableSource(BatchSource source, BooleanSupplier stopRequested) implements BatchSource {
  @Override
  public Columns columns() {
    return source.columns();
  }

  @Override
  public RawCursor open() {
    RawCursor rows = source.open();
    return new RawCursor() {
      @Override
      public Optional<RawBatch> next(int maxRows) {
        check(stopRequested);
        return rows.next(maxRows);
      }

      @Override
      public void close() {
        rows.close();
      }
    };
  }

  @Override
  public String fingerprint() {
    return source.fingerprint();
  }

  @Override
  public boolean hasQuickFingerprint() {
    return source.hasQuickFingerprint();
  }

  @Override
  public List<String> warnings() {
    return source.warnings();
  }

  /** Throws if a stop is asked for. */
  static void check(BooleanSupplier stopRequested) {
    if (stopRequested.getAsBoolean()) {
      throw new CancellationException("a stop was asked for");
    }
  }
}
