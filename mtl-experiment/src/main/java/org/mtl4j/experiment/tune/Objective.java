package org.mtl4j.experiment.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.config.RecordBinder;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.experiment.run.ExperimentPlan;

/**
 * What trials are compared by, on validation rows alone: one metric in its own direction, or a
 * weighted sum, in which metrics that are better when they are lower count negative.
 *
 * @param terms of the sum; one with the weight 1: the metric itself
 */
public record Objective(List<Term> terms) {
  /** Copies the list. */
  public Objective {
    terms = List.copyOf(terms);
  }

  /**
   * One metric.
   *
   * @param key say {@code click/auc}
   * @param weight above 0
   * @param higherIsBetter its direction
   */
  public record Term(String key, double weight, boolean higherIsBetter) {
    String output() {
      return key.substring(0, key.indexOf('/'));
    }

    String metric() {
      return key.substring(key.indexOf('/') + 1);
    }

    OptionalDouble value(Map<String, Map<String, Double>> figures) {
      Double value = figures.getOrDefault(output(), Map.of()).get(metric());
      return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
  }

  /**
   * As a space file has it.
   *
   * @param metrics weights by key
   */
  record Weighted(Map<String, Double> metrics) {
    Weighted {
      if (metrics.isEmpty()) {
        throw new IllegalArgumentException("metrics: expected at least one, found none");
      }
      metrics.forEach(
          (key, weight) -> {
            if (!(weight > 0) || weight.isInfinite()) {
              throw new IllegalArgumentException(
                  "metrics: expected weights above 0, found %s of %s".formatted(weight, key));
            }
          });
    }
  }

  /**
   * The objective of a space file; empty, with the reasons in {@code problems}, if the experiment
   * does not measure it.
   */
  static Optional<Objective> of(ConfigNode node, ExperimentPlan plan, Problems problems) {
    int before = problems.size();
    List<Term> terms = new ArrayList<>();
    weights(node, problems)
        .forEach(
            (key, weight) -> {
              try {
                terms.add(new Term(key, weight, metric(key, plan, node).higherIsBetter()));
              } catch (MtlException e) {
                problems.addAt(node.where(), e);
              }
            });
    return problems.size() == before ? Optional.of(new Objective(terms)) : Optional.empty();
  }

  private static Map<String, Double> weights(ConfigNode node, Problems problems) {
    if (node instanceof ConfigNode.Scalar scalar) {
      return Map.of(scalar.text(), 1.0);
    }
    return RecordBinder.bind(node, Weighted.class, problems)
        .map(Weighted::metrics)
        .orElse(Map.of());
  }

  private static Metric metric(String key, ExperimentPlan plan, ConfigNode node) {
    Metric metric = plan.metric(key);
    if (!metric.judges()) {
      throw new MtlException(
          new Problem(
              ErrorCode.CONFIG_VALUE,
              node.where(),
              "Expected a metric that says which of two models is better, found \"%s\", which describes one."
                  .formatted(key),
              "Take another one, an auc or log_loss say."));
    }
    return metric;
  }

  /** Whether a larger value is better. */
  public boolean higherIsBetter() {
    return isSum() || terms.get(0).higherIsBetter();
  }

  private boolean isSum() {
    return terms.size() > 1 || terms.get(0).weight() != 1;
  }

  /** The value of a trial's figures, by output and metric; empty where one is not defined. */
  public OptionalDouble value(Map<String, Map<String, Double>> figures) {
    double sum = 0;
    for (Term term : terms) {
      OptionalDouble value = term.value(figures);
      if (value.isEmpty() || Double.isNaN(value.getAsDouble())) {
        return OptionalDouble.empty();
      }
      double weighted = term.weight() * value.getAsDouble();
      sum += isSum() && !term.higherIsBetter() ? -weighted : weighted;
    }
    return OptionalDouble.of(sum);
  }

  /** Below 0 if the first value is better. */
  int compare(double first, double second) {
    return higherIsBetter() ? Double.compare(second, first) : Double.compare(first, second);
  }

  /** In words: {@code click/auc}, {@code 0.5 click/auc - 0.1 stars/rmse}. */
  public String words() {
    if (!isSum()) {
      return terms.get(0).key();
    }
    StringBuilder words = new StringBuilder();
    for (Term term : terms) {
      String sign = term.higherIsBetter() ? " + " : " - ";
      words
          .append(words.isEmpty() ? (term.higherIsBetter() ? "" : "-") : sign)
          .append(spelt(term.weight()))
          .append(' ')
          .append(term.key());
    }
    return words.toString();
  }

  private static String spelt(double weight) {
    return weight == Math.rint(weight) && weight < 1e9
        ? String.format(Locale.ROOT, "%.0f", weight)
        : Double.toString(weight);
  }
}
