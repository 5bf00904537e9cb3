package org.mtl4j.core.metric;

import java.util.HashSet;
import java.util.List;

/**
 * What the user says about metrics, under {@code evaluation} in the experiment file.
 *
 * @param k the cut-offs of ranking metrics ({@code ndcg@5}, {@code ndcg@10}): whole numbers of at
 *     least 1, each once; none leaves ranking metrics out
 * @param quantiles those whose loss is measured ({@code quantile_loss@0.9}): numbers between 0 and
 *     1, each once
 */
public record EvaluationSettings(List<Integer> k, List<Double> quantiles) {
  /**
   * Copies and checks the lists.
   *
   * @throws IllegalArgumentException if a number is out of its range or stands twice
   */
  public EvaluationSettings {
    k = List.copyOf(k);
    quantiles = List.copyOf(quantiles);
    if (k.stream().anyMatch(cutOff -> cutOff < 1) || new HashSet<>(k).size() != k.size()) {
      throw new IllegalArgumentException(
          "evaluation.k: expected whole numbers of at least 1, each once, found " + k);
    }
    if (!quantiles.stream().allMatch(q -> q > 0 && q < 1)
        || new HashSet<>(quantiles).size() != quantiles.size()) {
      throw new IllegalArgumentException(
          "evaluation.quantiles: expected numbers between 0 and 1, each once, found " + quantiles);
    }
  }
}
