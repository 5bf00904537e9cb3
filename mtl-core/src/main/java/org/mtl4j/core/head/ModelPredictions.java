package org.mtl4j.core.head;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.OutputTensor;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** What users see of a forward pass. */
public final class ModelPredictions {
  private ModelPredictions() {}

  /**
   * Per output its prediction, [B] or [B, classes], in the outputs' order; where a share of a
   * task's negatives was left out of training, as it is over all rows. Every way to a prediction,
   * in training and in an export, comes through here.
   *
   * @param root the pass
   * @param specs the model's outputs
   * @param outputs what the pass gave
   */
  public static Map<String, Operand<TFloating>> of(
      GraphContext root, List<OutputSpec> specs, ModelOutputs outputs) {
    Map<String, Operand<TFloating>> predictions = new LinkedHashMap<>();
    GraphContext parent = root.scope("predictions");
    RateCorrection correction = new RateCorrection(parent, specs, outputs.outputs());
    for (int i = 0; i < specs.size(); i++) {
      OutputSpec spec = specs.get(i);
      GraphContext scope = parent.scope(spec.name());
      OutputTensor output = correction.of(spec, outputs.outputs().get(i));
      predictions.put(spec.name(), TaskHead.of(spec).prediction(scope, output));
    }
    return predictions;
  }
}
