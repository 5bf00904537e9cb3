package org.mtl4j.experiment.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.model.CalibrationMethod;
import org.mtl4j.core.model.Calibrator;
import org.mtl4j.core.model.LabelRule;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.data.split.Split;
import org.mtl4j.eval.calibration.CalibrationFit;
import org.mtl4j.eval.calibration.CalibrationResult;
import org.mtl4j.eval.evaluator.PredictionCollector;

/**
 * Calibrates the best state on the validation rows, and writes {@code calibration.json}. Whatever
 * is predicted afterwards, measured or exported, is calibrated. What the state predicts before is
 * looked at first.
 */
final class Calibrating {
  private final ExperimentPlan plan;
  private final ExperimentListener listener;

  Calibrating(ExperimentPlan plan, ExperimentListener listener) {
    this.plan = plan;
    this.listener = listener;
  }

  /**
   * Does nothing where no task asks for it.
   *
   * @param judged the split by which what it did is judged
   */
  Calibrated calibrate(TrainingSession session, ExperimentData data, Split judged, RunFiles files) {
    List<OutputSpec> outputs =
        session.spec().outputs().stream().filter(spec -> method(spec).isPresent()).toList();
    if (outputs.isEmpty()) {
      return Calibrated.NONE;
    }
    List<OutputSpec> changed =
        session.spec().outputs().stream().filter(spec -> isThrough(spec, outputs)).toList();
    CalibrationLook before = look(session, changed, data.split(judged).orElseThrow());
    Map<String, EvaluationRows> rows =
        rows(outputs, data.split(Split.VALIDATION).orElseThrow(), session::scores);
    Map<String, Calibrated.Fit> fits = new LinkedHashMap<>();
    Map<String, Calibrator> calibrators = new LinkedHashMap<>();
    Map<String, Object> written = new LinkedHashMap<>();
    for (OutputSpec output : outputs) {
      CalibrationResult result = fit(output, rows.get(output.name()));
      tell(output.name(), result);
      result.calibrator().ifPresent(found -> calibrators.put(output.name(), found));
      written.put(output.name(), json(output, result));
      fits.put(output.name(), new Calibrated.Fit(method(output).orElseThrow(), result));
    }
    session.calibrate(calibrators);
    files.changeJson(files.calibration(), written);
    return new Calibrated(judged, fits, changed, before);
  }

  /** Whether an output is one of these tasks, or a funnel through one. */
  private static boolean isThrough(OutputSpec output, List<OutputSpec> tasks) {
    List<String> stages =
        output.label() instanceof LabelRule.ThroughStages through
            ? through.stages()
            : List.of(output.name());
    return tasks.stream().anyMatch(task -> stages.contains(task.name()));
  }

  private CalibrationLook look(
      TrainingSession session, List<OutputSpec> outputs, EncodedData data) {
    session.calibrate(Map.of());
    return CalibrationLook.of(outputs, rows(outputs, data, session::predict));
  }

  /** Per output the rows that have a say, with what is asked of the session for them. */
  private Map<String, EvaluationRows> rows(
      List<OutputSpec> outputs,
      EncodedData data,
      BiConsumer<EncodedData, TrainingSession.PredictionSink> asked) {
    PredictionCollector collector = plan.judge().evaluator().collector(outputs);
    asked.accept(
        data,
        (from, found) -> {
          EncodedRows block = data.block(from, found.rowCount());
          collector.add(found, block.labels(), Optional.empty());
        });
    return collector.rows();
  }

  private Optional<CalibrationMethod> method(OutputSpec output) {
    return Optional.ofNullable(plan.config().tasks().get(output.name()))
        .flatMap(task -> task.calibration());
  }

  private CalibrationResult fit(OutputSpec output, EvaluationRows rows) {
    double offset =
        output.encoding() instanceof LabelEncoding.Indicator indicator
            ? Math.log(indicator.negativesKept())
            : 0;
    return CalibrationFit.of(method(output).orElseThrow(), rows, offset);
  }

  private void tell(String output, CalibrationResult result) {
    result.warnings().stream().map(why -> words(output, result, why)).forEach(listener::onWarning);
    result
        .calibrator()
        .ifPresent(
            found ->
                listener.onNote(
                    "%s is calibrated by %s on %d validation rows: log loss %.6f, before %.6f"
                        .formatted(
                            output,
                            found.method().key(),
                            result.rows(),
                            result.after(),
                            result.before())));
  }

  /** A warning as a sentence. */
  static String words(String output, CalibrationResult result, String why) {
    return result.calibrator().isPresent()
        ? output + ": of its calibration " + why
        : output + " is not calibrated: " + why;
  }

  private Map<String, Object> json(OutputSpec output, CalibrationResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("method", method(output).orElseThrow().key());
    json.put("rows", result.rows());
    json.put("log_loss_before", defined(result.before()));
    json.put("log_loss_after", defined(result.after()));
    json.put("warnings", result.warnings());
    json.put("calibration", result.calibrator().map(ModelManifest.Calibration::of).orElse(null));
    return json;
  }

  private static Double defined(double loss) {
    return Double.isNaN(loss) ? null : loss;
  }
}
