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
import org.mtl4j.experiment.config.SamplingConfig;

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
        .flatMap(
            known ->
                ofTasks(sampling.task(), draft.where(KEY), known)
                    .or(() -> ofLoss(sampling.task(), draft.where(KEY), known)))
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

  /** Adds a ratio of a later stage that would change how frequent the first one is. */
  static void check(
      SamplingConfig sampling,
      ExperimentDraft draft,
      Optional<List<Task>> tasks,
      Optional<List<OutputSpec>> outputs,
      Problems problems) {
    for (OutputSpec output : outputs.orElse(List.of())) {
      if (output.label() instanceof LabelRule.ThroughStages funnel && tasks.isPresent()) {
        funnel.stages().stream()
            .skip(1)
            .filter(sampling.task()::containsKey)
            .filter(stage -> hasPartOfRows(stage, tasks.get()))
            .forEach(
                stage ->
                    ofStage(stage, funnel.stages().get(0), sampling, draft)
                        .filter(problem -> !problems.list().contains(problem))
                        .ifPresent(problems::add));
      }
    }
  }

  private static boolean hasPartOfRows(String name, List<Task> tasks) {
    return tasks.stream().anyMatch(t -> t.name().equals(name) && t.space().where().isPresent());
  }

  /** The largest of its ratios is a row's: one of the first stage that is no smaller decides. */
  private static Optional<Problem> ofStage(
      String stage, String first, SamplingConfig sampling, ExperimentDraft draft) {
    double ratio = sampling.task().get(stage);
    Optional<Double> ofFirst = Optional.ofNullable(sampling.task().get(first));
    if (ofFirst.isPresent() ? ratio <= ofFirst.get() : ratio == 1) {
      return Optional.empty();
    }
    return Optional.of(
        new Problem(
            ErrorCode.CONFIG_VALUE,
            draft.where("training.sampling.task." + stage),
            "Expected at most the ratio of %s, the funnel's first stage, %s, found %s: rows that went on would be taken more or less often than others, and %s be learnt as that much more or less frequent."
                .formatted(
                    first, ofFirst.map(r -> "" + r).orElse("1.0 as it has none"), ratio, first),
            "Give %s the same ratio, or weight %s by loss_weight.".formatted(first, stage)));
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

  /** Predictions are corrected for the negatives left out, which only probabilities can be. */
  private static Optional<Problem> ofLoss(String name, String where, List<Task> tasks) {
    return tasks.stream()
        .filter(task -> task.name().equals(name))
        .filter(
            task ->
                task.type() instanceof TaskType.Binary binary
                    && !binary.loss().givesProbabilities())
        .findFirst()
        .map(
            task ->
                new Problem(
                    ErrorCode.CONFIG_VALUE,
                    where,
                    "Expected a task of loss: log_loss, found \"%s\", whose predictions are no probabilities that could be corrected."
                        .formatted(name),
                    "Take loss: log_loss, or leave no negatives out."));
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
