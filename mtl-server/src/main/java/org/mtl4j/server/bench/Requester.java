package org.mtl4j.server.bench;

import java.util.concurrent.CompletableFuture;

/** Whom requests are sent to. Safe for several threads. */
public interface Requester extends AutoCloseable {
  /**
   * Sends a request.
   *
   * @param number which of the {@link BenchRequests}, modulo their number
   * @return completed with what came of it, never with an exception
   */
  CompletableFuture<Outcome> send(int number);

  @Override
  void close();
}
