package org.mtl4j.models.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.model.LabelRule;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.TaskType;

/**
 * Tasks of which each can happen only after the one before, and what a model of them puts out: each
 * task, and for each stage after the first {@code through_STAGE}, the probability over all rows of
 * getting there.
 *
 * @param stages names of binary tasks in the order of the funnel, at least two
 */
public record Funnel(List<String> stages) {
  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public Funnel {
    stages = List.copyOf(stages);
    if (stages.size() < 2 || Set.copyOf(stages).size() != stages.size()) {
      throw new IllegalArgumentException(
          "stages: expected at least two different tasks, found " + stages);
    }
  }

  /** The stages after the first. */
  public List<String> later() {
    return stages.subList(1, stages.size());
  }

  /** The stage before a later one. */
  public String before(String stage) {
    return stages.get(stages.indexOf(stage) - 1);
  }

  /** Whether a task is a stage after the first. */
  public boolean isLater(String task) {
    return stages.indexOf(task) > 0;
  }

  /** The output that says how likely a row is to get to a stage: of the first the stage's own. */
  public String through(String stage) {
    return isLater(stage) ? "through_" + stage : stage;
  }

  /**
   * The outputs for some tasks: theirs, and what goes through the stages.
   *
   * @throws IllegalArgumentException if a stage is no binary task among them, or one of a loss that
   *     gives no probabilities
   */
  public List<OutputSpec> outputs(List<FittedTask> tasks) {
    check(tasks);
    List<OutputSpec> outputs = new ArrayList<>(tasks.stream().map(OutputSpec::of).toList());
    for (int k = 2; k <= stages.size(); k++) {
      List<String> through = stages.subList(0, k);
      outputs.add(
          new OutputSpec(
              through(through.get(k - 1)),
              new TaskType.Binary(List.of()),
              new LabelEncoding.Indicator(),
              new LabelRule.ThroughStages(through),
              "P(" + String.join(" and ", through) + ")"));
    }
    return outputs;
  }

  private void check(List<FittedTask> tasks) {
    for (String stage : stages) {
      Optional<FittedTask> task = tasks.stream().filter(t -> t.name().equals(stage)).findFirst();
      if (task.isEmpty()
          || !(task.get().task().type() instanceof TaskType.Binary binary)
          || !binary.loss().givesProbabilities()) {
        throw new IllegalArgumentException(
            "stages: expected binary tasks of loss: log_loss, found \"%s\"; the tasks are %s"
                .formatted(stage, tasks.stream().map(FittedTask::name).toList()));
      }
    }
  }
}
