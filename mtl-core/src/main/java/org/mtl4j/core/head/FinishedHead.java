package org.mtl4j.core.head;

import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.model.OutputTensor;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Of an output without a label: its loss is the model's own, and its prediction as the model says.
 */
record FinishedHead() implements TaskHead {
  @Override
  public Operand<TFloating> loss(
      GraphContext context, OutputTensor output, Operand<TFloating> labels, double smoothing) {
    throw new IllegalArgumentException(
        "output " + output.name() + ": expected a loss of the model's own, as it has no label");
  }

  @Override
  public Operand<TFloating> prediction(GraphContext context, OutputTensor output) {
    return output.tensor();
  }
}
