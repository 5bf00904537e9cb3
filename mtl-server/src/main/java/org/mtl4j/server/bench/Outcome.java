package org.mtl4j.server.bench;

/** What came of a request. */
public enum Outcome {
  /** It was answered with numbers. */
  ANSWERED,
  /** The server had too much to do: HTTP's 429, gRPC's RESOURCE_EXHAUSTED. */
  REFUSED,
  /** It never reached the server, which listens no more: another one could take it. */
  UNSENT,
  /** Anything else: what no client should see. */
  FAILED
}
