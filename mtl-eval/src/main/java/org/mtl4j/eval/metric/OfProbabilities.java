package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;

/**
 * A figure that takes predictions for probabilities; of other scores, those of a foreign system
 * say, it is not defined.
 */
interface OfProbabilities extends Metric {
  /** The figure where every prediction is in [0, 1]. */
  OptionalDouble ofProbabilities(EvaluationRows rows);

  @Override
  default OptionalDouble compute(EvaluationRows rows) {
    return rows.firstNotProbability().isPresent() ? OptionalDouble.empty() : ofProbabilities(rows);
  }

  @Override
  default String whyUndefined(EvaluationRows rows) {
    OptionalInt first = rows.firstNotProbability();
    return first.isPresent()
        ? "it takes probabilities, and row %d (from 0) has the prediction %s"
            .formatted(first.getAsInt() / rows.width(), rows.predictions().get(first.getAsInt()))
        : whyUndefinedOfProbabilities(rows);
  }

  /** Why there is no figure though every prediction is in [0, 1]. */
  default String whyUndefinedOfProbabilities(EvaluationRows rows) {
    return Metric.super.whyUndefined(rows);
  }
}
