package org.mtl4j.core.balancing;

import java.util.Optional;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.optimizer.Hyperparameters;
import org.mtl4j.core.optimizer.UpdateContext;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Dynamic weight average: Liu, Johns and Davison, "End-to-end multi-task learning with attention",
 * CVPR 2019. A task whose loss falls more slowly counts more:
 *
 * <pre>
 * w = K softmax(r / temperature),   r = L(t - 1) / L(t - 2)
 * </pre>
 *
 * where L(t) is the task's mean loss over interval t, and r is 1 until two intervals have passed. A
 * task that an interval did not speak about keeps the mean of the one before.
 *
 * @param temperature above 0; the larger, the more equal are weights
 * @param every steps in an interval; absent: an epoch, as in the paper
 */
public record DynamicWeightAverage(@Default("2") double temperature, Optional<Integer> every)
    implements LossBalancing {
  /** Checks the ranges. */
  public DynamicWeightAverage {
    Hyperparameters.positive("temperature", temperature);
    new Interval(every);
  }

  /** The losses so far of an interval, and the means of the two before; [tasks] each. */
  private record Memory(Variable sum, Variable count, Variable last, Variable before) {
    static Memory of(Inputs inputs) {
      State state = new State(inputs, "dwa");
      return new Memory(
          state.perTask("sum", 0),
          state.perTask("count", 0),
          state.perTask("last", 0),
          state.perTask("before", 0));
    }

    /**
     * Writes the state after an interval, or goes on with it.
     *
     * @param ends scalar: 1 if the interval ends
     */
    Op write(
        UpdateContext context,
        Operand<TFloating> ends,
        Operand<TFloating> sums,
        Operand<TFloating> counts) {
      Ops tf = context.tf();
      Operand<TFloating> seen = tf.math.sign(counts);
      Operand<TFloating> mean =
          Interval.choose(context, seen, tf.math.divNoNan(sums, counts), last.value());
      Operand<TFloating> none = tf.zerosLike(sums);
      return State.all(
          context,
          State.write(context, sum, Interval.choose(context, ends, none, sums)),
          State.write(context, count, Interval.choose(context, ends, none, counts)),
          State.write(context, last, Interval.choose(context, ends, mean, last.value())),
          State.write(
              context, before, Interval.choose(context, ends, last.value(), before.value())));
    }
  }

  @Override
  public Balanced balance(Inputs inputs) {
    GraphContext context = inputs.context();
    Ops tf = context.tf();
    Memory memory = Memory.of(inputs);
    Interval interval = new Interval(every);
    Operand<TFloating> known = tf.math.sign(memory.before().value());
    Operand<TFloating> ratio = tf.math.divNoNan(memory.last().value(), memory.before().value());
    Operand<TFloating> r = tf.math.add(ratio, tf.math.sub(context.constant(1), known));
    Operand<TFloating> weights =
        tf.math.mul(
            context.constant(inputs.objectives().size()),
            tf.nn.softmax(tf.math.div(r, context.constant(temperature))));
    Operand<TFloating> sums =
        tf.math.add(memory.sum().value(), tf.stopGradient(WeightedSum.losses(inputs)));
    Operand<TFloating> counts = tf.math.add(memory.count().value(), WeightedSum.present(inputs));
    Operand<TFloating> ends = interval.ends(context);
    return WeightedSum.of(inputs, weights)
        .withActions(
            interval.actions(
                update -> memory.write(update, ends, sums, counts),
                update ->
                    memory.write(
                        update, update.constant(1), memory.sum().value(), memory.count().value())));
  }
}
