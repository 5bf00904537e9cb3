package org.mtl4j.models.l2constrained;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.graph.WideOps;
import org.mtl4j.core.head.TaskHead;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelLoss;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.component.Layers;
import org.mtl4j.models.component.Regularized;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Soft parameter sharing: Duong, Cohn, Bird and Cook, "Low resource dependency parsing:
 * cross-lingual parameter sharing in a neural network parser", ACL 2015. Each of the T tasks has a
 * network of its own, and corresponding weights are held together by their squared distance:
 *
 * <pre>
 * y_t  = head_t(MLP_t(x))
 * loss = sum_t loss_t + strength / (T - 1) * sum over pairs s &lt; t of |W_s - W_t|^2
 * </pre>
 *
 * <p>W_t are the kernels and biases of a task's hidden layers; heads, whose widths differ, and what
 * normalises are a task's own. The paper has two languages, first the one trained and then the
 * other drawn to it, and both at once as a variant: this is the latter, which for T = 2 is the
 * paper's term. For more tasks it is the sum over all pairs, divided so that each task is drawn to
 * the mean of the others by {@code 2 strength} times the distance, however many they are. It is
 * computed as strength T / (T - 1) sum_t |W_t - mean|^2, the same in T terms.
 *
 * <p>x [B, width of all features] to a logit [B] a task ([B, classes] for a multiclass one). No
 * probes. All networks begin from values of their own. With a strength of 0 it is a network a task,
 * with a large one the tasks' networks become one: choose it by the validation rows. It costs T
 * networks.
 *
 * @param layers widths of each task's ReLU layers, at least one
 * @param strength factor of the squared distances, at least 0
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every hidden layer's sums: none, batch or layer
 */
@Summary(
    "Soft sharing (Duong and others, ACL 2015): a network a task, their weights held together.")
public record L2Constrained(
    @Default("[128, 64]") List<Integer> layers,
    @Default("0.0001") double strength,
    @Default("0") double dropout,
    @Default("none") Normalization normalization)
    implements MultiTaskModel {
  private static final List<String> HELD = List.of("kernel", "bias");

  /**
   * Checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public L2Constrained {
    layers = Layers.atLeastOne("layers", layers);
    strength = Regularized.strength("strength", strength);
    dropout = Layers.dropout(dropout);
  }

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    GraphContext scope = context.graph().scope("l2_constrained");
    Mlp network = new Mlp(layers, dropout, normalization);
    List<OutputTensor> logits = new ArrayList<>();
    for (FittedTask task : context.tasks()) {
      Operand<TFloating> hidden =
          network.apply(scope.scope("task_" + task.name()), inputs.features().all());
      logits.add(TaskHead.logit(context.graph(), task, hidden));
    }
    ModelOutputs outputs = ModelOutputs.of(logits, Set.of());
    return context.tasks().size() == 1
        ? outputs
        : outputs.withLosses(Regularized.losses(context.tasks(), distance(scope, context.tasks())));
  }

  /** How far apart the tasks' corresponding weights are. */
  private ModelLoss.Regularizer distance(GraphContext scope, List<FittedTask> tasks) {
    Ops tf = scope.tf();
    List<Operand<TFloating>> squares = new ArrayList<>();
    for (int layer = 1; layer <= layers.size(); layer++) {
      for (String name : HELD) {
        String place = "dense_" + layer;
        List<Operand<TFloating>> weights =
            tasks.stream()
                .map(task -> scope.scope("task_" + task.name()).scope(place).variable(name))
                .toList();
        // Of the sum of squares about the mean, the mean's own part of the gradient is 0.
        Operand<TFloating> mean =
            tf.stopGradient(
                tf.math.mul(WideOps.sum(tf, weights), scope.constant(1.0 / tasks.size())));
        weights.forEach(own -> squares.add(Regularized.squares(tf, tf.math.sub(own, mean))));
      }
    }
    double factor = strength * tasks.size() / (tasks.size() - 1);
    return new ModelLoss.Regularizer(
        "distance", tf.math.mul(WideOps.sum(tf, squares), scope.constant(factor)));
  }
}
