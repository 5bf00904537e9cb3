package org.mtl4j.eval.interval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.eval.metric.Auc;

/**
 * How far the figures of one output may be off: the AUC's by {@link DeLong}, which needs no draws,
 * all others' by {@link Bootstrap}. The replicates are kept, so that differences to other systems
 * on the same rows cost nothing more.
 */
public final class Uncertainty {
  private final EvaluationRows rows;
  private final Map<String, Replicates> replicates = new LinkedHashMap<>();
  private final List<Metric> metrics;

  private Uncertainty(EvaluationRows rows, List<Metric> metrics) {
    this.rows = rows;
    this.metrics = List.copyOf(metrics);
  }

  /**
   * Draws what there is to draw.
   *
   * @param metrics those of the output
   * @param rows n rows of the output that have a say
   * @param bootstrap how often
   */
  public static Uncertainty of(List<Metric> metrics, EvaluationRows rows, Bootstrap bootstrap) {
    Uncertainty uncertainty = new Uncertainty(rows, metrics);
    List<Metric> drawn =
        metrics.stream()
            .filter(metric -> isDrawn(metric) && whyNotDrawn(metric, rows).isEmpty())
            .toList();
    double[][] figures = bootstrap.figures(drawn, rows);
    for (int m = 0; m < drawn.size(); m++) {
      uncertainty.replicates.put(
          drawn.get(m).key(), new Replicates(figures[m], Bootstrap.method(rows)));
    }
    return uncertainty;
  }

  /** Whether a metric's interval is one of the bootstrap. */
  private static boolean isDrawn(Metric metric) {
    return !hasVariance(metric) && metric.canBeResampled();
  }

  /**
   * Why rows in files give no interval of some metrics that rows in memory do, a sentence each,
   * which begins with the metric's key.
   */
  public static List<String> lacking(
      List<Metric> metrics, EvaluationRows rows, Bootstrap bootstrap) {
    return metrics.stream()
        .filter(metric -> isDrawn(metric) && bootstrap.replicates() > 0)
        .flatMap(metric -> whyNotDrawn(metric, rows).map(metric.key()::concat).stream())
        .toList();
  }

  private static Optional<String> whyNotDrawn(Metric metric, EvaluationRows rows) {
    if (!rows.space().isInFiles()) {
      return Optional.empty();
    }
    String heap = " Give Java a larger heap: MTL_HEAP=8g for ./mtl, -Xmx8g elsewhere.";
    if (rows.space().resamplesAtOnce() == 0) {
      return Optional.of(
          " has no interval: the heap has no room for how often each of %,d %s is drawn."
                  .formatted(rows.unitCount(), rows.groups().isPresent() ? "groups" : "rows")
              + heap);
    }
    return metric.isResampledInPasses()
        ? Optional.empty()
        : Optional.of(
            " has no interval: it sorts every resample anew, which rows that do not fit into the"
                + " heap are too many for."
                + heap);
  }

  private static boolean hasVariance(Metric metric) {
    return metric instanceof Auc;
  }

  /** Per metric its interval, in the metrics' order; empty where there is none to give. */
  public Map<String, Optional<Interval>> intervals() {
    Map<String, Optional<Interval>> intervals = new LinkedHashMap<>();
    for (Metric metric : metrics) {
      intervals.put(
          metric.key(),
          hasVariance(metric)
              ? DeLong.interval(rows)
              : Optional.ofNullable(replicates.get(metric.key())).flatMap(Replicates::interval));
    }
    return intervals;
  }

  /**
   * How much more this system has of a figure than another; empty where it is not defined, or there
   * is nothing to tell its error by.
   *
   * @param metric one of both
   * @param baseline the other, on the same rows and with as many replicates
   * @throws IllegalArgumentException if labels, weights or groups differ
   */
  public Optional<Difference> difference(Metric metric, Uncertainty baseline) {
    if (hasVariance(metric)) {
      return DeLong.difference(rows, baseline.rows);
    }
    SameRows.check(rows, baseline.rows);
    if (!metric.canBeResampled()) {
      return Optional.empty();
    }
    Replicates more = replicates.get(metric.key()).minus(baseline.replicates.get(metric.key()));
    if (metric.compute(rows).isEmpty() || metric.compute(baseline.rows).isEmpty()) {
      return Optional.empty();
    }
    double value = metric.compute(rows).getAsDouble() - metric.compute(baseline.rows).getAsDouble();
    return more.standardError().map(error -> Difference.of(value, error, more.method()));
  }
}
