package org.mtl4j.core.balancing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Weights that fade: at time t a task counts {@code loss_weight * g^t}, for auxiliary tasks that
 * are to help at the beginning and leave the field then.
 *
 * @param factors g by task, in (0, 1]; a task that is not named keeps its weight
 * @param every steps in a unit of t; absent: an epoch. t starts at 0
 */
public record DecayingWeights(Map<String, Double> factors, Optional<Integer> every)
    implements LossBalancing {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public DecayingWeights {
    factors = Map.copyOf(factors);
    factors.forEach(
        (task, factor) -> {
          if (!(factor > 0 && factor <= 1)) {
            throw new IllegalArgumentException(
                "factors: expected a number above 0 and at most 1 for %s, found %s"
                    .formatted(task, factor));
          }
        });
    new Interval(every);
  }

  @Override
  public void check(List<String> tasks) {
    factors.keySet().forEach(task -> TaskNames.check("factors", task, tasks));
  }

  @Override
  public Balanced balance(Inputs inputs) {
    GraphContext context = inputs.context();
    Ops tf = context.tf();
    Interval interval = new Interval(every);
    Variable time = new State(inputs, "decay").scalar("time", 0);
    List<Operand<TFloating>> weights =
        inputs.objectives().stream()
            .map(objective -> factors.getOrDefault(objective.task().name(), 1.0))
            .<Operand<TFloating>>map(g -> tf.math.pow(context.constant(g), time.value()))
            .toList();
    Operand<TFloating> passed = interval.ends(context);
    return WeightedSum.of(inputs, tf.stack(weights))
        .withActions(
            interval.actions(
                update -> State.write(update, time, update.tf().math.add(time.value(), passed)),
                update ->
                    State.write(
                        update, time, update.tf().math.add(time.value(), update.constant(1)))));
  }
}
