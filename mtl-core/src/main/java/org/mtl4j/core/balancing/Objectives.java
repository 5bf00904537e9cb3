package org.mtl4j.core.balancing;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.WideOps;
import org.mtl4j.core.head.ModelLosses;
import org.mtl4j.core.head.TaskLoss;
import org.mtl4j.core.task.Task;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Makes of the losses of a step one objective a task: a task may have several losses. */
public final class Objectives {
  private Objectives() {}

  /** The objectives of the tasks that have a loss, in the order of the tasks. */
  public static List<Objective> of(GraphContext context, ModelLosses losses, List<Task> tasks) {
    List<Objective> objectives = new ArrayList<>();
    for (Task task : tasks) {
      List<TaskLoss> own =
          losses.tasks().stream().filter(loss -> loss.task().equals(task.name())).toList();
      if (!own.isEmpty()) {
        objectives.add(of(context, task, own));
      }
    }
    return objectives;
  }

  private static Objective of(GraphContext context, Task task, List<TaskLoss> losses) {
    Ops tf = context.tf();
    List<Operand<TFloating>> means = new ArrayList<>();
    List<Operand<TFloating>> rows = new ArrayList<>();
    for (TaskLoss loss : losses) {
      means.add(tf.math.mul(loss.mean(), context.constant(task.lossWeight())));
      rows.add(loss.denominator());
    }
    boolean counts = task.lossWeight() > 0;
    return new Objective(
        task,
        WideOps.sum(tf, means),
        counts ? tf.math.sign(WideOps.sum(tf, rows)) : context.constant(0),
        fold -> of(context, task, losses.stream().map(loss -> over(context, loss, fold)).toList()));
  }

  private static TaskLoss over(GraphContext context, TaskLoss loss, RowFold fold) {
    return loss.over(context, fold.of(context, loss.rows().weights()));
  }
}
