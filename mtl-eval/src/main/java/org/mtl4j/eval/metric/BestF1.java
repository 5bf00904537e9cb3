package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;

/**
 * The largest F1 over all thresholds, {@code best_f1}: what {@link F1Score} would be if the
 * threshold were {@link BestThreshold} (Lipton, Elkan and Naryanaswamy, ECML 2014). In (0, 1].
 *
 * <p>The threshold was chosen on the same rows, which flatters where positives are few: choose it
 * on validation, and look at the test with it. By example weight. Not defined without a positive.
 */
public record BestF1() implements BestCut {
  @Override
  public String key() {
    return "best_f1";
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    return Search.of(rows).map(best -> OptionalDouble.of(best.f1())).orElse(OptionalDouble.empty());
  }
}
