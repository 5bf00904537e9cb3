package org.mtl4j.core.metric;

import java.util.HashSet;
import java.util.List;

/**
 * What the user says about metrics, under {@code evaluation} in the experiment file.
 *
 * @param k the cut-offs of ranking metrics ({@code ndcg@5}, {@code ndcg@10}): whole numbers of at
 *     least 1, each once; none leaves ranking metrics out
 */
public record EvaluationSettings(List<Integer> k) {
  /**
   * Copies and checks the cut-offs.
   *
   * @throws IllegalArgumentException if one is below 1 or stands twice
   */
  public EvaluationSettings {
    k = List.copyOf(k);
    if (k.stream().anyMatch(cutOff -> cutOff < 1) || new HashSet<>(k).size() != k.size()) {
      throw new IllegalArgumentException(
          "evaluation.k: expected whole numbers of at least 1, each once, found " + k);
    }
  }
}
