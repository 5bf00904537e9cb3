package org.mtl4j.eval.metric;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.mtl4j.core.metric.EvaluationRows;

/**
 * Mean absolute percentage error, {@code mape}: {@code sum w_i |prediction_i - label_i| / |label_i|
 * / sum w_i} with example weights w (de Myttenaere and others, Neurocomputing 192, 2016). A ratio,
 * 0.1 being 10 %, from 0; it punishes predicting too much more than too little.
 *
 * <p>Rows whose label is 0 have no such share and are left out; how many is said. Not defined where
 * no other row weighs something.
 */
public record Mape() implements RegressionError {
  @Override
  public String key() {
    return "mape";
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    double weight = rows.weightedSum(Sum.WEIGHT, row -> rows.labels().get(row) == 0 ? 0 : 1);
    return weight > 0
        ? OptionalDouble.of(rows.weightedSum(Sum.SHARE, row -> share(rows, row)) / weight)
        : OptionalDouble.empty();
  }

  private enum Sum {
    SHARE,
    WEIGHT
  }

  private static double share(EvaluationRows rows, int row) {
    double label = rows.labels().get(row);
    return label == 0 ? 0 : Math.abs(RegressionError.of(rows, row) / label);
  }

  @Override
  public Optional<String> caveat(EvaluationRows rows, List<String> classes) {
    long without =
        IntStream.range(0, rows.size())
            .filter(row -> rows.labels().get(row) == 0 && rows.weight(row) > 0)
            .count();
    return without == 0
        ? Optional.empty()
        : Optional.of("leaves out %d of %d rows: their label is 0".formatted(without, rows.size()));
  }

  @Override
  public String whyUndefined(EvaluationRows rows) {
    return WeightedMean.weighs(rows)
        ? "the label is 0 in all of %d rows".formatted(WeightedMean.countWeighty(rows))
        : RegressionError.super.whyUndefined(rows);
  }
}
