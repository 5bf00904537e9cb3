package org.mtl4j.serving.feedback;

/** How much memory waits to be written. Safe for several threads. */
final class WaitingBytes {
  private final long most;
  private long waiting;

  /** Nothing waits, and no more may than that, but for one call alone. */
  WaitingBytes(long most) {
    this.most = most;
  }

  /** Whether there was room; a call larger than all of it is taken where nothing else waits. */
  synchronized boolean take(long bytes) {
    if (waiting > 0 && waiting + bytes > most) {
      return false;
    }
    waiting += bytes;
    return true;
  }

  /** So much has been written, or refused. */
  synchronized void free(long bytes) {
    waiting -= bytes;
  }
}
