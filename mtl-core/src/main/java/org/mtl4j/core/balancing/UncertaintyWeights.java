package org.mtl4j.core.balancing;

import java.util.List;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.optimizer.Adam;
import org.mtl4j.core.optimizer.Hyperparameters;
import org.mtl4j.core.task.RegressionLoss;
import org.mtl4j.core.task.TaskType;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Weights by homoscedastic uncertainty: Kendall, Gal and Cipolla, "Multi-task learning using
 * uncertainty to weigh losses for scene geometry and semantics", CVPR 2018. Each task learns s =
 * log sigma^2 from 0 on, and a step goes down
 *
 * <pre>
 * sum over tasks of  c exp(-s) L + s / 2,   c = 1/2 for a regression, otherwise 1
 * </pre>
 *
 * (equations 7 and 10 of the paper). In a batch that does not speak about a task the gradient of
 * its s is 0. The paper trains s by the network's optimiser; here Adam does, at a rate of its own,
 * so that the choice of an optimiser does not change what weights are. Losses must not be negative.
 *
 * @param learningRate of s, above 0
 */
public record UncertaintyWeights(@Default("0.001") double learningRate) implements LossBalancing {
  /** Checks the range. */
  public UncertaintyWeights {
    Hyperparameters.positive("learning_rate", learningRate);
  }

  @Override
  public Balanced balance(Inputs inputs) {
    GraphContext context = inputs.context();
    Ops tf = context.tf();
    Variable logVariance = new State(inputs, "uncertainty").perTask("log_variance", 0);
    Operand<TFloating> s = logVariance.value();
    Operand<TFloating> weights = tf.math.mul(scales(inputs), tf.math.exp(tf.math.neg(s)));
    Balanced sum = WeightedSum.of(inputs, weights);
    Operand<TFloating> half = tf.math.mul(WeightedSum.present(inputs), context.constant(0.5));
    Operand<TFloating> slope =
        tf.stopGradient(tf.math.sub(half, tf.math.mul(weights, WeightedSum.losses(inputs))));
    Operand<TFloating> shown = tf.math.add(sum.loss(), WeightedSum.total(tf, tf.math.mul(half, s)));
    return new Balanced(
        shown,
        sum.gradients(),
        sum.weights(),
        sum.solve(),
        Balanced.Actions.inStep(
            update ->
                new Adam(learningRate, 0.9, 0.999, 1e-8).updateDense(update, logVariance, slope)));
  }

  /**
   * The paper's regression is a Gaussian's; every other loss is a negative log likelihood as is.
   */
  private static boolean isSquared(TaskType type) {
    return type instanceof TaskType.Regression number
        && (number.loss() instanceof RegressionLoss.Mse
            || number.loss() instanceof RegressionLoss.Huber);
  }

  private static Operand<TFloating> scales(Inputs inputs) {
    List<Operand<TFloating>> scales =
        inputs.objectives().stream()
            .map(o -> isSquared(o.task().type()) ? 0.5 : 1)
            .<Operand<TFloating>>map(inputs.context()::constant)
            .toList();
    return inputs.context().tf().stack(scales);
  }
}
