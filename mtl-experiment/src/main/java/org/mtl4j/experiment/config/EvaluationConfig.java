package org.mtl4j.experiment.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.config.Default;

/**
 * How a model is measured.
 *
 * @param k cut-offs of ranking metrics
 * @param groupBy column whose values group rows for ranking metrics, a user's id say; without it
 *     there are none
 * @param cold columns, say of the user's and the item's id: the figures are reported once more for
 *     rows whose value training did not see, and for those whose value it did
 * @param keepPredictions whether a run keeps what it predicts for test rows, to be compared
 */
public record EvaluationConfig(
    @Default("[10]") List<Integer> k,
    Optional<String> groupBy,
    @Default("[]") List<String> cold,
    @Default("true") boolean keepPredictions) {
  /**
   * Copies the lists and checks the cut-offs.
   *
   * @throws IllegalArgumentException if one is below 1, or a column stands twice
   */
  public EvaluationConfig {
    k = List.copyOf(k);
    cold = List.copyOf(cold);
    if (Set.copyOf(cold).size() < cold.size()) {
      throw new IllegalArgumentException("cold: expected different columns, found " + cold);
    }
    for (int cut : k) {
      if (cut < 1) {
        throw new IllegalArgumentException("k: expected numbers of at least 1, found " + k);
      }
    }
  }
}
