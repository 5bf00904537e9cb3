package org.mtl4j.experiment.run;

import java.util.List;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.experiment.config.FairnessConfig;

/** Whether what an experiment asks of fairness can be asked of its outputs. */
final class FairnessCheck {
  private static final String KEY = "evaluation.fairness";

  private FairnessCheck() {}

  /** Adds what is wrong: nothing to measure, or thresholds of what is not there. */
  static void check(
      FairnessConfig fairness, List<OutputSpec> outputs, ExperimentDraft draft, Problems problems) {
    List<String> binary =
        outputs.stream()
            .filter(output -> output.type() instanceof TaskType.Binary)
            .map(OutputSpec::name)
            .toList();
    if (binary.isEmpty()) {
      problems.add(
          new Problem(
              ErrorCode.CONFIG_VALUE,
              draft.where(KEY),
              "Expected a binary output, whose positives and rankings are compared; found none.",
              "Leave fairness out, or add a binary task."));
    }
    for (String name : fairness.thresholds().keySet()) {
      if (!binary.contains(name)) {
        problems.add(
            new Problem(
                ErrorCode.UNKNOWN_NAME,
                draft.where(KEY + ".thresholds." + name),
                "Expected the name of a binary output, found \"" + name + "\".",
                Nearest.hint(name, binary)));
      }
    }
  }
}
