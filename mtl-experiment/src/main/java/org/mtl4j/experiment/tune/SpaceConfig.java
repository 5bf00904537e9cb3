package org.mtl4j.experiment.tune;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.core.config.Default;

/**
 * A space file: what a tuning looks for, and where.
 *
 * @param objective a metric, say {@code click/auc}, or {@code {metrics: {click/auc: 0.5, ...}}}
 * @param method how trials are chosen
 * @param seed of what is drawn; trials are trained by the experiment's own
 * @param space the values of keys, by their path in the experiment
 */
public record SpaceConfig(
    ConfigNode objective,
    @Default("{type: random}") SearchMethod method,
    @Default("1") long seed,
    Map<String, KeyValues> space) {
  /**
   * Checks and copies the keys.
   *
   * @throws IllegalArgumentException if there are none, or one that the tuning itself decides
   */
  public SpaceConfig {
    if (space.isEmpty()) {
      throw new IllegalArgumentException("space: expected at least one key, found none");
    }
    if (space.containsKey("training.threads")) {
      throw new IllegalArgumentException(
          "space: expected keys that decide what is learnt, found training.threads, which all"
              + " trials share: the experiment says it, or the tuning's --parallel");
    }
    if (method instanceof SearchMethod.Halving && space.containsKey("training.epochs")) {
      throw new IllegalArgumentException(
          "space: expected keys other than training.epochs, which halving decides trial by trial"
              + " up to the experiment's own");
    }
    space = Collections.unmodifiableMap(new LinkedHashMap<>(space));
  }
}
