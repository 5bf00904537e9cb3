package org.mtl4j.eval.multitask;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The gain of a multi-task model over single-task ones, {@code delta_m}: the mean over the tasks of
 * how much better its figure is, relative to the single-task model's (Maninis, Radosavovic and
 * Kokkinos, CVPR 2019; Vandenhende and others, TPAMI 44(7), 2021).
 *
 * <pre>
 * delta_m = 1 / T sum over tasks t of s_t (m_t - b_t) / |b_t|, s_t = 1 where larger is better, else -1
 * </pre>
 *
 * <p>A ratio: 0.01 is one per cent better on average, below 0 learning together cost something.
 * Figures of different tasks weigh by their relative changes, so that a task whose single-task
 * figure is near 0 outweighs all others.
 */
public final class MultiTaskGain {
  private MultiTaskGain() {}

  /**
   * One task's figure in both models.
   *
   * @param multiTask of the model that learnt all tasks
   * @param singleTask of the model that learnt this one
   * @param higherIsBetter the metric's direction
   */
  public record Pair(double multiTask, double singleTask, boolean higherIsBetter) {
    /**
     * Checks the figures.
     *
     * @throws IllegalArgumentException if one is not a finite number
     */
    public Pair {
      if (!Double.isFinite(multiTask) || !Double.isFinite(singleTask)) {
        throw new IllegalArgumentException(
            "expected figures that are finite numbers, found %s and %s"
                .formatted(multiTask, singleTask));
      }
    }

    /** How much better the first is, relative to the second; empty where that is 0. */
    public OptionalDouble gain() {
      if (singleTask == 0) {
        return OptionalDouble.empty();
      }
      double change = (multiTask - singleTask) / Math.abs(singleTask);
      return OptionalDouble.of(higherIsBetter ? change : -change);
    }
  }

  /** The mean of the tasks' gains; empty where there are none, or one of them is not defined. */
  public static OptionalDouble mean(List<Pair> tasks) {
    return tasks.stream().allMatch(task -> task.gain().isPresent())
        ? tasks.stream().mapToDouble(task -> task.gain().getAsDouble()).average()
        : OptionalDouble.empty();
  }
}
