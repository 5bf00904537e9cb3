package org.mtl4j.experiment.tune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.ExperimentService;

/**
 * All trials of a tuning, their experiments read and found right before the first begins.
 *
 * @param objective what they are compared by
 * @param rungs how long they are trained
 * @param trials by number
 * @param experiments of the trials
 */
record TuningPlan(
    Objective objective, Rungs rungs, List<Trial> trials, List<ExperimentPlan> experiments) {
  TuningPlan {
    trials = List.copyOf(trials);
    experiments = List.copyOf(experiments);
  }

  /**
   * Draws the trials and reads their experiments.
   *
   * @param experiment complete
   * @param most number of trials at most
   * @throws MtlException with everything that is wrong with the space, each once; CONFIG_VALUE for
   *     a baseline, which has no epochs to be judged by
   */
  static TuningPlan of(ExperimentService service, ConfigFile experiment, Space space, int most) {
    ExperimentPlan base = service.read(experiment);
    Problems problems = new Problems();
    Optional<Objective> objective = Objective.of(space.config().objective(), base, problems);
    List<Trial> trials = space.trials(most);
    Set<Problem> found = new LinkedHashSet<>();
    List<ExperimentPlan> experiments = new ArrayList<>();
    for (Trial trial : trials) {
      read(service, experiment, trial, found).ifPresent(experiments::add);
    }
    for (Map.Entry<String, List<ConfigNode>> key : space.bounds().entrySet()) {
      for (ConfigNode bound : key.getValue()) {
        Map<String, ConfigNode> values = new LinkedHashMap<>(trials.get(0).values());
        values.put(key.getKey(), bound);
        read(service, experiment, new Trial(1, values), found);
      }
    }
    problems.addAll(found);
    problems.throwIfAny();
    experiments.forEach(one -> one.learner().graph("mtl tune"));
    experiments.forEach(one -> measures(objective.orElseThrow(), one));
    Rungs rungs =
        Rungs.of(space.config().method(), trials.size(), base.config().training().epochs());
    return new TuningPlan(objective.orElseThrow(), rungs, trials, experiments);
  }

  private static Optional<ExperimentPlan> read(
      ExperimentService service, ConfigFile experiment, Trial trial, Set<Problem> problems) {
    try {
      return Optional.of(service.read(trial.of(experiment)));
    } catch (MtlException e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
  }

  /** Models may differ in their outputs. */
  private static void measures(Objective objective, ExperimentPlan plan) {
    objective.terms().forEach(term -> plan.metric(term.key()));
  }
}
