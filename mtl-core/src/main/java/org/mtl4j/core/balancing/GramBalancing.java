package org.mtl4j.core.balancing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mtl4j.core.balancing.LossBalancing.Inputs;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.provenance.Seed;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TFloating;

/**
 * The step of a method that weighs the tasks' gradients by their inner products: a backward pass a
 * task for the products, the weights in Java, and a weighted pass. What tasks share follows the
 * weighted sum; what one task has of its own follows that task's loss as it is, for no other task
 * conflicts with it there.
 */
final class GramBalancing {
  private GramBalancing() {}

  static Balanced of(Inputs inputs, GramSolver solver) {
    GraphContext context = inputs.context();
    Ops tf = context.tf();
    TaskGradients gradients = TaskGradients.of(inputs);
    Balanced sum = new StaticWeights().balance(inputs);
    if (gradients.shared().isEmpty()) {
      return sum;
    }
    int tasks = inputs.objectives().size();
    Placeholder<TFloating> weights =
        tf.placeholder(
            context.variables().type().tensorClass(), Placeholder.shape(Shape.of(tasks)));
    Operand<TFloating> products = tf.reshape(gradients.gram(), tf.constant(new int[] {-1}));
    Operand<TFloating> input =
        tf.concat(List.of(products, WeightedSum.present(inputs)), tf.constant(0));
    Seed seed = context.seed();
    Solve solve =
        new Solve(
            input,
            weights,
            (values, step) -> weights(values, tasks, solver, new Seed(seed.indexed(step))));
    List<Optional<Operand<TFloating>>> weighted = WeightedSum.of(inputs, weights).gradients();
    return new Balanced(
        sum.loss(),
        IntStream.range(0, gradients.tensors())
            .mapToObj(i -> gradients.isShared(i) ? weighted.get(i) : sum.gradients().get(i))
            .toList(),
        Optional.of(tf.identity(weights)),
        Optional.of(solve),
        Balanced.Actions.none());
  }

  /** The weights of all tasks; one without a gradient has 1. */
  static double[] weights(double[] values, int tasks, GramSolver solver, Seed seed) {
    int[] active =
        IntStream.range(0, tasks)
            .filter(t -> values[tasks * tasks + t] > 0 && values[t * tasks + t] > 0)
            .toArray();
    double[] weights = new double[tasks];
    Arrays.fill(weights, 1);
    if (active.length > 1) {
      double[][] gram = new double[active.length][active.length];
      for (int i = 0; i < active.length; i++) {
        for (int j = 0; j <= i; j++) {
          gram[i][j] = values[active[i] * tasks + active[j]];
          gram[j][i] = gram[i][j];
        }
      }
      double[] solved = solver.weights(gram, seed.random());
      for (int i = 0; i < active.length; i++) {
        weights[active[i]] = solved[i];
      }
    }
    return weights;
  }
}
