package org.mtl4j.serving.ranking;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One recommended candidate.
 *
 * @param rank from 1
 * @param item the candidate's columns, missing ones left out
 * @param score what it was ranked by
 * @param scores every output of width 1, in the model's order
 */
public record Recommendation(
    int rank, Map<String, String> item, double score, Map<String, Double> scores) {
  /** Copies the maps, keeping their order. */
  public Recommendation {
    item = Collections.unmodifiableMap(new LinkedHashMap<>(item));
    scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
  }
}
