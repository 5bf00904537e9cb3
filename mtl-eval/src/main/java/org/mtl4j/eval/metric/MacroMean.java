package org.mtl4j.eval.metric;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.task.TaskType;

/**
 * The mean over the classes of an output of a figure that each has as a yes or no, every class
 * counting the same. Classes of which the figure is not defined are left out, and named.
 */
interface MacroMean extends Metric {
  /** Names of classes that a warning has at most. */
  int NAMES = 5;

  /** The figure of one class, over rows of one prediction and a label of 0 or 1. */
  OptionalDouble ofClass(EvaluationRows rows);

  /** Whether the figure of one class is defined. */
  default boolean isDefined(EvaluationRows rows) {
    return ofClass(rows).isPresent();
  }

  /** The classes of which the figure is defined. */
  default BitSet defined(EvaluationRows rows) {
    return IntStream.range(0, rows.width())
        .filter(c -> isDefined(rows.ofClass(c)))
        .collect(BitSet::new, BitSet::set, BitSet::or);
  }

  /** What a class lacks of which the figure is not defined. */
  String lack();

  @Override
  default boolean appliesTo(TaskType type) {
    return type instanceof TaskType.Multilabel;
  }

  @Override
  default boolean higherIsBetter() {
    return true;
  }

  @Override
  default OptionalDouble compute(EvaluationRows rows) {
    return IntStream.range(0, rows.width())
        .mapToObj(c -> ofClass(rows.ofClass(c)))
        .flatMapToDouble(OptionalDouble::stream)
        .average();
  }

  @Override
  default Optional<String> caveat(EvaluationRows rows, List<String> classes) {
    BitSet defined = defined(rows);
    List<String> without =
        IntStream.range(0, rows.width())
            .filter(c -> !defined.get(c))
            .mapToObj(classes::get)
            .toList();
    if (without.isEmpty()) {
      return Optional.empty();
    }
    String named = String.join(", ", without.subList(0, Math.min(NAMES, without.size())));
    return Optional.of(
        "is the mean over %d of %d classes: %s%s"
                .formatted(
                    rows.width() - without.size(),
                    rows.width(),
                    named,
                    without.size() > NAMES ? ", ..." : "")
            + " without "
            + lack());
  }

  @Override
  default String whyUndefined(EvaluationRows rows) {
    return WeightedMean.weighs(rows)
        ? "no class has %s among %d rows".formatted(lack(), rows.size())
        : Metric.super.whyUndefined(rows);
  }
}
