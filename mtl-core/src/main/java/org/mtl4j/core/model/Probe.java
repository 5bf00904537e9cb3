package org.mtl4j.core.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Something of a forward pass that is worth looking at, beside the predictions. A model names its
 * probes; whoever looks (the diagnosis of a run, say) takes those of the kinds that it knows, so
 * that a model with gates of its own joins in by declaring them.
 */
public sealed interface Probe {
  /** What to look at. */
  Operand<TFloating> tensor();

  /**
   * What a task mixes experts by.
   *
   * @param task the task whose gate it is
   * @param experts names of the probes of the experts that it mixes, in the order of the weights
   * @param tensor [B, experts], rows summing to 1
   */
  record Gate(String task, List<String> experts, Operand<TFloating> tensor) implements Probe {
    /** Copies the list. */
    public Gate {
      experts = List.copyOf(experts);
    }
  }

  /**
   * What an expert puts out, before any gate.
   *
   * @param tensor [B, width]
   */
  record Expert(Operand<TFloating> tensor) implements Probe {}

  /**
   * Weights that are the same for every row, as those of a cross-stitch unit are.
   *
   * @param tensor of any shape
   */
  record Weights(Operand<TFloating> tensor) implements Probe {}
}
