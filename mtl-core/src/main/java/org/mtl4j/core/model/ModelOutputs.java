package org.mtl4j.core.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.family.TFloating;

/**
 * What a model's forward pass gives.
 *
 * @param outputs one per {@link MultiTaskModel#outputs}, in that order
 * @param losses what to minimise; empty: every task output's own loss
 * @param updates operations to run with each training step, moving averages for instance; they may
 *     write no variable that the training pass reads
 * @param probes tensors worth looking at, by name: gate weights [B, experts] for instance
 * @param shared names of the dense variables, or of the scopes that hold them, that several tasks
 *     share, for balancing methods that look at shared parameters only
 */
public record ModelOutputs(
    List<OutputTensor> outputs,
    List<ModelLoss> losses,
    List<Op> updates,
    Map<String, Operand<TFloating>> probes,
    Set<String> shared) {
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
  public ModelOutputs withProbes(Map<String, Operand<TFloating>> probes) {
    return new ModelOutputs(outputs, losses, updates, probes, shared);
  }

  /** The same with losses. */
  public ModelOutputs withLosses(List<ModelLoss> losses) {
    return new ModelOutputs(outputs, losses, updates, probes, shared);
  }
}
