package org.mtl4j.core.balancing;

import java.util.List;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.optimizer.Adam;
import org.mtl4j.core.optimizer.Hyperparameters;
import org.mtl4j.core.optimizer.UpdateContext;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Fast adaptive multitask optimisation: Liu, Feng, Stone and Liu, "FAMO: fast adaptive multitask
 * optimization", NeurIPS 2023. With z = softmax(w) over the tasks that a batch speaks about, a step
 * goes along
 *
 * <pre>
 * c sum of z grad(L) / L,   c = 1 / sum of z / L
 * </pre>
 *
 * and then w moves, by Adam with L2 decay, against the tasks whose log loss the step lowered most:
 * by the gradient of z times (log L before - log L after). Both losses are of the same batch, so a
 * step costs one forward pass more, whatever the number of tasks. Losses must not be negative; 1e-8
 * is added to each.
 *
 * @param learningRate of w, above 0
 * @param decay of w, at least 0
 */
public record Famo(@Default("0.025") double learningRate, @Default("0.001") double decay)
    implements LossBalancing {
  private static final double SMALLEST = 1e-8;

  /** Checks the ranges. */
  public Famo {
    Hyperparameters.positive("learning_rate", learningRate);
    Hyperparameters.notNegative("decay", decay);
  }

  @Override
  public Balanced balance(Inputs inputs) {
    GraphContext context = inputs.context();
    Ops tf = context.tf();
    State state = new State(inputs, "famo");
    Variable logits = state.perTask("logits", 0);
    Variable before = state.perTask("log_loss", 0);
    Operand<TFloating> present = WeightedSum.present(inputs);
    Operand<TFloating> z = WeightedSum.softmax(context, logits.value(), present);
    Operand<TFloating> losses =
        tf.stopGradient(tf.math.add(WeightedSum.losses(inputs), context.constant(SMALLEST)));
    Operand<TFloating> relative = tf.math.div(z, losses);
    Operand<TFloating> weights = tf.math.divNoNan(relative, WeightedSum.total(tf, relative));
    Operand<TFloating> logLosses = tf.math.log(losses);
    return WeightedSum.of(inputs, weights)
        .withActions(
            new Balanced.Actions(
                List.of(update -> State.write(update, before, logLosses)),
                List.of(
                    update ->
                        move(
                            update,
                            logits,
                            z,
                            tf.math.mul(present, tf.math.sub(before.value(), logLosses)))),
                List.of()));
  }

  /** One step of w down z . gains, and towards 0. */
  private Op move(
      UpdateContext context, Variable logits, Operand<TFloating> z, Operand<TFloating> gains) {
    Ops tf = context.tf();
    Operand<TFloating> mean = WeightedSum.total(tf, tf.math.mul(z, gains));
    Operand<TFloating> gradient =
        tf.math.add(
            tf.math.mul(z, tf.math.sub(gains, mean)),
            tf.math.mul(context.constant(decay), logits.value()));
    return new Adam(learningRate, 0.9, 0.999, 1e-8).updateDense(context, logits, gradient);
  }
}
