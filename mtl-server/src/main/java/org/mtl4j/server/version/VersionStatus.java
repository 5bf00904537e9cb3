package org.mtl4j.server.version;

import org.mtl4j.server.request.StatusCode;

/**
 * How a version is, as clients are told.
 *
 * @param version its number
 * @param state how far it is
 * @param code OK, or how it failed
 * @param message why it failed; else empty
 */
public record VersionStatus(long version, State state, StatusCode code, String message) {
  /** States as TensorFlow Serving has them, with its names and numbers. */
  public enum State {
    /** Seen. */
    START(10),
    /** Being loaded and warmed. */
    LOADING(20),
    /** Served. */
    AVAILABLE(30),
    /** No more served, and not gone yet. */
    UNLOADING(40),
    /** Gone, or failed to load. */
    END(50);

    private final int number;

    State(int number) {
      this.number = number;
    }

    /** Its number in messages. */
    public int number() {
      return number;
    }
  }
}
