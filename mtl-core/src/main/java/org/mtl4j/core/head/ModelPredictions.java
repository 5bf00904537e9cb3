package org.mtl4j.core.head;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.model.Calibrator;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.task.TaskType;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** What users see of a forward pass. */
public final class ModelPredictions {
  private ModelPredictions() {}

  /**
   * What comes of a pass, per output in the outputs' order.
   *
   * @param predictions what users see, [B] or [B, classes]
   * @param outputs what they are made of, calibrated and corrected
   */
  public record Outcome(Map<String, Operand<TFloating>> predictions, List<OutputTensor> outputs) {
    /** Copies the containers, keeping their order. */
    public Outcome {
      predictions = Collections.unmodifiableMap(new LinkedHashMap<>(predictions));
      outputs = List.copyOf(outputs);
    }

    /**
     * Per output the number that explains its prediction: log odds [B] of a binary output, [B,
     * classes] of a multilabel one, logits [B, classes] of a multiclass one; of a regression the
     * prediction itself [B], of a task without a label all of its columns [B, columns].
     *
     * @param root the pass
     * @param specs the model's outputs
     */
    public Map<String, Operand<TFloating>> explained(GraphContext root, List<OutputSpec> specs) {
      GraphContext scope = root.scope("explained");
      Map<String, Operand<TFloating>> scores = new LinkedHashMap<>();
      for (int i = 0; i < specs.size(); i++) {
        String name = specs.get(i).name();
        scores.put(
            name,
            specs.get(i).type() instanceof TaskType.Regression
                    || specs.get(i).type().isUnsupervised()
                ? predictions.get(name)
                : Calibration.score(scope.scope(name), outputs.get(i)));
      }
      return scores;
    }
  }

  /** As {@link #outcome}, the predictions alone. */
  public static Map<String, Operand<TFloating>> of(
      GraphContext root,
      List<OutputSpec> specs,
      ModelOutputs outputs,
      Map<String, Calibrator> calibrators) {
    return outcome(root, specs, outputs, calibrators).predictions();
  }

  /**
   * Per output its prediction, [B] or [B, classes], in the outputs' order: calibrated, and where a
   * share of a task's negatives was left out of training, as it is over all rows. Every way to a
   * prediction, in training and in an export, comes through here.
   *
   * <p>Calibrated first: what a calibrator mends is the network's opinion of the rows that it was
   * trained on, and the correction is exact for probabilities that are right there. The other way
   * round a temperature would scale the known share of the negatives too.
   *
   * @param root the pass
   * @param specs the model's outputs
   * @param outputs what the pass gave
   * @param calibrators by output; an output without one is not calibrated
   */
  public static Outcome outcome(
      GraphContext root,
      List<OutputSpec> specs,
      ModelOutputs outputs,
      Map<String, Calibrator> calibrators) {
    Map<String, Operand<TFloating>> predictions = new LinkedHashMap<>();
    List<OutputTensor> finished = new ArrayList<>();
    GraphContext parent =
        root.scope(calibrators.isEmpty() ? "predictions" : "calibrated_predictions");
    List<OutputTensor> calibrated =
        new Calibration(parent, calibrators).of(specs, outputs.outputs());
    RateCorrection correction = new RateCorrection(parent, specs, calibrated);
    for (int i = 0; i < specs.size(); i++) {
      OutputSpec spec = specs.get(i);
      GraphContext scope = parent.scope(spec.name());
      OutputTensor output = correction.of(spec, calibrated.get(i));
      finished.add(output);
      predictions.put(spec.name(), TaskHead.of(spec).prediction(scope, output));
    }
    return new Outcome(predictions, finished);
  }

  /**
   * Per task's output what calibrators are fitted to: log odds [B] or logits [B, classes] as the
   * model computes them, neither calibrated nor corrected; none of a regression.
   *
   * @param root the pass
   * @param specs the model's outputs
   * @param outputs what the pass gave
   */
  public static Map<String, Operand<TFloating>> scores(
      GraphContext root, List<OutputSpec> specs, ModelOutputs outputs) {
    return Calibration.scores(root.scope("scores"), specs, outputs.outputs());
  }
}
