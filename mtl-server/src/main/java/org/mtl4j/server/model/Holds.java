package org.mtl4j.server.model;

import java.util.concurrent.atomic.AtomicLong;

/** Counts who holds a thing, its owner first, and ends it when nobody does any more. */
final class Holds {
  private final AtomicLong count = new AtomicLong(1);
  private final Runnable end;

  /** One hold, the owner's. */
  Holds(Runnable end) {
    this.end = end;
  }

  /** Whether it could be held; not if it has ended. */
  boolean hold() {
    long before = count.get();
    while (before > 0) {
      if (count.compareAndSet(before, before + 1)) {
        return true;
      }
      before = count.get();
    }
    return false;
  }

  /** How many there are. */
  long count() {
    return count.get();
  }

  /** Ends a hold. */
  void release() {
    if (count.decrementAndGet() == 0) {
      end.run();
    }
  }
}
