package org.mtl4j.data.simulator;

import java.util.List;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;

/**
 * The keys of a {@code synthetic_regression} source.
 *
 * @param rows how many, at least 1
 * @param features columns x1, x2 and so on, at least as many as tasks
 * @param correlations of the tasks' weights, each in [-1, 1]: of task 2 with 1; of 3 with 1 and 2;
 *     of 4 with 1, 2 and 3 and so on: 1 number makes two tasks, 3 make three, 6 make four
 * @param slopes a_j of the sinusoids that bend each task; none: the tasks are linear
 * @param shifts b_j of the sinusoids, as many
 * @param noise variance of what is added to each label, at least 0
 * @param seed everything is drawn from it: equal configurations give equal rows
 */
@Summary("Regressions whose weights have correlations that are known (Ma and others, KDD 2018).")
public record RegressionConfig(
    @Default("10000") int rows,
    @Default("100") int features,
    @Default("[0.9]") List<Double> correlations,
    @Default("[0.5, 1, 1.5, 2, 2.5]") List<Double> slopes,
    @Default("[0, 1, 2, 3, 4]") List<Double> shifts,
    @Default("0.01") double noise,
    @Default("1") long seed) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public RegressionConfig {
    correlations = List.copyOf(correlations);
    checkAtLeast("rows", 1, rows);
    slopes = List.copyOf(slopes);
    shifts = List.copyOf(shifts);
    if (slopes.size() != shifts.size()) {
      throw new IllegalArgumentException(
          "shifts: expected one for each of the %d slopes, found %d"
              .formatted(slopes.size(), shifts.size()));
    }
    checkFinite("slopes", slopes);
    checkFinite("shifts", shifts);
    if (!(noise >= 0 && Double.isFinite(noise))) {
      throw new IllegalArgumentException("noise: expected a number from 0, found " + noise);
    }
    int tasks = tasks(correlations.size());
    if (tasks * (tasks - 1) / 2 != correlations.size() || correlations.isEmpty()) {
      throw new IllegalArgumentException(
          "correlations: expected 1, 3, 6, 10, ... numbers, for 2, 3, 4, 5, ... tasks, found "
              + correlations.size());
    }
    checkAtLeast("features", tasks, features);
    new CorrelationRoot(correlations, tasks); // Refuses those that no weights have.
  }

  private static void checkFinite(String key, List<Double> found) {
    if (!found.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(key + ": expected finite numbers, found " + found);
    }
  }

  private static void checkAtLeast(String key, int least, int found) {
    if (found < least) {
      throw new IllegalArgumentException(key + ": expected at least " + least + ", found " + found);
    }
  }

  /** The most tasks that so many pairs are enough for. */
  private static int tasks(int pairs) {
    return (int) ((1 + Math.sqrt(1 + 8.0 * pairs)) / 2);
  }

  /** Number of tasks. */
  public int tasks() {
    return tasks(correlations.size());
  }
}
