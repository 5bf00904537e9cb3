package org.mtl4j.experiment.online;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.experiment.drift.DriftFinding;

/**
 * What became of an update, and by which evidence: {@code decision.json}, with which it is done.
 *
 * @param number the update's
 * @param verdict what became of it
 * @param reasons a sentence each; none where nothing is to be said
 * @param evidence what was found
 * @param export the version of the accepted export; 0: none
 */
public record Decision(
    int number, Verdict verdict, List<String> reasons, Evidence evidence, int export) {
  /** Copies the list. */
  public Decision {
    reasons = List.copyOf(reasons);
  }

  /**
   * What was found.
   *
   * @param rows number of rows trained on
   * @param holdout number of rows held out
   * @param drift where rows differ from those before
   * @param gate figures of the old model and of the new one on the rows held out
   * @param vocabulary per table what became of its tokens
   */
  public record Evidence(
      long rows,
      long holdout,
      List<DriftFinding> drift,
      List<GateFigure> gate,
      Map<String, Tokens> vocabulary) {
    /** Copies the containers. */
    public Evidence {
      drift = List.copyOf(drift);
      gate = List.copyOf(gate);
      vocabulary = new LinkedHashMap<>(vocabulary);
    }
  }

  /**
   * What became of a table's tokens.
   *
   * @param before how many there were
   * @param added behind them
   * @param forgotten of them
   */
  public record Tokens(int before, int added, int forgotten) {}

  /** Whether it is the run's state now. */
  boolean isAccepted() {
    return verdict == Verdict.ACCEPTED;
  }
}
