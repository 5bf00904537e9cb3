package org.mtl4j.testkit.balancing;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.mtl4j.core.task.Expression;
import org.mtl4j.core.task.RegressionLoss;
import org.mtl4j.core.task.SampleSpace;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;

/** Tasks of no data, for methods that see losses and gradients alone. */
final class Tasks {
  private Tasks() {}

  /** Binary {@code a}, a regression {@code b}, binary {@code c}. */
  static List<Task> three() {
    return List.of(
        task("a", new TaskType.Binary(List.of()), 1),
        task("b", new TaskType.Regression(new RegressionLoss.Mse()), 1),
        task("c", new TaskType.Binary(List.of()), 1));
  }

  static Task task(String name, TaskType type, double lossWeight) {
    return new Task(
        name, type, Expression.parse(name), SampleSpace.everywhere(), Optional.empty(), lossWeight);
  }

  /** A batch with losses in [0.1, 2.1) and gradients in [-1, 1). */
  static BalancingHarness.Step random(Random random, int tasks) {
    double[][] gradients = new double[tasks][];
    for (int t = 0; t < tasks; t++) {
      gradients[t] = random.doubles(BalancingHarness.SHARED, -1, 1).toArray();
    }
    return BalancingHarness.Step.of(random.doubles(tasks, 0.1, 2.1).toArray(), gradients);
  }

  /** The sum of the tasks' gradients times weights. */
  static double[] sum(BalancingHarness.Step step, double[] weights) {
    double[] sum = new double[BalancingHarness.SHARED];
    for (int t = 0; t < weights.length; t++) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += step.present()[t] * weights[t] * step.gradients()[t][i];
      }
    }
    return sum;
  }

  static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }
}
