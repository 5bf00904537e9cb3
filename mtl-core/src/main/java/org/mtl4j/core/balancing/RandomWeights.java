package org.mtl4j.core.balancing;

import java.util.List;
import org.mtl4j.core.graph.GraphContext;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * Random loss weighting: Lin, Ye, Zhang and Tsang, "Reasonable effectiveness of random weighting",
 * TMLR 2022. Each step draws z ~ N(0, 1) a task, and the weights are K softmax(z), K the number of
 * tasks; the paper leaves K out, and here weights keep a mean of 1, so that a learning rate means
 * what it means without balancing. A baseline that other methods have to beat; costs nothing.
 */
public record RandomWeights() implements LossBalancing {
  @Override
  public Balanced balance(Inputs inputs) {
    GraphContext context = inputs.context();
    Ops tf = context.tf();
    int tasks = inputs.objectives().size();
    Operand<TInt64> key =
        tf.stack(List.of(tf.constant(context.seed().child("random").value()), context.step()));
    Operand<TFloating> normal =
        tf.random.statelessRandomNormal(
            tf.constant(new int[] {tasks}), key, context.variables().type().tensorClass());
    return WeightedSum.of(inputs, tf.math.mul(context.constant(tasks), tf.nn.softmax(normal)));
  }
}
