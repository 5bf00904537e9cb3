package org.mtl4j.experiment.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.metric.Goal;
import org.mtl4j.core.metric.RowPart;
import org.mtl4j.core.task.Task;

/** Where what is learnt of the rows of a query and what is looked at are not the same. */
final class QueryNotes {
  private QueryNotes() {}

  /** A sentence each. */
  static List<String> of(ExperimentPlan plan) {
    Optional<String> group = plan.config().data().queryGroup();
    if (group.isEmpty()) {
      return List.of();
    }
    List<Task> ranking = plan.tasks().stream().filter(Task::ranks).toList();
    if (ranking.isEmpty()) {
      return List.of("data.query_group is for tasks of loss: bpr or listwise, and there is none");
    }
    String query = group.get();
    List<String> notes = new ArrayList<>();
    plan.config()
        .evaluation()
        .groupBy()
        .filter(by -> !by.equals(query))
        .ifPresent(
            by ->
                notes.add(
                    "evaluation.group_by is %s: gauc, ndcg and the like are not of what %s compares, the rows of one %s"
                        .formatted(by, ranking.get(0).name(), query)));
    plan
        .judge()
        .earlyStopping()
        .map(stopping -> stopping.criterion().goals())
        .orElse(List.of())
        .stream()
        .filter(goal -> isBlind(goal, ranking, plan))
        .forEach(
            goal ->
                notes.add(
                    "training.early_stopping looks at %s, which is of all rows together: a loss that ranks learns the order within one %s; take gauc or ndcg, with evaluation.group_by: %s"
                        .formatted(goal.metric(), query, query)));
    return notes;
  }

  private static boolean isBlind(Goal goal, List<Task> ranking, ExperimentPlan plan) {
    return ranking.stream().anyMatch(task -> goal.metric().startsWith(task.name() + "/"))
        && !plan.metric(goal.metric()).needs().contains(RowPart.GROUPS);
  }
}
