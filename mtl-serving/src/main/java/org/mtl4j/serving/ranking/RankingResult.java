package org.mtl4j.serving.ranking;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is recommended.
 *
 * @param by the output, or how outputs are put together, that candidates were ranked by
 * @param items the best, best first
 * @param counts what became of the candidates
 * @param unknown ids of candidates that the catalogue has not, each once, in their order
 */
public record RankingResult(
    String by, List<RankedItem> items, Counts counts, List<String> unknown) {
  /** Copies the lists. */
  public RankingResult {
    items = List.copyOf(items);
    unknown = List.copyOf(unknown);
  }

  /**
   * What became of the candidates.
   *
   * @param candidates how many were asked about
   * @param scored how many the model scored
   * @param left by reason how many were left out: {@code unknown}, {@code repeated}, {@code
   *     excluded} and each condition before they were scored, under the first that applies; {@code
   *     at_most COLUMN} those that were passed over for others of their kind
   */
  public record Counts(int candidates, int scored, Map<String, Integer> left) {
    /** Copies the map. */
    public Counts {
      left = Collections.unmodifiableMap(new LinkedHashMap<>(left));
    }
  }
}
