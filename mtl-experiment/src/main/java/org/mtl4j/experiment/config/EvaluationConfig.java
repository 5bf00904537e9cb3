package org.mtl4j.experiment.config;

import java.util.List;
import java.util.Optional;
import org.mtl4j.core.config.Default;

/**
 * How a model is measured.
 *
 * @param k cut-offs of ranking metrics
 * @param groupBy column whose values group rows for ranking metrics, a user's id say; without it
 *     there are none
 */
public record EvaluationConfig(@Default("[10]") List<Integer> k, Optional<String> groupBy) {
  /**
   * Copies and checks the cut-offs.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public EvaluationConfig {
    k = List.copyOf(k);
    for (int cut : k) {
      if (cut < 1) {
        throw new IllegalArgumentException("k: expected numbers of at least 1, found " + k);
      }
    }
  }
}
