package org.mtl4j.experiment.tune;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.metric.Goal;
import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.eval.multitask.ParetoPlots;
import org.mtl4j.experiment.run.ExperimentPlan;

/** What each task is judged by: the objective's metric of it, or else its first one that judges. */
final class TaskGoals {
  private TaskGoals() {}

  /**
   * A metric an output.
   *
   * @param figures what is measured, by output and metric
   * @param plan knows the metrics
   */
  static List<Objective.Term> of(
      Objective objective, Map<String, Map<String, Double>> figures, ExperimentPlan plan) {
    Map<String, Objective.Term> goals = new LinkedHashMap<>();
    figures.forEach(
        (output, metrics) ->
            metrics.keySet().stream()
                .map(metric -> MetricReport.key(output, metric))
                .filter(key -> plan.metric(key).judges())
                .findFirst()
                .ifPresent(key -> goals.put(output, term(key, plan))));
    for (Objective.Term term : objective.terms()) {
      goals.put(term.output(), term);
    }
    return List.copyOf(goals.values());
  }

  private static Objective.Term term(String key, ExperimentPlan plan) {
    return new Objective.Term(key, 1, plan.metric(key).higherIsBetter());
  }

  /** The trials that have a figure of each task, against each other; empty for one task. */
  static Optional<ParetoPlots> plots(Tuning tuning) {
    List<Objective.Term> goals = tuning.judge().tasks();
    List<Tuning.Entry> entries =
        tuning.entries().stream()
            .filter(
                entry ->
                    goals.stream()
                        .allMatch(goal -> TuningTables.figure(entry, goal.key()).isPresent()))
            .toList();
    if (goals.size() < 2 || entries.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ParetoPlots(
            "A trial",
            goals.stream().map(goal -> new Goal(goal.key(), goal.higherIsBetter())).toList(),
            entries.stream().map(entry -> candidate(entry, goals)).toList()));
  }

  private static ParetoPlots.Candidate candidate(Tuning.Entry entry, List<Objective.Term> goals) {
    return new ParetoPlots.Candidate(
        Integer.toString(entry.trial().number()),
        goals.stream().map(goal -> TuningTables.figure(entry, goal.key()).orElseThrow()).toList());
  }
}
