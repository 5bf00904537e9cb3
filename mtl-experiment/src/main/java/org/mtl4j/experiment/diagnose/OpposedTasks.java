package org.mtl4j.experiment.diagnose;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Two tasks whose gradients pull shared layers in opposite directions (Yu and others, "Gradient
 * surgery for multi-task learning", NeurIPS 2020), on average over the whole training.
 */
final class OpposedTasks implements FindingRule {
  /**
   * Batches of unrelated tasks give cosines around 0: means of the examples' pairs lie between
   * -0.02 and 0.05 (docs/diagnosis.md).
   */
  static final double OPPOSED = -0.2;

  @Override
  public List<Finding> findings(Evidence evidence) {
    GradientTrace trace = evidence.gradients();
    return trace.pairs().stream()
        .filter(pair -> mean(trace, GradientTrace.ALL, pair) < OPPOSED)
        .map(pair -> finding(evidence, trace, pair))
        .toList();
  }

  private static double mean(GradientTrace trace, String layer, GradientTrace.Pair pair) {
    return trace.mean(layer, pair.one(), pair.other());
  }

  private static Finding finding(Evidence evidence, GradientTrace trace, GradientTrace.Pair pair) {
    String one = trace.tasks().get(pair.one());
    String other = trace.tasks().get(pair.other());
    Optional<String> worst =
        trace.layers().stream()
            .filter(layer -> !layer.equals(GradientTrace.ALL))
            .filter(layer -> !Double.isNaN(mean(trace, layer, pair)))
            .min(Comparator.comparingDouble(layer -> mean(trace, layer, pair)));
    boolean lost = evidence.lost(one) || evidence.lost(other);
    return new Finding(
        "OPPOSED_TASKS",
        lost ? Severity.WARNING : Severity.NOTE,
        List.of(one, other),
        "The gradients of %s and %s have a cosine of %s in all shared layers together, the mean over %d epochs%s. %s"
            .formatted(
                one,
                other,
                Words.signed(mean(trace, GradientTrace.ALL, pair)),
                trace.epochs().size(),
                worst
                    .map(
                        layer ->
                            "; the lowest is %s in %s"
                                .formatted(Words.signed(mean(trace, layer, pair)), layer))
                    .orElse(""),
                lost
                    ? "At least one of the two is shown to be better off alone."
                    : "Neither is shown to be better off alone."),
        "Let them share less: mmoe or cross_stitch in place of a shared bottom, larger towers, more units in shared layers; or train one of them by itself.");
  }
}
