package org.mtl4j.experiment.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.eval.interval.Difference;
import org.mtl4j.eval.interval.Holm;
import org.mtl4j.eval.interval.Uncertainty;
import org.mtl4j.experiment.apply.RunOutputs;

/**
 * Systems beside each other that predicted the same rows: each figure that says which of two is
 * better, with intervals, and its difference to a baseline with p-values corrected by Holm.
 */
public final class PairedFigures {
  /** What is below is not put down to chance. */
  private static final double SIGNIFICANCE = 0.05;

  private final List<OutputSpec> outputs;
  private final RunOutputs by;

  /**
   * Figures of some outputs.
   *
   * @param outputs what is compared
   * @param by the metrics, and how often rows are drawn
   */
  public PairedFigures(List<OutputSpec> outputs, RunOutputs by) {
    this.outputs = List.copyOf(outputs);
    this.by = by;
  }

  /**
   * Who predicted, and what.
   *
   * @param name of the system
   * @param rows per output its predictions with their labels
   */
  public record Predicted(String name, Map<String, EvaluationRows> rows) {
    /** Copies the map. */
    public Predicted {
      rows = Map.copyOf(rows);
    }
  }

  /** The figures of one system. */
  private record Measured(Predicted of, Map<String, Uncertainty> uncertainties) {}

  /** A figure of one system before p-values are corrected. */
  private record Raw(Measured of, boolean base, Optional<Difference> difference) {}

  /**
   * Compares.
   *
   * @param baseline what the others are compared with
   * @param others on the same rows
   * @return per output and metric all systems, the baseline first
   */
  public List<Comparison.Figure> of(Predicted baseline, List<Predicted> others) {
    Measured base = measured(baseline);
    Map<String, List<Raw>> raws = new LinkedHashMap<>();
    for (Predicted system : others) {
      Measured other = measured(system);
      forEach(
          base,
          (output, metric) ->
              raws.computeIfAbsent(key(output, metric), k -> new ArrayList<>())
                  .add(new Raw(other, false, difference(output.name(), metric, other, base))));
    }
    return figures(base, raws);
  }

  private Measured measured(Predicted system) {
    Map<String, Uncertainty> uncertainties = new LinkedHashMap<>();
    for (OutputSpec output : outputs) {
      EvaluationRows rows = system.rows().get(output.name());
      uncertainties.put(output.name(), Uncertainty.of(metrics(output, rows), rows, by.bootstrap()));
    }
    return new Measured(system, uncertainties);
  }

  private List<Metric> metrics(OutputSpec output, EvaluationRows rows) {
    return by.evaluator().metricsOf(output, rows.parts()).stream().filter(Metric::judges).toList();
  }

  /** Sees each output with each of its metrics. */
  private interface Visitor {
    void visit(OutputSpec output, Metric metric);
  }

  private void forEach(Measured base, Visitor visitor) {
    for (OutputSpec output : outputs) {
      for (Metric metric : metrics(output, base.of().rows().get(output.name()))) {
        visitor.visit(output, metric);
      }
    }
  }

  private static String key(OutputSpec output, Metric metric) {
    return output.name() + "/" + metric.key();
  }

  private static Optional<Difference> difference(
      String output, Metric metric, Measured system, Measured base) {
    return system.uncertainties().get(output).difference(metric, base.uncertainties().get(output));
  }

  private List<Comparison.Figure> figures(Measured base, Map<String, List<Raw>> raws) {
    double[] corrected =
        Holm.corrected(
            raws.values().stream()
                .flatMap(List::stream)
                .flatMap(raw -> raw.difference().stream())
                .mapToDouble(Difference::pValue)
                .toArray());
    int[] next = {0};
    List<Comparison.Figure> figures = new ArrayList<>();
    forEach(
        base,
        (output, metric) -> {
          List<Comparison.Entry> entries = new ArrayList<>();
          Raw own = new Raw(base, true, Optional.empty());
          entries.add(entry(own, output, metric, OptionalDouble.empty()));
          for (Raw raw : raws.get(key(output, metric))) {
            OptionalDouble p =
                raw.difference().isPresent()
                    ? OptionalDouble.of(corrected[next[0]++])
                    : OptionalDouble.empty();
            entries.add(entry(raw, output, metric, p));
          }
          figures.add(
              new Comparison.Figure(
                  output.name(),
                  metric.key(),
                  metric.higherIsBetter(),
                  base.of().rows().get(output.name()).size(),
                  entries));
        });
    return figures;
  }

  private static Comparison.Entry entry(
      Raw raw, OutputSpec output, Metric metric, OptionalDouble corrected) {
    Measured system = raw.of();
    Optional<Difference> difference = raw.difference();
    return new Comparison.Entry(
        system.of().name(),
        metric.compute(system.of().rows().get(output.name())),
        system.uncertainties().get(output.name()).intervals().get(metric.key()),
        difference,
        corrected,
        raw.base()
            ? Comparison.Verdict.BASELINE
            : verdict(metric.higherIsBetter(), difference, corrected));
  }

  private static Comparison.Verdict verdict(
      boolean higherIsBetter, Optional<Difference> difference, OptionalDouble corrected) {
    if (corrected.isEmpty() || corrected.getAsDouble() >= SIGNIFICANCE) {
      return Comparison.Verdict.NO_DIFFERENCE_SHOWN;
    }
    boolean more = difference.orElseThrow().value() > 0;
    return more == higherIsBetter ? Comparison.Verdict.BETTER : Comparison.Verdict.WORSE;
  }
}
