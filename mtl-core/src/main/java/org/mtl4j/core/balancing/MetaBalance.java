package org.mtl4j.core.balancing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.graph.WideOps;
import org.mtl4j.core.optimizer.Hyperparameters;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * MetaBalance: He, Feng, Cheng, Ji, Guo and Caverlee, "MetaBalance: improving multi-task
 * recommendations via adapting gradient magnitudes of auxiliary tasks", WWW 2022. One task is the
 * target; in each variable or table that tasks share, the gradient g of another task is brought
 * near the length that the target's has there:
 *
 * <pre>
 * g = relax g m(target) / m + (1 - relax) g,   m = beta m + (1 - beta) |g|
 * </pre>
 *
 * m a moving average from 0. A task that a batch does not speak about keeps its m. The step is the
 * sum over tasks; what one task has of its own follows that task's loss as it is. A backward pass a
 * task.
 *
 * @param target the task that matters
 * @param relax from 0 (gradients as they are) to 1 (all of the target's length)
 * @param beta decay of the averages, in [0, 1)
 * @param adjust which gradients are changed
 */
public record MetaBalance(
    String target,
    @Default("0.7") double relax,
    @Default("0.9") double beta,
    @Default("both") Adjust adjust)
    implements LossBalancing {
  /** Which gradients of other tasks are changed: the paper's strategies. */
  public enum Adjust {
    /** Those longer than the target's. */
    LONGER,
    /** Those shorter than the target's. */
    SHORTER,
    /** All. */
    BOTH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public MetaBalance {
    Hyperparameters.decay("beta", beta);
    if (!(relax >= 0 && relax <= 1)) {
      throw new IllegalArgumentException("relax: expected a number from 0 to 1, found " + relax);
    }
  }

  @Override
  public void check(List<String> tasks) {
    TaskNames.check("target", target, tasks);
  }

  @Override
  public Balanced balance(Inputs inputs) {
    TaskGradients gradients = TaskGradients.of(inputs);
    State state = new State(inputs, "metabalance");
    Balanced sum = new StaticWeights().balance(inputs);
    List<Optional<Operand<TFloating>>> regularizing = regularizing(inputs);
    List<Optional<Operand<TFloating>>> balanced = new ArrayList<>(sum.gradients());
    List<Balanced.Action> actions = new ArrayList<>();
    for (int tensor : gradients.shared()) {
      Variable lengths = state.perTask("lengths/" + inputs.gradients().names().get(tensor), 0);
      Operand<TFloating> rows = gradients.rows(tensor);
      Operand<TFloating> moved = moved(inputs, gradients.squares(rows), lengths.value());
      Operand<TFloating> like = sum.gradients().get(tensor).orElseThrow();
      Operand<TFloating> all = weighted(inputs, factors(inputs, moved), rows, like);
      balanced.set(tensor, Optional.of(with(inputs, all, regularizing.get(tensor))));
      actions.add(update -> State.write(update, lengths, moved));
    }
    return new Balanced(
        sum.loss(),
        balanced,
        Optional.empty(),
        Optional.empty(),
        actions.isEmpty()
            ? Balanced.Actions.none()
            : new Balanced.Actions(actions, List.of(), List.of()));
  }

  private static List<Optional<Operand<TFloating>>> regularizing(Inputs inputs) {
    if (inputs.regularizers().isEmpty()) {
      return inputs.gradients().apply(inputs.context().constant(0));
    }
    return inputs.gradients().apply(WideOps.sum(inputs.context().tf(), inputs.regularizers()));
  }

  private static Operand<TFloating> with(
      Inputs inputs, Operand<TFloating> gradient, Optional<Operand<TFloating>> regularizing) {
    return regularizing.isEmpty()
        ? gradient
        : inputs.context().tf().math.add(gradient, regularizing.get());
  }

  /** [tasks]: the moving averages, this batch included. */
  private Operand<TFloating> moved(
      Inputs inputs, Operand<TFloating> squares, Operand<TFloating> averages) {
    GraphContext context = inputs.context();
    Ops tf = context.tf();
    Operand<TFloating> share = tf.math.mul(WeightedSum.present(inputs), context.constant(1 - beta));
    return tf.math.add(averages, tf.math.mul(share, tf.math.sub(tf.math.sqrt(squares), averages)));
  }

  /** [tasks]: what gradients are multiplied by; 1 where a length is not known yet. */
  private Operand<TFloating> factors(Inputs inputs, Operand<TFloating> lengths) {
    GraphContext context = inputs.context();
    Ops tf = context.tf();
    int index = inputs.objectives().stream().map(o -> o.task().name()).toList().indexOf(target);
    Operand<TFloating> ones = tf.onesLike(lengths);
    if (index < 0) {
      return ones;
    }
    Operand<TFloating> of = tf.gather(lengths, tf.constant(index), tf.constant(0));
    Operand<TFloating> ratios = tf.math.divNoNan(tf.math.mul(ones, of), lengths);
    Operand<TFloating> known =
        tf.select(tf.math.greater(ratios, context.constant(0)), ratios, ones);
    Operand<TFloating> chosen =
        switch (adjust) {
          case LONGER -> tf.math.minimum(known, ones);
          case SHORTER -> tf.math.maximum(known, ones);
          case BOTH -> known;
        };
    return tf.math.add(ones, tf.math.mul(context.constant(relax), tf.math.sub(chosen, ones)));
  }

  /** The sum of rows times factors, in the shape of a gradient. */
  private static Operand<TFloating> weighted(
      Inputs inputs, Operand<TFloating> factors, Operand<TFloating> rows, Operand<TFloating> like) {
    Ops tf = inputs.context().tf();
    Operand<TFloating> each = tf.math.mul(rows, tf.expandDims(factors, tf.constant(1)));
    return tf.reshape(tf.sum(each, tf.constant(0)), tf.shape(like));
  }
}
