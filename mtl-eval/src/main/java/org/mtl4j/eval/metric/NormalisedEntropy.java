package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;

/**
 * Normalised entropy, {@code normalised_entropy}: {@link LogLoss} divided by that of the constant
 * share of positives (He and others, ADKDD 2014). A ratio, from 0; 1 for a model that knows that
 * share and nothing else, so that rows of another share compare, which they do not by log loss.
 *
 * <pre>normalised_entropy = log_loss / -(r ln r + (1 - r) ln(1 - r)), r = sum w_i y_i / sum w_i
 * </pre>
 *
 * <p>By example weight. Not defined where one of the classes is absent or weighs nothing, or where
 * predictions are no probabilities.
 */
public record NormalisedEntropy() implements OfProbabilities, TwoClassMetric {
  @Override
  public String key() {
    return "normalised_entropy";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public OptionalDouble ofProbabilities(EvaluationRows rows) {
    ClassWeights classes = ClassWeights.of(rows);
    if (!classes.areBoth()) {
      return OptionalDouble.empty();
    }
    double rate = classes.rate();
    double entropy = -rate * Math.log(rate) - (1 - rate) * Math.log1p(-rate);
    return OptionalDouble.of(new LogLoss().compute(rows).orElseThrow() / entropy);
  }

  @Override
  public String whyUndefinedOfProbabilities(EvaluationRows rows) {
    return TwoClassMetric.super.whyUndefined(rows);
  }

  @Override
  public String whyUndefined(EvaluationRows rows) {
    return OfProbabilities.super.whyUndefined(rows);
  }
}
