package org.mtl4j.experiment.tune;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a trial so far.
 *
 * @param trial its number
 * @param status how it stands
 * @param epochs that it was trained
 * @param validation figures of the state that is kept, by output and metric; null where one is not
 *     defined
 * @param reason why it failed; empty if it did not
 */
public record TrialOutcome(
    int trial,
    Status status,
    int epochs,
    Map<String, Map<String, Double>> validation,
    Optional<String> reason) {
  /** How a trial stands. */
  public enum Status {
    /** Trained to its end, measured and exported. */
    FINISHED,
    /** Waits at a rung of successive halving. */
    WAITING,
    /** Left behind at a rung; its run can be resumed by itself. */
    STOPPED,
    /** Cannot be trained, for the reason given. */
    FAILED;

    /** As files and tables have it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Copies the map, keeping its order. */
  public TrialOutcome {
    validation = Collections.unmodifiableMap(new LinkedHashMap<>(validation));
  }

  /** The same, left behind. */
  TrialOutcome stopped() {
    return new TrialOutcome(trial, Status.STOPPED, epochs, validation, reason);
  }
}
