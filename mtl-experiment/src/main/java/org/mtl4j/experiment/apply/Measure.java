package org.mtl4j.experiment.apply;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.metric.RowPart;
import org.mtl4j.core.model.Model;
import org.mtl4j.core.task.Task;
import org.mtl4j.eval.evaluator.Evaluator;
import org.mtl4j.eval.interval.Bootstrap;
import org.mtl4j.experiment.config.EvaluationConfig;
import org.mtl4j.experiment.config.TaskConfig;
import org.mtl4j.experiment.run.Parts;

/**
 * What a run's experiment says of how it is measured: not how it was trained, nor on what inputs.
 *
 * @param tasks in order
 * @param model says what it puts out for them
 * @param evaluator the metrics
 * @param evaluation the rest of it
 */
record Measure(List<Task> tasks, Model model, Evaluator evaluator, EvaluationConfig evaluation) {
  /** Column that groups rows for ranking metrics. */
  Optional<String> groupBy() {
    return evaluation.groupBy();
  }

  /** How often rows are drawn for intervals. */
  Bootstrap bootstrap() {
    return Bootstrap.of(evaluation.bootstrap());
  }

  /** What kept predictions hold for metrics. */
  Set<RowPart> keptParts() {
    return groupBy().isPresent() ? Set.of(RowPart.GROUPS) : Set.of();
  }

  /** A run's file has every default filled in. */
  private record Part(Map<String, TaskConfig> tasks, Choice model, EvaluationConfig evaluation) {}

  /**
   * Reads it.
   *
   * @throws MtlException with what is wrong with these keys of the run's experiment
   */
  static Measure of(ConfigFile experiment, Parts parts) {
    Part part = ConfigPart.bind(experiment, Part.class);
    Problems problems = new Problems();
    var model = parts.models().resolve(part.model(), problems);
    problems.throwIfAny();
    return new Measure(
        part.tasks().entrySet().stream().map(t -> task(t.getKey(), t.getValue())).toList(),
        model.orElseThrow().value(),
        Evaluator.of(parts.metrics(), part.evaluation().metrics(), part.evaluation().settings()),
        part.evaluation());
  }

  private static Task task(String name, TaskConfig config) {
    try {
      return config.toTask(name);
    } catch (IllegalArgumentException e) { // Somebody changed the file.
      throw new MtlException(
          Problem.of(ErrorCode.CONFIG_VALUE, "tasks." + name, e.getMessage() + "."), e);
    }
  }
}
