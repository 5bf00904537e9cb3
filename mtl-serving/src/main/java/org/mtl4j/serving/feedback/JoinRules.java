package org.mtl4j.serving.feedback;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How impressions and outcomes become rows with labels.
 *
 * @param window how long behind an impression an outcome counts
 * @param labels per label column its value where nothing came of an item in time: 0 of a click;
 *     empty: missing, of a rating; outcomes of other tasks are left out
 */
public record JoinRules(Duration window, Map<String, Optional<Double>> labels) {
  /**
   * Copies the map.
   *
   * @throws IllegalArgumentException if the window is negative or there is no label
   */
  public JoinRules {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    if (window.isNegative() || labels.isEmpty()) {
      throw new IllegalArgumentException(
          "expected a window of 0 or more and a label, found %s and %s".formatted(window, labels));
    }
  }
}
