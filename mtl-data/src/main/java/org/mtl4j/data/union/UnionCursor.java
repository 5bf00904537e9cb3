package org.mtl4j.data.union;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;

/** One pass over a {@link UnionSource}, of whose sources one is open at a time. */
final class UnionCursor implements RawCursor {
  private final Iterator<Domain> rest;
  private Domain domain;
  private RawCursor rows;
  private long nextRecord;
  private boolean closed;

  /** Before the first row of the first domain. */
  UnionCursor(List<Domain> domains) {
    this.rest = domains.iterator();
  }

  @Override
  public Optional<RawBatch> next(int maxRows) {
    if (closed) {
      throw new IllegalStateException("the cursor over domains is closed");
    }
    while (rows != null || rest.hasNext()) {
      if (rows == null) {
        domain = rest.next();
        rows = domain.source().open();
      }
      Optional<RawBatch> block = rows.next(maxRows);
      if (block.isPresent()) {
        RawBatch batch = domain.of(block.get(), nextRecord);
        nextRecord += batch.rowCount();
        return Optional.of(batch);
      }
      closeDomain();
    }
    return Optional.empty();
  }

  private void closeDomain() {
    if (rows != null) {
      rows.close();
      rows = null;
    }
  }

  @Override
  public void close() {
    closed = true;
    closeDomain();
  }
}
