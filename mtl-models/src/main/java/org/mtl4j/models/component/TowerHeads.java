package org.mtl4j.models.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.core.head.TaskHead;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.task.FittedTask;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * The end that most architectures share: for each task a tower in the scope {@code tower_TASK} and
 * a linear layer in {@code head_TASK}.
 *
 * @param tower the tower's layers; none: the logit sits on the task's input directly
 */
public record TowerHeads(Mlp tower) {
  /** The logits of all tasks over one shared input [B, width]. */
  public List<OutputTensor> apply(ModelContext context, Operand<TFloating> shared) {
    return apply(context, (FittedTask task) -> shared);
  }

  /** The logits of all tasks, each over an input of its own [B, width]. */
  public List<OutputTensor> apply(
      ModelContext context, Function<FittedTask, Operand<TFloating>> inputOf) {
    List<OutputTensor> logits = new ArrayList<>();
    for (FittedTask task : context.tasks()) {
      logits.add(logit(context.graph(), task, inputOf.apply(task)));
    }
    return logits;
  }

  /**
   * The model of nothing but these towers over all features, each trained on its task's own rows by
   * its own loss: what is left of a funnel for one of its tasks.
   */
  public MultiTaskModel alone() {
    return (inputs, context) -> ModelOutputs.of(apply(context, inputs.features().all()), Set.of());
  }

  /** The logit of one task over its input [B, width]. */
  public OutputTensor.Logit logit(GraphContext root, FittedTask task, Operand<TFloating> input) {
    Operand<TFloating> hidden = tower.apply(root.scope("tower_" + task.name()), input);
    return TaskHead.logit(root, task, hidden);
  }
}
