package org.mtl4j.server.trace;

/** Is told of requests, by the threads that write replies: whoever listens must not wait. */
@FunctionalInterface
public interface RequestListener {
  /** A request has ended. */
  void ended(RequestEnd request);
}
