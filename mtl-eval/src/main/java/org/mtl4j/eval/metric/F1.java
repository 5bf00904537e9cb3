package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;

/**
 * The harmonic mean of precision and recall over all labels of some rows, by example weight: 2 tp /
 * (2 tp + fp + fn), with a yes from a probability above 0.5 on (van Rijsbergen, Information
 * Retrieval, 1979).
 */
final class F1 {
  private F1() {}

  /** Empty where there is no positive, in fact or as predicted. */
  static OptionalDouble of(EvaluationRows rows) {
    double both = 0;
    double either = 0;
    for (int i = 0; i < rows.predictions().size(); i++) {
      double weight = rows.weight(i / rows.width());
      boolean yes = rows.labels().get(i) == 1;
      boolean predicted = rows.predictions().get(i) > 0.5;
      both += yes && predicted ? 2 * weight : 0;
      either += ((yes ? 1 : 0) + (predicted ? 1 : 0)) * weight;
    }
    return either > 0 ? OptionalDouble.of(both / either) : OptionalDouble.empty();
  }
}
