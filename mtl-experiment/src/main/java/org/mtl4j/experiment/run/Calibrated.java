package org.mtl4j.experiment.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.model.CalibrationMethod;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.data.split.Split;
import org.mtl4j.eval.calibration.CalibrationResult;
import org.mtl4j.eval.evaluator.Measurement;

/**
 * What calibrating a run came to.
 *
 * @param judged the split by which it is judged
 * @param fits per task that asks for it what was found
 * @param outputs what may have changed by it: those of the tasks, and funnels through them
 * @param before the judged rows before
 */
record Calibrated(
    Split judged, Map<String, Fit> fits, List<OutputSpec> outputs, CalibrationLook before) {
  /** Where no task asks for it. */
  static final Calibrated NONE =
      new Calibrated(Split.TEST, Map.of(), List.of(), CalibrationLook.NONE);

  /** Copies the containers. */
  Calibrated {
    fits = new LinkedHashMap<>(fits);
    outputs = List.copyOf(outputs);
  }

  /**
   * What was found for a task.
   *
   * @param method that it asks for
   * @param result what fitting came to
   */
  record Fit(CalibrationMethod method, CalibrationResult result) {}

  /** Figures before and after, as {@code metrics.json} has them beside those of whole splits. */
  Map<String, Measurement> figures(CalibrationLook after) {
    Map<String, Measurement> figures = new LinkedHashMap<>();
    if (!outputs.isEmpty()) {
      String rows = ExperimentRunner.name(judged);
      figures.put(rows + "/uncalibrated", before.figures());
      figures.put(rows + "/calibrated", after.figures());
    }
    return figures;
  }
}
