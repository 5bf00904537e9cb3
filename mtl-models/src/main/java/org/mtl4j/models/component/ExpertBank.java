package org.mtl4j.models.component;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.WideOps;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Experts that stand together at a gate: a task's own, or the shared ones.
 *
 * @param names of their probes, one an expert
 * @param outputs what they make of a batch
 */
public record ExpertBank(List<String> names, ExpertOutputs outputs) {
  /** Copies the list. */
  public ExpertBank {
    names = List.copyOf(names);
  }

  /**
   * A bank over x [B, in].
   *
   * @param scope of its variables
   * @param name of its probes, which are {@code NAME/1} and so on
   */
  public static ExpertBank of(
      GraphContext scope, String name, Experts experts, Operand<TFloating> x, Gates gates) {
    ExpertOutputs outputs = experts.apply(scope, x);
    return new ExpertBank(gates.see(name, scope.scope("probes"), outputs), outputs);
  }

  /**
   * The same experts, which in training learn nothing from whoever takes these. What predicts keeps
   * its gradients, for by them a prediction is explained.
   */
  public ExpertBank stopped(GraphContext scope) {
    return scope.isTraining() ? new ExpertBank(names, outputs.stopped(scope)) : this;
  }

  /** The names of the banks' experts, in order. */
  public static List<String> names(List<ExpertBank> banks) {
    return banks.stream().flatMap(bank -> bank.names().stream()).toList();
  }

  /** The banks' experts side by side, mixed by a gate [B, all of them]: [B, width]. */
  public static Operand<TFloating> mix(
      GraphContext scope, List<ExpertBank> banks, Operand<TFloating> gate) {
    if (banks.size() == 1) {
      return banks.get(0).outputs().mix(scope, gate);
    }
    Ops tf = scope.tf();
    int[] sizes = banks.stream().mapToInt(bank -> bank.names().size()).toArray();
    var share = tf.splitV(gate, tf.constant(sizes), tf.constant(1), (long) sizes.length).iterator();
    List<Operand<TFloating>> parts = new ArrayList<>();
    for (ExpertBank bank : banks) {
      parts.add(bank.outputs().mix(scope, share.next()));
    }
    return WideOps.sum(tf, parts);
  }
}
