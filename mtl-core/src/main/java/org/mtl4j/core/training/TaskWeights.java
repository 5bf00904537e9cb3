package org.mtl4j.core.training;

import static java.util.stream.Collectors.toSet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mtl4j.core.head.ModelLosses;
import org.mtl4j.core.head.TaskLoss;
import org.mtl4j.core.task.Task;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * The weights that a balancing method gives in a step.
 *
 * @param tasks those that have a loss, in order
 * @param tensor [tasks], without {@code loss_weight}
 */
record TaskWeights(List<Task> tasks, Operand<TFloating> tensor) {
  TaskWeights {
    tasks = List.copyOf(tasks);
  }

  /**
   * The weights of those of the tasks that have a loss, as a method is given them.
   *
   * @param tensor the method's
   */
  static TaskWeights of(List<Task> tasks, ModelLosses losses, Operand<TFloating> tensor) {
    Set<String> learnt = losses.tasks().stream().map(TaskLoss::task).collect(toSet());
    return new TaskWeights(tasks.stream().filter(t -> learnt.contains(t.name())).toList(), tensor);
  }

  /** Per task its weight in a step, {@code loss_weight} included. */
  Map<String, Double> read(double[] values) {
    Map<String, Double> weights = new LinkedHashMap<>();
    for (int t = 0; t < tasks.size(); t++) {
      weights.put(tasks.get(t).name(), values[t] * tasks.get(t).lossWeight());
    }
    return weights;
  }
}
