package org.mtl4j.models.taskrelationship;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.HostUpdate;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.graph.WideOps;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelLoss;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.Probe;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.component.Layers;
import org.mtl4j.models.component.Regularized;
import org.mtl4j.models.component.TowerHeads;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Task relationship learning: Zhang and Yeung, "A convex formulation for learning task
 * relationships in multi-task learning", UAI 2010, on a shared bottom. The weights of the last
 * layer, a column w_t a task, have a covariance between tasks that is learnt with them: positive
 * where tasks go together, negative where one is the opposite of the other, 0 where they have
 * nothing to do with each other.
 *
 * <pre>
 * y_t   = w_t' f(x) + b_t,   W = [w_1, ..., w_T]
 * loss  = sum_t loss_t + strength * tr(W (Omega + 0.001 I)^-1 W')
 * Omega = (W' W)^(1/2) / tr((W' W)^(1/2)), after every {@code update_every} steps
 * </pre>
 *
 * <p>Omega is I / T at first. It is the minimum of the loss for given weights, with trace 1, and is
 * computed in Java between steps; the gradient takes it as it stands. The paper's lambda_2 / 2 is
 * {@code strength}, its lambda_1 / 2 {@code training.l2}. The paper solves for W and Omega by turns
 * to the end, over given features; here both go on together over features that are learnt, or with
 * no layers over those that are given. The 0.001 is there because W' W has no inverse where one
 * task's weights follow from another's.
 *
 * <p>Tasks of one logit are related, binary ones and regressions, two at least; others have heads
 * on the bottom beside them. x [B, width of all features] to a logit [B] a task ([B, classes] for a
 * multiclass one). Probe: {@code relationship} [T, T], Omega, of the related tasks in their order.
 * State: {@code task_relationship/covariance}. Use it to learn which tasks go together, and where
 * tasks have few labels; what it relates is linear in the bottom.
 *
 * @param bottomLayers widths of the shared ReLU layers; none: f(x) = x, as in the paper
 * @param strength factor of the term, at least 0
 * @param updateEvery steps from one update of Omega to the next, at least 1
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every hidden layer's sums: none, batch or layer
 */
@Summary(
    "Task relationships (Zhang and Yeung, UAI 2010): a learnt covariance of the tasks' last layers.")
public record TaskRelationship(
    @Default("[128, 64]") List<Integer> bottomLayers,
    @Default("0.001") double strength,
    @Default("100") int updateEvery,
    @Default("0") double dropout,
    @Default("none") Normalization normalization)
    implements MultiTaskModel {
  private static final double EPSILON = 1e-3;
  private static final int LEAST_TASKS = 2;

  /**
   * Checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public TaskRelationship {
    bottomLayers = Layers.checked("bottom_layers", bottomLayers);
    strength = Regularized.strength("strength", strength);
    if (updateEvery < 1) {
      throw new IllegalArgumentException("update_every: expected at least 1, found " + updateEvery);
    }
    dropout = Layers.dropout(dropout);
  }

  @Override
  public List<OutputSpec> outputs(List<FittedTask> tasks) {
    if (related(tasks).size() < LEAST_TASKS) {
      throw new IllegalArgumentException(
          "task_relationship: expected at least two tasks of one number (binary, regression), found "
              + related(tasks).stream().map(FittedTask::name).toList());
    }
    return MultiTaskModel.super.outputs(tasks);
  }

  private static List<FittedTask> related(List<FittedTask> tasks) {
    return tasks.stream().filter(t -> t.encoding().names().isEmpty() && t.width() == 1).toList();
  }

  /** The bottom under one head, which has nothing to be related to. */
  @Override
  public MultiTaskModel forTask(String task) {
    return this::plain;
  }

  private ModelOutputs plain(ModelInputs inputs, ModelContext context) {
    Operand<TFloating> shared =
        new Mlp(bottomLayers, dropout, normalization)
            .apply(context.graph().scope("task_relationship"), inputs.features().all());
    TowerHeads heads = new TowerHeads(new Mlp(List.of(), 0));
    return ModelOutputs.of(heads.apply(context, shared), Set.of("task_relationship"));
  }

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    ModelOutputs outputs = plain(inputs, context);
    GraphContext scope = context.graph().scope("task_relationship");
    List<FittedTask> related = related(context.tasks());
    int tasks = related.size();
    Variable covariance =
        scope
            .variables()
            .get(
                scope.path() + "/covariance",
                Shape.of(tasks, tasks),
                new Initializer.Identity(tasks, 1.0 / tasks));
    Operand<TFloating> weights = weights(context, related);
    if (scope.isTraining()) {
      scope.betweenSteps(
          new HostUpdate(updateEvery, weights, covariance, now -> TaskCovariance.of(now, tasks)));
    }
    return outputs
        .withLosses(Regularized.losses(context.tasks(), term(scope, weights, covariance, tasks)))
        .withProbes(Map.of("relationship", new Probe.Weights(covariance.value())));
  }

  /** The heads' kernels [units, 1] side by side: W' [T, units]. */
  private static Operand<TFloating> weights(ModelContext context, List<FittedTask> tasks) {
    List<Operand<TFloating>> heads = new ArrayList<>();
    for (FittedTask task : tasks) {
      GraphContext head = context.graph().scope("head_" + task.name()).scope("logit");
      heads.add(head.variable("kernel"));
    }
    Ops tf = context.graph().scope("task_relationship").tf();
    Operand<TFloating> stacked = WideOps.stack(tf, heads, 0);
    return tf.reshape(stacked, tf.constant(new int[] {tasks.size(), -1}));
  }

  /** tr(W P W') for P the inverse: the sum over the elements of W' times those of P W'. */
  private ModelLoss.Regularizer term(
      GraphContext scope, Operand<TFloating> weights, Variable covariance, int tasks) {
    Ops tf = scope.tf();
    Operand<TFloating> ridge =
        tf.linalg.tensorDiag(tf.fill(tf.constant(new int[] {tasks}), scope.constant(EPSILON)));
    Operand<TFloating> inverse =
        tf.stopGradient(tf.linalg.inv(tf.math.add(covariance.value(), ridge)));
    Operand<TFloating> products = tf.math.mul(weights, tf.linalg.matMul(inverse, weights));
    Operand<TFloating> trace =
        tf.sum(tf.reshape(products, tf.constant(new int[] {-1})), tf.constant(0));
    return new ModelLoss.Regularizer("relationship", tf.math.mul(trace, scope.constant(strength)));
  }
}
