package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.TaskType;

/**
 * Logarithmic loss, {@code log_loss}: the mean, by example weight, of {@code -ln p}, where p is the
 * probability that was given to what came true. In nats, from 0; {@code ln(classes)} for a model
 * that knows nothing of equally frequent classes. Of a multilabel output it is the mean over the
 * classes of each one's loss as a yes or no, so that outputs of many classes compare with others.
 *
 * <p>p is clipped to [2^-52, 1 - 2^-52], as scikit-learn does for float64, so that one row that was
 * wrong with certainty costs 36.04 and not infinity. Not defined without rows or weight, or where
 * predictions are no probabilities.
 */
public record LogLoss() implements OfProbabilities {
  /** The distance from 1 to the next double: 2^-52. */
  private static final double EPSILON = Math.ulp(1.0);

  @Override
  public String key() {
    return "log_loss";
  }

  @Override
  public boolean appliesTo(TaskType type) {
    return !(type instanceof TaskType.Regression) && !type.isUnsupervised();
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public OptionalDouble ofProbabilities(EvaluationRows rows) {
    return WeightedMean.of(
        rows,
        this,
        row -> rows.hasSets() ? ofSet(rows, row) : loss(ClassProbabilities.ofLabel(rows, row)));
  }

  private static double ofSet(EvaluationRows rows, int row) {
    double total = 0;
    for (int i = row * rows.width(); i < (row + 1) * rows.width(); i++) {
      double yes = rows.predictions().get(i);
      total += loss(rows.labels().get(i) == 1 ? yes : 1 - yes);
    }
    return total / rows.width();
  }

  private static double loss(double probability) {
    return -Math.log(Math.min(Math.max(probability, EPSILON), 1 - EPSILON));
  }
}
