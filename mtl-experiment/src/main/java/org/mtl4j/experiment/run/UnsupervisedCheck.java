package org.mtl4j.experiment.run;

import java.util.List;
import java.util.Optional;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.schema.ListFeature;
import org.mtl4j.core.task.CodeSpec;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;

/** Whether tasks without a label have features to learn from. */
final class UnsupervisedCheck {
  private UnsupervisedCheck() {}

  static void check(
      List<Task> tasks, List<FeatureSpec> features, ExperimentDraft draft, Problems problems) {
    for (Task task : tasks) {
      code(task.type())
          .filter(code -> features.stream().noneMatch(feature -> isRebuilt(feature, code)))
          .ifPresent(
              code ->
                  problems.add(
                      ErrorCode.CONFIG_VALUE,
                      draft.where("tasks." + task.name() + ".of"),
                      "expected a number or an id%s to rebuild, found none."
                          .formatted(code.group().map(g -> " of the group " + g).orElse(""))));
    }
  }

  private static Optional<CodeSpec> code(TaskType type) {
    if (type instanceof TaskType.Reconstruction reconstruction) {
      return Optional.of(reconstruction.code());
    }
    return type instanceof TaskType.Clustering clustering
        ? Optional.of(clustering.code())
        : Optional.empty();
  }

  /** Lists are read, and not rebuilt. */
  private static boolean isRebuilt(FeatureSpec feature, CodeSpec code) {
    boolean isIn =
        code.group().isEmpty() || feature.group().map(FeatureGroup::key).equals(code.group());
    return isIn && !(feature instanceof ListFeature);
  }
}
