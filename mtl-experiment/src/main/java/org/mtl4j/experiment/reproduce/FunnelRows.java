package org.mtl4j.experiment.reproduce;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.data.simulator.SimulatedSource;
import org.mtl4j.eval.metric.ExpectedAuc;

/**
 * What a funnel's run predicts of rows whose probabilities are known, gathered.
 *
 * <p>Figures: {@code cvr_auc_clicked, cvr_auc_all}, {@code cvr_bias_clicked, cvr_bias_all} (mean
 * prediction over mean truth, less 1), {@code cvr_error_all} (root mean square of prediction less
 * truth), {@code ctcvr_auc_all} of getting through both stages, if the run predicts both.
 */
final class FunnelRows {
  private static final String CLICK = "click";
  private static final String CONVERSION = "cart";
  private static final String THROUGH = "through_" + CONVERSION;

  private final DoubleStream.Builder clicked = DoubleStream.builder();
  private final DoubleStream.Builder predicted = DoubleStream.builder();
  private final DoubleStream.Builder truth = DoubleStream.builder();
  private final DoubleStream.Builder through = DoubleStream.builder();
  private final DoubleStream.Builder trueThrough = DoubleStream.builder();

  void add(RawBatch rows, Predictions predictions) {
    for (int r = 0; r < rows.rowCount(); r++) {
      clicked.add(number(rows, CLICK, r));
      predicted.add(predictions.values().get(CONVERSION)[r]);
      truth.add(number(rows, SimulatedSource.TRUTH_PREFIX + CONVERSION, r));
      trueThrough.add(number(rows, SimulatedSource.TRUTH_PREFIX + THROUGH, r));
      through(predictions.values(), r).ifPresent(through::add);
    }
  }

  private static double number(RawBatch rows, String column, int row) {
    return rows.number(rows.columns().indexOf(column), row);
  }

  private static OptionalDouble through(Map<String, float[]> values, int row) {
    if (values.containsKey(THROUGH)) {
      return OptionalDouble.of(values.get(THROUGH)[row]);
    }
    return values.containsKey(CLICK)
        ? OptionalDouble.of((double) values.get(CLICK)[row] * values.get(CONVERSION)[row])
        : OptionalDouble.empty();
  }

  Map<String, Double> figures() {
    double[] all = predicted.build().toArray();
    double[] rates = truth.build().toArray();
    double[] seen = clicked.build().toArray();
    double[] products = through.build().toArray();
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("cvr_auc_clicked", ExpectedAuc.of(where(seen, all), where(seen, rates)));
    figures.put("cvr_auc_all", ExpectedAuc.of(all, rates));
    figures.put("cvr_bias_clicked", bias(where(seen, all), where(seen, rates)));
    figures.put("cvr_bias_all", bias(all, rates));
    figures.put("cvr_error_all", error(all, rates));
    if (products.length > 0) {
      figures.put("ctcvr_auc_all", ExpectedAuc.of(products, trueThrough.build().toArray()));
    }
    return figures;
  }

  private static double[] where(double[] flags, double[] values) {
    DoubleStream.Builder kept = DoubleStream.builder();
    for (int i = 0; i < values.length; i++) {
      if (flags[i] == 1) {
        kept.add(values[i]);
      }
    }
    return kept.build().toArray();
  }

  private static double bias(double[] predicted, double[] truth) {
    return DoubleStream.of(predicted).sum() / DoubleStream.of(truth).sum() - 1;
  }

  private static double error(double[] predicted, double[] truth) {
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      sum += (predicted[i] - truth[i]) * (predicted[i] - truth[i]);
    }
    return Math.sqrt(sum / truth.length);
  }
}
