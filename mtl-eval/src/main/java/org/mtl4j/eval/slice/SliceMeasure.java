package org.mtl4j.eval.slice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.eval.evaluator.Evaluator;
import org.mtl4j.eval.interval.Bootstrap;
import org.mtl4j.eval.interval.Interval;
import org.mtl4j.eval.interval.Uncertainty;
import org.mtl4j.eval.metric.Auc;
import org.mtl4j.eval.slice.SliceFigures.Figure;
import org.mtl4j.eval.slice.SliceFigures.Size;

/**
 * Measures outputs slice by slice, by every metric that applies. Intervals are those of the whole:
 * of an AUC by DeLong's variance, which needs no draws, and of the primary figure, if it is another
 * one, by the bootstrap; other figures have none, as each would cost draws in every slice.
 */
public final class SliceMeasure {
  /**
   * With fewer groups, or rows of either class, the normal distribution that intervals rest on is
   * far off, and the figures of the extreme slices are mostly chance.
   */
  public static final int LEAST = 30;

  private final Evaluator evaluator;
  private final Bootstrap bootstrap;

  /**
   * A measure by an evaluator's metrics.
   *
   * @param bootstrap how often rows are drawn for figures that have no variance of their own
   */
  public SliceMeasure(Evaluator evaluator, Bootstrap bootstrap) {
    this.evaluator = evaluator;
    this.bootstrap = bootstrap;
  }

  /**
   * Measures the slices of some rows.
   *
   * @param rows what there is of each output
   */
  public SlicedFigures measure(Slicing slicing, List<SlicedRows> rows) {
    return new SlicedFigures(
        slicing.name(), rows.stream().map(output -> measure(slicing, output)).toList());
  }

  private SlicedOutput measure(Slicing slicing, SlicedRows output) {
    OutputSpec spec = output.output();
    EvaluationRows rows = output.rows();
    List<Metric> metrics = evaluator.metricsOf(spec, rows.parts());
    Map<String, OptionalDouble> whole = new LinkedHashMap<>();
    metrics.forEach(metric -> whole.put(metric.key(), metric.compute(rows)));
    Optional<Metric> primary = metrics.stream().filter(Metric::judges).findFirst();
    int[][] positions = slicing.positions(output.say());
    List<SliceFigures> slices = new ArrayList<>();
    for (int s = 0; s < positions.length; s++) {
      EvaluationRows part = rows.select(positions[s]);
      Map<String, Optional<Interval>> intervals = intervals(metrics, primary, part);
      Map<String, Figure> figures = new LinkedHashMap<>();
      for (Metric metric : metrics) {
        OptionalDouble value = metric.compute(part);
        figures.put(
            metric.key(),
            new Figure(
                value,
                intervals.getOrDefault(metric.key(), Optional.empty()),
                minus(value, whole.get(metric.key()))));
      }
      slices.add(new SliceFigures(slicing.slices().get(s), size(spec, part), figures));
    }
    primary.ifPresent(metric -> slices.sort(worstFirst(metric)));
    return new SlicedOutput(
        spec.name(),
        primary.map(metric -> new SlicedOutput.Primary(metric.key(), metric.higherIsBetter())),
        whole,
        slices);
  }

  private Map<String, Optional<Interval>> intervals(
      List<Metric> metrics, Optional<Metric> primary, EvaluationRows rows) {
    List<Metric> asked =
        metrics.stream()
            .filter(metric -> metric instanceof Auc || primary.equals(Optional.of(metric)))
            .toList();
    return Uncertainty.of(asked, rows, bootstrap).intervals();
  }

  private static OptionalDouble minus(OptionalDouble value, OptionalDouble whole) {
    return value.isPresent() && whole.isPresent()
        ? OptionalDouble.of(value.getAsDouble() - whole.getAsDouble())
        : OptionalDouble.empty();
  }

  private static Size size(OutputSpec spec, EvaluationRows rows) {
    int units = rows.unitCount();
    if (!(spec.type() instanceof TaskType.Binary)) {
      return new Size(rows.size(), OptionalInt.empty(), units, units < LEAST);
    }
    int positives = 0;
    for (int row = 0; row < rows.size(); row++) {
      positives += rows.labels().get(row) == 1 ? 1 : 0;
    }
    boolean small = Math.min(units, Math.min(positives, rows.size() - positives)) < LEAST;
    return new Size(rows.size(), OptionalInt.of(positives), units, small);
  }

  private static Comparator<SliceFigures> worstFirst(Metric metric) {
    String key = metric.key();
    Comparator<SliceFigures> byFigure =
        Comparator.comparingDouble(
            slice ->
                metric.higherIsBetter()
                    ? slice.figures().get(key).value().getAsDouble()
                    : -slice.figures().get(key).value().getAsDouble());
    Comparator<SliceFigures> bySize = Comparator.comparingInt(slice -> -slice.size().rows());
    return (a, b) -> {
      boolean ofA = says(a, key);
      boolean ofB = says(b, key);
      return ofA != ofB ? (ofA ? -1 : 1) : (ofA ? byFigure : bySize).compare(a, b);
    };
  }

  private static boolean says(SliceFigures slice, String metric) {
    return !slice.size().small() && slice.figures().get(metric).value().isPresent();
  }
}
