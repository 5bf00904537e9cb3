package org.mtl4j.experiment.run;

import java.util.List;
import java.util.Optional;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.model.LabelRule;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.data.dataset.DownSampling;
import org.mtl4j.data.dataset.Negatives;

/** Whether negatives of a task can be left out, and predictions corrected for it; or drawn. */
final class SamplingCheck {
  private static final String KEY = "data.down_sampling.task";

  private SamplingCheck() {}

  /** Adds what is wrong with the task that is named; tasks and outputs only if they can be read. */
  static void check(
      DownSampling sampling,
      ExperimentDraft draft,
      Optional<List<Task>> tasks,
      Optional<List<OutputSpec>> outputs,
      Problems problems) {
    tasks
        .flatMap(known -> ofTasks(sampling.task(), draft.where(KEY), known))
        .or(() -> outputs.flatMap(known -> ofStages(sampling.task(), draft.where(KEY), known)))
        .ifPresent(problems::add);
  }

  /** Adds what is wrong with the tasks that drawn rows are negatives of. */
  static void check(
      Negatives negatives, ExperimentDraft draft, Optional<List<Task>> tasks, Problems problems) {
    String where = draft.where("data.negatives.tasks");
    for (String name : negatives.tasks()) {
      tasks.flatMap(known -> ofTasks(name, where, known)).ifPresent(problems::add);
    }
  }

  private static Optional<Problem> ofTasks(String name, String where, List<Task> tasks) {
    List<String> binary =
        tasks.stream()
            .filter(task -> task.type() instanceof TaskType.Binary)
            .map(Task::name)
            .toList();
    return binary.contains(name)
        ? Optional.empty()
        : Optional.of(
            new Problem(
                ErrorCode.CONFIG_VALUE,
                where,
                "Expected the name of a binary task, found \"%s\".".formatted(name),
                Nearest.hint(name, binary)));
  }

  /** Of a later stage the negatives are those of all stages before it, too. */
  private static Optional<Problem> ofStages(String name, String where, List<OutputSpec> outputs) {
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
                    "Expected the funnel's first stage, %s, found \"%s\"."
                        .formatted(stages.get(0), name),
                    "Leave negatives of the first stage out: those are the many."));
  }
}
