package org.mtl4j.server.version;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What to do next about a model's versions, such that one is available whenever it can be: a new
 * one is loaded before an old one goes, and one that fails to load never takes a good one away.
 *
 * @param kind to load or to unload
 * @param version which
 */
public record Transition(Kind kind, long version) {
  /** What to do. */
  public enum Kind {
    /** Load it. */
    LOAD,
    /** Unload it. */
    UNLOAD
  }

  /** How far a version is. */
  public enum State {
    /** Seen, and nothing done about it. */
    NEW,
    /** Being loaded and warmed. */
    LOADING,
    /** Served. */
    READY,
    /** Being unloaded. */
    UNLOADING,
    /** Gone. */
    ENDED,
    /** Not to be loaded, for it failed. */
    FAILED
  }

  /**
   * A version.
   *
   * @param version its number
   * @param state how far it is
   * @param aspired whether it is to be served
   */
  public record Known(long version, State state, boolean aspired) {}

  /**
   * The next thing to do; empty if there is nothing, or nothing until something under way has
   * ended. First goes the lowest of the versions that nobody wants, if one that is wanted is served
   * or none is wanted at all; then the highest new one comes.
   */
  public static Optional<Transition> next(List<Known> versions) {
    boolean wanted = versions.stream().anyMatch(Known::aspired);
    boolean served = versions.stream().anyMatch(v -> v.aspired() && v.state() == State.READY);
    Optional<Known> old =
        versions.stream()
            .filter(v -> !v.aspired() && v.state() == State.READY)
            .min(Comparator.comparingLong(Known::version));
    if (old.isPresent() && (served || !wanted)) {
      return old.map(v -> new Transition(Kind.UNLOAD, v.version()));
    }
    return versions.stream()
        .filter(v -> v.aspired() && v.state() == State.NEW)
        .max(Comparator.comparingLong(Known::version))
        .map(v -> new Transition(Kind.LOAD, v.version()));
  }
}
