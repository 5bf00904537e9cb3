package org.mtl4j.core.balancing;

import java.util.List;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.graph.WideOps;
import org.mtl4j.core.optimizer.Hyperparameters;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Weights by difficulty: Guo, Haque, Huang, Yeung and Fei-Fei, "Dynamic task prioritization for
 * multitask learning", ECCV 2018. A task counts
 *
 * <pre>
 * w = -(1 - k)^gamma log k,   k = alpha kpi + (1 - alpha) k
 * </pre>
 *
 * where the performance kpi in (0, 1] is exp(-L) of the batch, L the mean loss before its {@code
 * loss_weight}: for a classification the geometric mean of the probability that the truth was
 * given. (The paper leaves the choice open, and takes accuracy; that is 99 % for a model of rare
 * clicks that learnt nothing.) What is learnt well counts less and less; weights have no fixed sum.
 *
 * @param gamma at least 0; 0: by -log k alone
 * @param alpha weight of the newest batch, in (0, 1]
 */
public record DynamicTaskPrioritization(@Default("1") double gamma, @Default("0.1") double alpha)
    implements LossBalancing {
  private static final double SMALLEST = 1e-6;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public DynamicTaskPrioritization {
    Hyperparameters.notNegative("gamma", gamma);
    Hyperparameters.positive("alpha", alpha);
    if (alpha > 1) {
      throw new IllegalArgumentException("alpha: expected a number of at most 1, found " + alpha);
    }
  }

  @Override
  public Balanced balance(Inputs inputs) {
    GraphContext context = inputs.context();
    Ops tf = context.tf();
    State state = new State(inputs, "dtp");
    Variable average = state.perTask("performance", 0);
    Variable seen = state.perTask("seen", 0);
    Operand<TFloating> kpi = tf.stopGradient(tf.math.exp(tf.math.neg(unweighted(inputs))));
    Operand<TFloating> present = WeightedSum.present(inputs);
    // The first batch of a task is its average; one that does not speak about it changes nothing.
    Operand<TFloating> share =
        tf.math.mul(
            present,
            tf.math.sub(
                context.constant(1), tf.math.mul(context.constant(1 - alpha), seen.value())));
    Operand<TFloating> moved =
        tf.math.add(average.value(), tf.math.mul(share, tf.math.sub(kpi, average.value())));
    Operand<TFloating> k =
        tf.math.minimum(
            tf.math.maximum(moved, context.constant(SMALLEST)), context.constant(1 - SMALLEST));
    Operand<TFloating> weights =
        tf.math.mul(
            tf.math.pow(tf.math.sub(context.constant(1), k), context.constant(gamma)),
            tf.math.neg(tf.math.log(k)));
    Operand<TFloating> seenNow = tf.math.maximum(seen.value(), present);
    return WeightedSum.of(inputs, weights)
        .withActions(
            Balanced.Actions.inStep(
                update ->
                    State.all(
                        update,
                        State.write(update, average, moved),
                        State.write(update, seen, seenNow))));
  }

  private static Operand<TFloating> unweighted(Inputs inputs) {
    GraphContext context = inputs.context();
    List<Operand<TFloating>> losses =
        inputs.objectives().stream()
            .<Operand<TFloating>>map(
                o -> context.tf().math.divNoNan(o.loss(), context.constant(o.task().lossWeight())))
            .toList();
    return WideOps.stack(context.tf(), losses, 0);
  }
}
