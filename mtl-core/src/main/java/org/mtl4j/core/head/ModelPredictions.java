package org.mtl4j.core.head;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.OutputSpec;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** What users see of a forward pass. */
public final class ModelPredictions {
  private ModelPredictions() {}

  /**
   * Per output its prediction, [B] or [B, classes], in the outputs' order.
   *
   * @param root the pass
   * @param specs the model's outputs
   * @param outputs what the pass gave
   */
  public static Map<String, Operand<TFloating>> of(
      GraphContext root, List<OutputSpec> specs, ModelOutputs outputs) {
    Map<String, Operand<TFloating>> predictions = new LinkedHashMap<>();
    for (int i = 0; i < specs.size(); i++) {
      OutputSpec spec = specs.get(i);
      GraphContext scope = root.scope("predictions").scope(spec.name());
      predictions.put(spec.name(), TaskHead.of(spec).prediction(scope, outputs.outputs().get(i)));
    }
    return predictions;
  }
}
