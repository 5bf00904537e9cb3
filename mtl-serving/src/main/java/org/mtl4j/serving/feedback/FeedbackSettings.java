package org.mtl4j.serving.feedback;

import java.time.Duration;
import java.util.Optional;

/**
 * How feedback is kept.
 *
 * @param fileBytes a file that has as many is followed by another one
 * @param fileAge one that old as well
 * @param sync when what was written is forced to the disk
 * @param queue calls that may wait to be written; others are refused
 * @param keep how long files are kept behind their last line; empty: for ever
 */
public record FeedbackSettings(
    long fileBytes, Duration fileAge, Sync sync, int queue, Optional<Duration> keep) {
  /** 64 MiB or an hour a file, forced every second, 10,000 calls, for ever. */
  public static final FeedbackSettings DEFAULT =
      new FeedbackSettings(
          64L << 20,
          Duration.ofHours(1),
          new Sync.Every(Duration.ofSeconds(1)),
          10_000,
          Optional.empty());

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is not above 0
   */
  public FeedbackSettings {
    if (fileBytes < 1
        || queue < 1
        || !isPositive(fileAge)
        || !keep.map(FeedbackSettings::isPositive).orElse(true)) {
      throw new IllegalArgumentException(
          "expected bytes, age, queue and time to keep above 0, found %d, %s, %d, %s"
              .formatted(fileBytes, fileAge, queue, keep));
    }
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }

  /** When what was written is forced to the disk. */
  public sealed interface Sync {
    /** Before a call is answered: nothing that was accepted is lost, whatever happens. */
    record Always() implements Sync {}

    /**
     * So often: as much may be lost when the machine, not the process, dies.
     *
     * @param time between two times
     */
    record Every(Duration time) implements Sync {}

    /** When the operating system likes, and when a file ends. */
    record Never() implements Sync {}
  }
}
