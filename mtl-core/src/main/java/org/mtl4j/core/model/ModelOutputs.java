package org.mtl4j.core.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/**
 * What a model's forward pass gives.
 *
 * @param outputs one per {@link MultiTaskModel#outputs}, in that order
 * @param losses what to minimise; empty: every task output's own loss
 * @param updates what to do at the end of each training step, moving averages for instance; only
 *     the training pass's are run
 * @param probes what is worth looking at, by name: {@code gate/click} for instance
 * @param shared names of the dense variables, or of the scopes that hold them, that several tasks
 *     share, for balancing methods that look at shared parameters only
 */
public record ModelOutputs(
    List<OutputTensor> outputs,
    List<ModelLoss> losses,
    List<Update> updates,
    Map<String, Probe> probes,
    Set<String> shared) {
  /** Something that a model does of its own at the end of a training step. */
  @FunctionalInterface
  public interface Update {
    /**
     * Adds the operation that does it. What it writes may be computed from any tensor of the
     * forward pass.
     *
     * @param tf makes operations that wait for every gradient of the step, so that nothing is
     *     written that another operation has still to read, and for the check that the step's
     *     losses and gradients are finite, so that a step which is refused writes nothing
     */
    Op add(Ops tf);
  }

  /** Copies the containers. */
  public ModelOutputs {
    outputs = List.copyOf(outputs);
    losses = List.copyOf(losses);
    updates = List.copyOf(updates);
    probes = Collections.unmodifiableMap(new LinkedHashMap<>(probes));
    shared = Set.copyOf(shared);
  }

  /** Outputs with their own losses, and the scopes that tasks share. */
  public static ModelOutputs of(List<OutputTensor> outputs, Set<String> shared) {
    return new ModelOutputs(outputs, List.of(), List.of(), Map.of(), shared);
  }

  /** The same with probes. */
  public ModelOutputs withProbes(Map<String, Probe> probes) {
    return new ModelOutputs(outputs, losses, updates, probes, shared);
  }

  /** The same with updates. */
  public ModelOutputs withUpdates(List<Update> updates) {
    return new ModelOutputs(outputs, losses, updates, probes, shared);
  }

  /** The same with losses. */
  public ModelOutputs withLosses(List<ModelLoss> losses) {
    return new ModelOutputs(outputs, losses, updates, probes, shared);
  }
}
