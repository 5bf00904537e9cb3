package org.mtl4j.experiment.online;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How a run goes on.
 *
 * @param epochs how often an update takes its rows
 * @param forgetAfter tokens go that no update has seen for more days; empty: none goes
 * @param judging what an update is accepted by
 * @param overrides values of keys below {@code training} in place of the run's
 */
public record UpdateOptions(
    int epochs, OptionalInt forgetAfter, Judging judging, Map<String, String> overrides) {
  /** One epoch, nothing forgotten, judged as usual. */
  public static final UpdateOptions USUAL =
      new UpdateOptions(1, OptionalInt.empty(), Judging.USUAL, Map.of());

  /**
   * Copies the map and checks the values.
   *
   * @throws IllegalArgumentException if a number is below 1
   */
  public UpdateOptions {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs: expected at least 1, found " + epochs);
    }
    if (forgetAfter.isPresent() && forgetAfter.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "forget_after: expected at least 1 day, found " + forgetAfter.getAsInt());
    }
    overrides = new LinkedHashMap<>(overrides);
  }

  /** The same, judged otherwise. */
  public UpdateOptions with(Judging other) {
    return new UpdateOptions(epochs, forgetAfter, other, overrides);
  }

  /**
   * What an update is accepted by.
   *
   * @param holdout the share of its rows, the latest, that it is judged on and not trained on
   * @param gate whether it has to be shown that the model is not worse
   * @param margin how much worse it may be, as a share of the old figure
   * @param allowed features and tasks that may drift; {@code all}: whatever drifts
   */
  public record Judging(double holdout, boolean gate, double margin, Set<String> allowed) {
    /** A tenth of the rows, and two hundredths of a figure. */
    public static final Judging USUAL = new Judging(0.1, true, 0.02, Set.of());

    private static final String ALL = "all";

    /**
     * Copies the set and checks the shares.
     *
     * @throws IllegalArgumentException if one is out of its range, or there is a gate without a
     *     holdout
     */
    public Judging {
      allowed = Set.copyOf(allowed);
      if (!(holdout >= 0 && holdout < 1) || (gate && holdout == 0)) {
        throw new IllegalArgumentException(
            "holdout: expected a share from 0 to below 1, above 0 with a gate, found " + holdout);
      }
      if (!(margin >= 0 && margin < 1)) {
        throw new IllegalArgumentException(
            "margin: expected a share from 0 to below 1, found " + margin);
      }
    }

    /** Whether a feature or task may drift. */
    boolean allows(String name) {
      return allowed.contains(ALL) || allowed.contains(name);
    }

    /** The same without a gate. */
    public Judging withoutGate() {
      return new Judging(holdout, false, margin, allowed);
    }
  }
}
