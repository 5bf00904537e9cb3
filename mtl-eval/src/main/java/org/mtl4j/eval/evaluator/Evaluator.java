package org.mtl4j.eval.evaluator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.EvaluationSettings;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.metric.MetricFactory;
import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.core.metric.RowPart;
import org.mtl4j.core.metric.RowRoom;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.eval.interval.Bootstrap;
import org.mtl4j.eval.interval.Interval;
import org.mtl4j.eval.interval.IntervalReport;
import org.mtl4j.eval.interval.Uncertainty;

/**
 * Measures outputs: each by the metrics that apply to its type, over the rows of its own sample
 * space. Where nothing names groups, metrics by group are left out. Immutable: safe from any
 * thread.
 */
public final class Evaluator {
  private final List<Metric> metrics;

  /**
   * An evaluator that reports these metrics, in this order.
   *
   * @throws IllegalArgumentException if two of them have the same key
   */
  public Evaluator(List<Metric> metrics) {
    this.metrics = List.copyOf(metrics);
    List<String> keys = metrics.stream().map(Metric::key).toList();
    if (keys.stream().distinct().count() < keys.size()) {
      throw new IllegalArgumentException("expected metrics with keys of their own, found " + keys);
    }
  }

  /**
   * An evaluator of bound metrics, as the settings ask for them.
   *
   * @param names of those to report, in this order; empty reports those that are bound for everyone
   * @throws MtlException (UNKNOWN_NAME) with the nearest name if nothing is bound to one
   */
  public static Evaluator of(
      Map<String, MetricFactory> factories,
      Optional<List<String>> names,
      EvaluationSettings settings) {
    Stream<MetricFactory> wanted =
        names.isPresent()
            ? names.get().stream().map(name -> factory(factories, name))
            : factories.values().stream().filter(MetricFactory::isDefault);
    return new Evaluator(wanted.flatMap(factory -> factory.create(settings).stream()).toList());
  }

  private static MetricFactory factory(Map<String, MetricFactory> factories, String name) {
    MetricFactory factory = factories.get(name);
    if (factory == null) {
      throw new MtlException(
          new Problem(
              ErrorCode.UNKNOWN_NAME,
              "",
              "There is no metric \"%s\".".formatted(name),
              Nearest.hint(name, factories.keySet())));
    }
    return factory;
  }

  /**
   * Measures n rows at once.
   *
   * @param outputs what was predicted
   * @param predictions of n rows
   * @param labels per output: n labels
   * @param groups [n] the group of each row; empty when there are none
   * @throws MtlException (DATA_VALUE) if a prediction that has a say is not a finite number
   */
  public MetricReport evaluate(
      List<OutputSpec> outputs,
      Predictions predictions,
      Map<String, LabelColumn> labels,
      Optional<int[]> groups) {
    PredictionCollector collector = collector(outputs);
    collector.add(predictions, labels, groups);
    return collector.report();
  }

  /** Starts an evaluation whose rows come block by block, and stay in memory. */
  public PredictionCollector collector(List<OutputSpec> outputs) {
    return collector(outputs, RowRoom.withoutLimit());
  }

  /**
   * Starts an evaluation whose rows come block by block.
   *
   * @param room of all outputs together; rows that it does not hold go to files
   */
  public PredictionCollector collector(List<OutputSpec> outputs, RowRoom room) {
    return new PredictionCollector(this, outputs, room);
  }

  /**
   * The metric behind a key such as {@code click/auc}, so that a key can be checked, and its
   * direction known, before anything is trained.
   *
   * @param parts what rows will hold
   * @throws MtlException (UNKNOWN_NAME) with the nearest key if nothing will be measured under it
   */
  public Metric metric(String key, List<OutputSpec> outputs, Set<RowPart> parts) {
    Map<String, Metric> known = new LinkedHashMap<>();
    for (OutputSpec output : outputs) {
      for (Metric metric : metricsOf(output, parts)) {
        known.put(MetricReport.key(output.name(), metric.key()), metric);
      }
    }
    Metric metric = known.get(key);
    if (metric == null) {
      throw MetricReport.unknown(key, List.copyOf(known.keySet()));
    }
    return metric;
  }

  /**
   * Measures rows that are there already, those of another system say, with intervals.
   *
   * @param outputs per output its rows
   * @param bootstrap how often rows are drawn for figures that have no variance of their own
   */
  public Measurement measurement(Map<OutputSpec, EvaluationRows> outputs, Bootstrap bootstrap) {
    Map<String, MetricReport.OutputMetrics> measured = new LinkedHashMap<>();
    Map<String, Map<String, Optional<Interval>>> intervals = new LinkedHashMap<>();
    outputs.forEach(
        (spec, rows) -> {
          List<Metric> taken = metricsOf(spec, rows.parts());
          List<String> lacking =
              Uncertainty.lacking(taken, rows, bootstrap).stream()
                  .map(why -> MetricReport.key(spec.name(), why))
                  .toList();
          measured.put(spec.name(), measure(spec, rows).warned(lacking));
          intervals.put(spec.name(), Uncertainty.of(taken, rows, bootstrap).intervals());
        });
    return new Measurement(new MetricReport(measured), new IntervalReport(intervals));
  }

  /** Measures one output over the rows that have a say. */
  MetricReport.OutputMetrics measure(OutputSpec output, EvaluationRows rows) {
    Map<String, OptionalDouble> values = new LinkedHashMap<>();
    List<String> warnings = new ArrayList<>();
    for (Metric metric : metricsOf(output, rows.parts())) {
      OptionalDouble value = metric.compute(rows);
      values.put(metric.key(), value);
      String key = MetricReport.key(output.name(), metric.key());
      if (value.isEmpty()) {
        warnings.add("%s is not defined: %s".formatted(key, metric.whyUndefined(rows)));
      } else {
        metric
            .caveat(rows, output.encoding().names())
            .ifPresent(caveat -> warnings.add(key + " " + caveat));
      }
    }
    return new MetricReport.OutputMetrics(rows.size(), values, warnings);
  }

  /**
   * What is measured of an output, in this order.
   *
   * @param parts what rows hold
   */
  public List<Metric> metricsOf(OutputSpec output, Set<RowPart> parts) {
    return metrics.stream()
        .filter(metric -> metric.appliesTo(output.type()) && parts.containsAll(metric.needs()))
        .toList();
  }
}
