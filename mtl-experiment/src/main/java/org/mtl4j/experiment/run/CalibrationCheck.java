package org.mtl4j.experiment.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.model.LabelRule;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.data.split.SplitRule;
import org.mtl4j.experiment.config.TaskConfig;

/** Whether tasks can be calibrated: on which rows, and as what. */
final class CalibrationCheck {
  private CalibrationCheck() {}

  /** Adds what is wrong before any data is read; outputs only if they can be told. */
  static void check(ExperimentDraft draft, Optional<List<OutputSpec>> outputs, Problems problems) {
    Map<String, TaskConfig> tasks = draft.tasks().orElse(Map.of());
    boolean validation = draft.split().map(SplitRule::givesValidation).orElse(true);
    tasks.forEach(
        (name, task) -> {
          String where = draft.where(key(name));
          if (task.calibration().isPresent() && !validation) {
            problems.add(noValidation(where));
          }
          if (task.calibration().isPresent() && task.where().isEmpty()) {
            outputs.flatMap(known -> ofStage(name, where, known)).ifPresent(problems::add);
          }
        });
  }

  /**
   * Of a task that is to be calibrated, where no row turned out to be validation.
   *
   * @throws MtlException NO_ROWS if there is one
   */
  static void checkRows(Map<String, TaskConfig> tasks) {
    List<Problem> problems =
        tasks.entrySet().stream()
            .filter(task -> task.getValue().calibration().isPresent())
            .map(task -> noValidation(key(task.getKey())))
            .toList();
    if (!problems.isEmpty()) {
      throw new MtlException(problems);
    }
  }

  private static String key(String task) {
    return "tasks." + task + ".calibration";
  }

  private static Problem noValidation(String where) {
    return new Problem(
        ErrorCode.NO_ROWS,
        where,
        "Calibration is fitted to validation rows, and the split leaves none.",
        "Give data.split a validation share, or leave calibration out.");
  }

  /** Over all rows a later stage is as frequent as all stages before it together. */
  private static Optional<Problem> ofStage(String name, String where, List<OutputSpec> outputs) {
    return outputs.stream()
        .map(OutputSpec::label)
        .filter(LabelRule.ThroughStages.class::isInstance)
        .map(label -> ((LabelRule.ThroughStages) label).stages())
        .filter(stages -> stages.indexOf(name) > 0)
        .findFirst()
        .map(
            stages ->
                new Problem(
                    ErrorCode.CONFIG_VALUE,
                    where,
                    "Expected the rows that got to this stage of the funnel, as its probability is"
                        + " one given the stage before, found a task of all rows.",
                    "Add them to the task: where: \"LABEL == 1\", of the label of %s."
                        .formatted(stages.get(stages.indexOf(name) - 1))));
  }
}
