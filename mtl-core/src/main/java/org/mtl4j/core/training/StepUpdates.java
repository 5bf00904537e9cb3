package org.mtl4j.core.training;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.optimizer.UpdateContext;
import org.mtl4j.core.training.VariableGroup.Treatment;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.family.TFloating;

/** The optimisers' updates of a step, each from the epoch on in which its variable is trained. */
final class StepUpdates {
  private record Update(int from, Op op) {}

  private final TrainerSpec.Updates rules;
  private final TrainedParts parts;
  private final UpdateContext context;
  private final List<Update> updates = new ArrayList<>();

  /** None yet, in a context whose operations wait for every gradient. */
  StepUpdates(TrainerSpec.Updates rules, TrainedParts parts, UpdateContext context) {
    this.rules = rules;
    this.parts = parts;
    this.context = context;
  }

  /** Adds what is done in every step. */
  void always(Op op) {
    updates.add(new Update(0, op));
  }

  /** Adds the optimisers' updates. */
  void apply(List<Optional<Operand<TFloating>>> gradients) {
    List<Optional<Operand<TFloating>>> applied =
        rules
            .gradients()
            .clipping()
            .map(clipping -> clipping.apply(context.tf(), parts, gradients))
            .orElse(gradients);
    int dense = parts.dense().size();
    for (int i = 0; i < dense; i++) {
      Variable variable = parts.dense().get(i);
      applied.get(i).ifPresent(gradient -> updateDense(variable, gradient));
    }
    for (int i = 0; i < parts.stores().size(); i++) {
      int store = i;
      applied.get(dense + i).ifPresent(gradient -> updateStore(store, gradient));
    }
  }

  private void updateDense(Variable variable, Operand<TFloating> gradient) {
    Treatment treatment = parts.treatment(variable);
    UpdateContext scaled = context.scaled(treatment.factor());
    updates.add(
        new Update(treatment.from(), rules.dense().updateDense(scaled, variable, gradient)));
  }

  private void updateStore(int store, Operand<TFloating> gradient) {
    for (TrainedParts.Rows rows : parts.split(context.tf(), store, gradient)) {
      UpdateContext scaled = context.scaled(rows.treatment().factor());
      Op op =
          rules
              .embedding()
              .updateRows(scaled, parts.stores().get(store).table(), rows.ids(), rows.gradient());
      updates.add(new Update(rows.treatment().from(), op));
    }
  }

  /** By epochs finished from which on it holds: all that a step does then. */
  NavigableMap<Integer, Op> byEpoch() {
    NavigableMap<Integer, Op> steps = new TreeMap<>();
    List<Integer> epochs = new ArrayList<>(List.of(0));
    epochs.addAll(parts.thaws().keySet());
    for (int epoch : epochs) {
      List<Op> due = updates.stream().filter(u -> u.from() <= epoch).map(Update::op).toList();
      steps.put(epoch, context.tf().withControlDependencies(due).noOp());
    }
    return steps;
  }
}
