package org.mtl4j.core.training;

import java.util.Optional;
import org.mtl4j.core.graph.GraphContext;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * Where a step enters a training graph, beside its features.
 *
 * @param step its number [], from 1
 * @param rate by what learning rates are multiplied [], where there is a schedule
 * @param accumulation what takes it in pieces, where it is taken so
 * @param labels labels and weights
 */
record StepInputs(
    Placeholder<TInt64> step,
    Optional<Placeholder<TFloating>> rate,
    Optional<Accumulation> accumulation,
    LabelInputs labels) {
  /** Makes the placeholders. */
  static StepInputs of(GraphContext context, TrainerSpec spec) {
    Placeholder.Options scalar = Placeholder.shape(Shape.scalar());
    TrainerSpec.Updates updates = spec.updates();
    return new StepInputs(
        context.scope("step").tf().placeholder(TInt64.class, scalar),
        updates
            .schedule()
            .map(
                unused ->
                    context
                        .scope("rate")
                        .tf()
                        .placeholder(context.variables().type().tensorClass(), scalar)),
        updates
            .gradients()
            .microBatchSize()
            .map(unused -> new Accumulation(context.scope("pieces"))),
        new LabelInputs(context, spec.outputs()));
  }

  /** Where a model is built, whose random masks differ from piece to piece. */
  GraphContext masking(GraphContext training) {
    return accumulation
        .map(pieces -> training.withStep(pieces.maskStep(training.tf(), step)))
        .orElse(training);
  }

  /** The factor of learning rates, as updates take it. */
  Optional<Operand<TFloating>> factor() {
    return rate.map(Placeholder::asOutput);
  }
}
