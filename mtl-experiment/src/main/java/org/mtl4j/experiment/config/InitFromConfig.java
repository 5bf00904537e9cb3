package org.mtl4j.experiment.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.config.Default;

/**
 * The finished run that training begins from, in place of first values that are drawn: its best
 * state, variables by name and shape and rows of tables by token.
 *
 * @param run the run's folder
 * @param transforms whether vocabularies, scales and cuts are learnt anew or are the run's
 * @param similar per categorical feature the columns by which a value that the run does not know is
 *     like others, what matters most first: its row starts from the mean of theirs
 */
public record InitFromConfig(
    String run,
    @Default("refit") Transforms transforms,
    @Default("{}") Map<String, List<String>> similar) {
  /** Where transforms come from. */
  public enum Transforms {
    /** From the new training rows. */
    REFIT,
    /** From the run: what is new to it is out of vocabulary. */
    KEEP
  }

  /**
   * Checks that the keys go together.
   *
   * @throws IllegalArgumentException if they do not
   */
  public InitFromConfig {
    if (run.isBlank()) {
      throw new IllegalArgumentException("run: expected a run's folder, found none");
    }
    if (transforms == Transforms.KEEP && !similar.isEmpty()) {
      throw new IllegalArgumentException(
          "similar: expected none beside transforms: keep, which knows no new values, found "
              + similar);
    }
    similar.forEach(
        (feature, columns) -> {
          if (columns.isEmpty()) {
            throw new IllegalArgumentException(
                "similar: expected columns for " + feature + ", found none");
          }
        });
    Map<String, List<String>> copy = new LinkedHashMap<>();
    similar.forEach((feature, columns) -> copy.put(feature, List.copyOf(columns)));
    similar = Collections.unmodifiableMap(copy);
  }
}
