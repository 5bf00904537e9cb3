package org.mtl4j.models.component;

import java.util.List;
import org.mtl4j.core.graph.GraphContext;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** What experts make of a batch: per row and expert a vector, all of one width. */
public sealed interface ExpertOutputs permits SeparateExperts, MergedExperts {
  /** Experts of any making, a tensor [B, width] an expert. */
  static ExpertOutputs of(List<Operand<TFloating>> outputs) {
    return new SeparateExperts(List.copyOf(outputs));
  }

  /**
   * The experts' outputs mixed by a gate.
   *
   * @param gate [B, experts]
   * @return [B, width]: sum over experts of gate * output
   */
  Operand<TFloating> mix(GraphContext scope, Operand<TFloating> gate);

  /** The same outputs, through which no gradient goes. */
  ExpertOutputs stopped(GraphContext scope);

  /** Each expert's own output, a tensor [B, width] an expert, to be looked at. */
  List<Operand<TFloating>> each(GraphContext scope);
}
