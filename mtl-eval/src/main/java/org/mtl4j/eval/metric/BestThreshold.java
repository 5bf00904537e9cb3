package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;

/**
 * The threshold of the largest F1, {@code best_threshold}: a yes from this score on gives {@link
 * BestF1}. In the unit of the scores; of several such thresholds the highest. It says where to cut
 * and not how good the scores are. By example weight. Not defined without a positive.
 */
public record BestThreshold() implements BestCut {
  @Override
  public String key() {
    return "best_threshold";
  }

  @Override
  public boolean judges() {
    return false;
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    return Search.of(rows)
        .map(best -> OptionalDouble.of(best.score()))
        .orElse(OptionalDouble.empty());
  }
}
