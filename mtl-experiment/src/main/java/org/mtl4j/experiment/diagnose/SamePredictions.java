package org.mtl4j.experiment.diagnose;

import java.util.Map;
import org.mtl4j.core.metric.EvaluationRows;

/** Whether two systems predicted the very same numbers. */
final class SamePredictions {
  private SamePredictions() {}

  static boolean of(Map<String, EvaluationRows> one, Map<String, EvaluationRows> other) {
    return one.entrySet().stream()
        .allMatch(output -> same(output.getValue(), other.get(output.getKey())));
  }

  private static boolean same(EvaluationRows one, EvaluationRows other) {
    for (int row = 0; row < one.size(); row++) {
      if (one.predictions().get(row) != other.predictions().get(row)) {
        return false;
      }
    }
    return one.size() == other.size();
  }
}
