package org.mtl4j.serving.ranking;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One recommended item.
 *
 * @param id its id, if candidates have such
 * @param place rank, columns and scores
 * @param explanation by output that counts what each feature adds to its log odds, or to a
 *     regression's value; empty where nobody asked
 */
public record RankedItem(
    Optional<String> id, Recommendation place, Map<String, List<Contribution>> explanation) {
  /** Copies the map. */
  public RankedItem {
    explanation = Collections.unmodifiableMap(new LinkedHashMap<>(explanation));
  }

  /**
   * What a feature adds to a score.
   *
   * @param feature its name
   * @param group user, item or context, if the experiment says
   * @param value in the score's unit: log odds, or a regression's value
   */
  public record Contribution(String feature, Optional<String> group, double value) {}
}
