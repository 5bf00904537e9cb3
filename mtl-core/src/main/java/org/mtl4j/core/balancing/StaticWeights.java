package org.mtl4j.core.balancing;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** The sum of the tasks' mean losses, each times its {@code loss_weight}, plus the regularisers. */
public record StaticWeights() implements LossBalancing {
  @Override
  public Balanced balance(Inputs inputs) {
    List<Operand<TFloating>> terms = new ArrayList<>(inputs.regularizers());
    inputs.objectives().forEach(objective -> terms.add(objective.loss()));
    Operand<TFloating> loss = inputs.context().tf().math.addN(terms);
    return new Balanced(loss, inputs.gradients().apply(loss));
  }
}
