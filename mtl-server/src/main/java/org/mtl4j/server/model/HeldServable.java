package org.mtl4j.server.model;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A loaded version. It is closed when it is given up and no request holds it. */
final class HeldServable {
  private final long version;
  private final Servable servable;
  private final Holds holds = new Holds(this::close);
  private final CountDownLatch closed = new CountDownLatch(1);

  HeldServable(long version, Servable servable) {
    this.version = version;
    this.servable = servable;
  }

  long version() {
    return version;
  }

  Servable servable() {
    return servable;
  }

  /** Whether a request can have it; not if it is closed. */
  boolean hold() {
    return holds.hold();
  }

  /** Ends a request's hold, or the server's own. */
  void release() {
    holds.release();
  }

  private void close() {
    try {
      servable.close();
    } finally {
      closed.countDown();
    }
  }

  /** Whether its memory has been given back. */
  boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Waits for that, so long; whether it has. */
  boolean awaitClosed(long nanos) throws InterruptedException {
    return closed.await(nanos, TimeUnit.NANOSECONDS);
  }

  /** How many hold it. */
  long holders() {
    return holds.count();
  }
}
