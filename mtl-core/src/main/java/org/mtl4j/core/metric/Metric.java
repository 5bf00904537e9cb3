package org.mtl4j.core.metric;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.mtl4j.core.task.TaskType;

/**
 * One figure of an output's quality. Exact: no bins. Add one by writing the class, binding it and
 * subclassing the contract test of mtl-testkit.
 */
public interface Metric {
  /** The key under an output, say {@code auc} or {@code ndcg@10}. */
  String key();

  /** Whether the figure is defined for outputs of this type. */
  boolean appliesTo(TaskType type);

  /** Whether larger is better; otherwise smaller is. */
  boolean higherIsBetter();

  /**
   * The figure over rows that have a say; empty where it is not defined, say an AUC over one class.
   */
  OptionalDouble compute(EvaluationRows rows);

  /** What rows must hold for the figure to exist: groups, say, for one taken group by group. */
  default Set<RowPart> needs() {
    return Set.of();
  }

  /**
   * Whether a bootstrap says how far off the figure may be. It does not of one that counts what is
   * different, of which samples with replacement hold less.
   */
  default boolean canBeResampled() {
    return true;
  }

  /**
   * Whether a resample costs passes over the rows and no number of each that is sorted anew: rows
   * in files have no interval of one that does.
   */
  default boolean isResampledInPasses() {
    return true;
  }

  /**
   * Whether the figure says which of two models is better; otherwise it describes them, {@link
   * #higherIsBetter} says nothing, and no training can be stopped by it: predicted over observed
   * positives, say, are best at 1.
   */
  default boolean judges() {
    return true;
  }

  /**
   * What {@link #compute} leaves out of these rows, as the end of a sentence that begins with the
   * key: "genre/macro_auc is the mean over ...". Empty if it leaves nothing out.
   *
   * @param classes the output's classes in the order of the predictions
   */
  default Optional<String> caveat(EvaluationRows rows, List<String> classes) {
    return Optional.empty();
  }

  /**
   * Why {@link #compute} is empty over these rows, as the end of the sentence "click/auc is not
   * defined: ...". Asked only where it is empty.
   */
  default String whyUndefined(EvaluationRows rows) {
    if (rows.size() == 0) {
      return "no row has a say";
    }
    return needs().stream()
        .filter(part -> !rows.parts().contains(part))
        .min(Comparator.naturalOrder())
        .map(RowPart::lack)
        .orElseGet(() -> "the example weights of its %d rows add up to 0".formatted(rows.size()));
  }
}
