package org.mtl4j.experiment.run;

import java.util.List;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Task;
import org.mtl4j.data.union.UnionConfig;
import org.mtl4j.experiment.config.EvaluationConfig;

/** Whether it is known which rows a task that ranks has to compare. */
final class QueryCheck {
  private static final String KEY = "data.query_group";

  private QueryCheck() {}

  /** Adds what is missing, or does not go together. */
  static void check(List<Task> tasks, ExperimentDraft draft, Problems problems) {
    List<Task> ranking = tasks.stream().filter(Task::ranks).toList();
    if (ranking.isEmpty()) {
      return;
    }
    if (draft.queryGroup().isEmpty()) {
      String remedy =
          draft
              .evaluation()
              .flatMap(EvaluationConfig::groupBy)
              .map(
                  "Set data.query_group: %s, the column of evaluation.group_by, or another."
                      ::formatted)
              .orElse("Set data.query_group to the column of a search, a session or a user.");
      ranking.forEach(
          task ->
              problems.add(
                  new Problem(
                      ErrorCode.CONFIG_VALUE,
                      draft.where("tasks." + task.name() + ".loss"),
                      "Expected data.query_group, the column whose values say which rows are"
                          + " compared, beside a loss that ranks; found none.",
                      remedy)));
    } else if (draft.source().filter(s -> s.type().equals(UnionConfig.TYPE)).isPresent()) {
      problems.add(
          new Problem(
              ErrorCode.CONFIG_VALUE,
              draft.where(KEY),
              "Expected a source of one domain beside %s, found a union: its training rows are told by their domain."
                  .formatted(ranking.get(0).name() + ", a task that ranks"),
              "Take loss: log_loss, or train on one domain."));
    }
  }
}
