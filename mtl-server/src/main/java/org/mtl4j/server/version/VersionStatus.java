package org.mtl4j.server.version;

import java.util.Comparator;
import java.util.List;
import org.mtl4j.server.request.StatusCode;

/**
 * How a version is, as clients are told.
 *
 * @param version its number
 * @param state how far it is
 * @param code OK, or how it failed
 * @param message why it failed, or what is wrong with it while it is served; empty if nothing
 */
public record VersionStatus(long version, State state, StatusCode code, String message) {
  /** How far a version is. Numbers are TensorFlow Serving's. */
  public enum State {
    /** Seen, and nothing done about it. */
    START(10),
    /** Being loaded and warmed. */
    LOADING(20),
    /** Served. */
    AVAILABLE(30),
    /** Being unloaded. */
    UNLOADING(40),
    /** Gone, or never come: it failed to load. */
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

  /** A version that is well. */
  public static VersionStatus of(long version, State state) {
    return new VersionStatus(version, state, StatusCode.OK, "");
  }

  /** Versions in the order that replies have them, the highest first. */
  public static List<VersionStatus> ordered(List<VersionStatus> versions) {
    return versions.stream()
        .sorted(Comparator.comparingLong(VersionStatus::version).reversed())
        .toList();
  }
}
