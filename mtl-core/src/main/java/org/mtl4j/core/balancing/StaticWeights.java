package org.mtl4j.core.balancing;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.core.head.TaskLoss;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** The sum of the tasks' mean losses, each times its {@code loss_weight}, plus the regularisers. */
public record StaticWeights() implements LossBalancing {
  @Override
  public Balanced balance(Inputs inputs) {
    Ops tf = inputs.context().tf();
    List<Operand<TFloating>> terms = new ArrayList<>(inputs.losses().regularizers());
    List<TaskLoss> tasks = inputs.losses().tasks();
    for (int i = 0; i < tasks.size(); i++) {
      Operand<TFloating> weight = inputs.context().constant(inputs.lossWeights().get(i));
      terms.add(tf.math.mul(tasks.get(i).mean(), weight));
    }
    Operand<TFloating> loss = tf.math.addN(terms);
    return new Balanced(loss, inputs.gradients().apply(loss));
  }
}
