package org.mtl4j.core.balancing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.WideOps;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** The sum of the tasks' mean losses, each times its {@code loss_weight}, plus the regularisers. */
public record StaticWeights() implements LossBalancing {
  @Override
  public Balanced balance(Inputs inputs) {
    GraphContext context = inputs.context();
    List<Operand<TFloating>> terms = new ArrayList<>(inputs.regularizers());
    inputs.objectives().forEach(objective -> terms.add(objective.loss()));
    Operand<TFloating> loss = WideOps.sum(context.tf(), terms);
    Operand<TFloating> ones =
        context
            .tf()
            .fill(
                context.tf().constant(new int[] {inputs.objectives().size()}), context.constant(1));
    return new Balanced(
        loss,
        inputs.gradients().apply(loss),
        Optional.of(ones),
        Optional.empty(),
        Balanced.Actions.none());
  }
}
