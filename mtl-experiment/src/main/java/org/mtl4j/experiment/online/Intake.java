package org.mtl4j.experiment.online;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an update takes, written before anything is done with it: {@code update.json}.
 *
 * @param number the update's
 * @param base the accepted update that it goes on from; 0: the run as it was trained
 * @param rows whose rows
 * @param fingerprint of these rows
 * @param settings how it takes them
 */
public record Intake(int number, int base, UpdateRows rows, String fingerprint, Settings settings) {
  /**
   * All that its numbers follow from besides.
   *
   * @param epochs how often it takes its rows
   * @param holdout the share of rows held out
   * @param forgetAfter days after which tokens go; 0: never
   * @param day days since 1970, on which the rows' tokens were seen where rows have no times
   * @param overrides of keys of the run's experiment
   */
  public record Settings(
      int epochs, double holdout, int forgetAfter, long day, Map<String, String> overrides) {
    /** Copies the map. */
    public Settings {
      overrides = new LinkedHashMap<>(overrides);
    }

    static Settings of(UpdateOptions options, long day) {
      return new Settings(
          options.epochs(),
          options.judging().holdout(),
          options.forgetAfter().orElse(0),
          day,
          options.overrides());
    }

    /** The same with so many rows held out. */
    Settings holdingOut(double other) {
      return new Settings(epochs, other, forgetAfter, day, overrides);
    }

    /** The same on another day. */
    private Settings on(long other) {
      return new Settings(epochs, holdout, forgetAfter, other, overrides);
    }
  }

  /** The same of the same rows in files of other names. */
  Intake of(UpdateRows other) {
    return new Intake(number, base, other, fingerprint, settings);
  }

  /** Whether it is the same update, be it of another day, or by other names of files. */
  boolean isLike(Intake other) {
    return base == other.base
        && fingerprint.equals(other.fingerprint)
        && settings.on(0).equals(other.settings.on(0));
  }
}
