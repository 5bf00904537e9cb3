package org.mtl4j.core.training;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.core.metric.Goal;
import org.mtl4j.core.metric.MetricReport;

/**
 * By what a run's states are compared: which one is the best, and what is a gain. A state whose
 * figures are not all defined is never a gain, but the first state is the best until there is one
 * with figures, since there must be one to keep.
 */
public sealed interface Criterion {
  /** The figures that it asks for, the first one first. */
  List<Goal> goals();

  /**
   * The best state after an epoch.
   *
   * @param before the best one until then
   * @param now the state of now
   */
  Progress.Best after(Progress.Best before, State now);

  /**
   * A state as it is measured.
   *
   * @param step steps taken
   * @param epoch epochs finished
   * @param report figures of the validation rows
   */
  record State(long step, int epoch, MetricReport report) {}

  /**
   * One metric: a gain is a figure that is better than the best so far by more than {@code
   * minGain}.
   *
   * @param goal the metric and its direction
   * @param minGain in the metric's unit, from 0
   */
  record ByMetric(Goal goal, double minGain) implements Criterion {
    /**
     * Checks the least gain.
     *
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public ByMetric {
      checkMinGain(minGain);
    }

    @Override
    public List<Goal> goals() {
      return List.of(goal);
    }

    @Override
    public Progress.Best after(Progress.Best before, State now) {
      double value = goal.of(now.report());
      double lead = goal.higherIsBetter() ? value - before.value() : before.value() - value;
      return before.orValue(now.step(), value, lead > minGain);
    }
  }

  /**
   * A weighted sum of metrics, in which those where lower is better count with a minus; more is
   * better. A gain is a sum that is larger than the best so far by more than {@code minGain}.
   *
   * @param parts the metrics with their weights
   * @param minGain in the sum's unit, from 0
   */
  record ByWeightedSum(List<Part> parts, double minGain) implements Criterion {
    /**
     * Checks that there are parts, and the least gain.
     *
     * @throws IllegalArgumentException if there are none, or it is negative or not finite
     */
    public ByWeightedSum {
      parts = List.copyOf(parts);
      if (parts.isEmpty()) {
        throw new IllegalArgumentException("metrics: expected at least one, found none");
      }
      checkMinGain(minGain);
    }

    /**
     * A metric of a sum.
     *
     * @param goal the metric and its direction
     * @param weight what its figure is multiplied by, above 0
     */
    public record Part(Goal goal, double weight) {
      /**
       * Checks the weight.
       *
       * @throws IllegalArgumentException if it is not above 0, or not finite
       */
      public Part {
        if (!(weight > 0) || Double.isInfinite(weight)) {
          throw new IllegalArgumentException("weight: expected a number above 0, found " + weight);
        }
      }
    }

    @Override
    public List<Goal> goals() {
      return parts.stream().map(Part::goal).toList();
    }

    @Override
    public Progress.Best after(Progress.Best before, State now) {
      double sum = 0;
      for (Part part : parts) {
        double figure = part.goal().of(now.report());
        sum += part.weight() * (part.goal().higherIsBetter() ? figure : -figure);
      }
      return before.orValue(now.step(), sum, sum - before.value() > minGain);
    }
  }

  /**
   * Pareto dominance: a gain is a state to which no earlier one was at least as good in every goal.
   * The checkpoints of such states are kept as long as they are not dominated, up to a limit, and
   * the best is the one nearest to the ideal point.
   *
   * @param goals what counts, at least two metrics
   * @param keep number of checkpoints that are kept for it at most, from 1
   */
  record ByDominance(List<Goal> goals, int keep) implements Criterion {
    /**
     * Checks numbers.
     *
     * @throws IllegalArgumentException if there are fewer than two different goals, or nothing
     *     would be kept
     */
    public ByDominance {
      goals = List.copyOf(goals);
      if (goals.stream().distinct().count() < Math.max(2, goals.size())) {
        throw new IllegalArgumentException(
            "pareto: expected at least two different metrics, found "
                + goals.stream().map(Goal::metric).toList());
      }
      if (keep < 1) {
        throw new IllegalArgumentException("keep: expected at least 1, found " + keep);
      }
    }

    @Override
    public Progress.Best after(Progress.Best before, State now) {
      List<Double> figures = new ArrayList<>();
      goals.forEach(goal -> figures.add(goal.of(now.report())));
      ParetoFront front = new ParetoFront(goals, before.front());
      if (!front.admits(figures)) {
        return before.orValue(now.step(), Double.NaN, false);
      }
      ParetoFront next =
          front.with(new FrontState(now.step(), now.epoch(), figures, true)).limited(keep);
      long best = next.best().orElseThrow().step();
      return new Progress.Best(best, Double.NaN, 0, next.states());
    }
  }

  private static void checkMinGain(double minGain) {
    if (!(minGain >= 0) || Double.isInfinite(minGain)) {
      throw new IllegalArgumentException("min_gain: expected a number from 0, found " + minGain);
    }
  }
}
