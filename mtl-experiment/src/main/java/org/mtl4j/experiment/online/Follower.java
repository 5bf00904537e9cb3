package org.mtl4j.experiment.online;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.mtl4j.experiment.run.Run;

/** Lets a run go on by what is added to files, an update at a time, until it is told to stop. */
public final class Follower {
  private final Updater updater;
  private final Clock clock;
  private final Waiting waiting;

  /** Waits. */
  @FunctionalInterface
  public interface Waiting {
    /**
     * Waits until a moment, or until somebody asks to stop.
     *
     * @return whether to go on
     */
    boolean until(Instant moment);
  }

  /**
   * With an updater.
   *
   * @param clock by which updates follow each other
   * @param waiting waits by the same clock
   */
  public Follower(Updater updater, Clock clock, Waiting waiting) {
    this.updater = updater;
    this.clock = clock;
    this.waiting = waiting;
  }

  /**
   * When to look.
   *
   * @param every so often, from the first time on
   * @param most updates after which it ends
   */
  public record Rhythm(Duration every, int most) {
    /**
     * Checks both.
     *
     * @throws IllegalArgumentException if one is not above 0
     */
    public Rhythm {
      if (every.isNegative() || every.isZero() || most < 1) {
        throw new IllegalArgumentException(
            "every: expected a time above 0 and at least 1 update, found %s and %d"
                .formatted(every, most));
      }
    }
  }

  /**
   * Follows.
   *
   * @param place the file or folder
   * @param stopped whether somebody asked to stop
   * @param decided takes what became of each update
   * @throws org.mtl4j.core.error.MtlException as {@link Updater#follow}
   */
  public void follow(
      Run run, Source place, Rhythm rhythm, BooleanSupplier stopped, Consumer<Decision> decided) {
    Instant next = clock.instant();
    int updates = 0;
    while (!stopped.getAsBoolean()) {
      Optional<Decision> decision = updater.follow(run, place.path(), place.options());
      decision.ifPresent(decided);
      updates += decision.isPresent() ? 1 : 0;
      if (updates >= rhythm.most() || stopped.getAsBoolean()) {
        return;
      }
      next = after(next, rhythm.every());
      if (!waiting.until(next)) {
        return;
      }
    }
  }

  /** What was missed while an update took longer is not made up for. */
  private Instant after(Instant last, Duration every) {
    Instant next = last.plus(every);
    return next.isBefore(clock.instant()) ? clock.instant() : next;
  }

  /**
   * What is followed.
   *
   * @param path the file or folder
   * @param options of each update
   */
  public record Source(Path path, UpdateOptions options) {}
}
