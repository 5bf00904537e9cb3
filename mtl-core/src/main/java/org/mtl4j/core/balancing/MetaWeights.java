package org.mtl4j.core.balancing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * Weights that are learnt from what they do to rows that a step does not see: Liu, James, Davison
 * and Johns, "Auto-Lambda: disentangling dynamic task relationships", TMLR 2022. The weights w = n
 * softmax(a), over the n tasks that a batch speaks about, go down the held-out loss after a step of
 * gradient descent on the other rows,
 *
 * <pre>
 * V(x - r sum of w grad(L)),   V the sum of the tasks' losses over the held-out rows
 * </pre>
 *
 * The paper takes its slope by finite differences of second order. For a small step r the slope is
 * exact without them, -r grad(V) . grad(L) by each w, and a moves by Adam, which does not care for
 * r, and with L2 decay:
 *
 * <pre>
 * slope of a = -z (p - sum of z p) / sum of |p| + decay a,   z = softmax(a),   p = grad(V) . grad(L)
 * </pre>
 *
 * As in the paper the held-out rows are training rows: every n-th of a batch, others in each step.
 * They judge weights, and then all rows of the batch are trained on with them; a validation split
 * stays untouched. A backward pass a task, and two more.
 *
 * @param heldOut share of a batch's rows that judge, above 0 and at most 0.5; the nearest 1 / n
 * @param learningRate of a, above 0
 * @param decay of a, at least 0
 */
public record MetaWeights(
    @Default("0.25") double heldOut,
    @Default("0.01") double learningRate,
    @Default("0.001") double decay)
    implements LossBalancing {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public MetaWeights {
    if (!(heldOut > 0 && heldOut <= 0.5)) {
      throw new IllegalArgumentException(
          "held_out: expected a number above 0 and at most 0.5, found " + heldOut);
    }
    Hyperparameters.positive("learning_rate", learningRate);
    Hyperparameters.notNegative("decay", decay);
  }

  @Override
  public Balanced balance(Inputs inputs) {
    GraphContext context = inputs.context();
    Ops tf = context.tf();
    Variable logits = new State(inputs, "meta").perTask("logits", 0);
    Operand<TFloating> present = WeightedSum.present(inputs);
    Operand<TFloating> shares = WeightedSum.softmax(context, logits.value(), present);
    Operand<TFloating> weights = tf.math.mul(shares, WeightedSum.total(tf, present));
    Operand<TFloating> slope = slope(inputs, logits.value());
    return WeightedSum.of(inputs, weights)
        .withActions(Balanced.Actions.inStep(update -> move(update, logits, slope)));
  }

  /** By each logit the slope of the held-out loss, in sums of |p|. */
  private Operand<TFloating> slope(Inputs inputs, Operand<TFloating> logits) {
    GraphContext context = inputs.context();
    Ops tf = context.tf();
    int every = Math.toIntExact(Math.min(Integer.MAX_VALUE, Math.round(1 / heldOut)));
    Inputs judging = over(inputs, new RowFold(every, true));
    Inputs seen = over(inputs, new RowFold(every, false));
    Operand<TFloating> held = WeightedSum.total(tf, WeightedSum.losses(judging));
    List<Optional<Operand<TFloating>>> along = inputs.gradients().apply(held);
    List<Operand<TFloating>> each = new ArrayList<>();
    for (Objective objective : seen.objectives()) {
      each.add(product(context, along, inputs.gradients().apply(objective.loss())));
    }
    Operand<TFloating> products = tf.stack(each);
    Operand<TFloating> z = WeightedSum.softmax(context, logits, WeightedSum.present(seen));
    Operand<TFloating> mean = WeightedSum.total(tf, tf.math.mul(z, products));
    return tf.math.divNoNan(
        tf.math.mul(z, tf.math.sub(mean, products)), WeightedSum.total(tf, tf.math.abs(products)));
  }

  private static Inputs over(Inputs inputs, RowFold fold) {
    List<Objective> part = inputs.objectives().stream().map(o -> o.over().apply(fold)).toList();
    return new Inputs(inputs.context(), part, inputs.regularizers(), inputs.gradients());
  }

  /** The inner product over all that is trained. */
  private static Operand<TFloating> product(
      GraphContext context,
      List<Optional<Operand<TFloating>>> x,
      List<Optional<Operand<TFloating>>> y) {
    Ops tf = context.tf();
    List<Operand<TFloating>> terms = new ArrayList<>(List.of(context.constant(0)));
    for (int i = 0; i < x.size(); i++) {
      if (x.get(i).isPresent() && y.get(i).isPresent()) {
        Operand<TFloating> both = tf.math.mul(x.get(i).get(), y.get(i).get());
        terms.add(WeightedSum.total(tf, tf.reshape(both, tf.constant(new int[] {-1}))));
      }
    }
    return tf.math.addN(terms);
  }

  private Op move(UpdateContext context, Variable logits, Operand<TFloating> slope) {
    Ops tf = context.tf();
    Operand<TFloating> decayed =
        tf.math.add(slope, tf.math.mul(context.constant(decay), logits.value()));
    return new Adam(learningRate, 0.9, 0.999, 1e-8).updateDense(context, logits, decayed);
  }
}
