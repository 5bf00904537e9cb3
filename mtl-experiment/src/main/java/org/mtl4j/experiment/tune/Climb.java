package org.mtl4j.experiment.tune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Trials on their way through the rungs. What a trial was worth at a rung is taken from its
 * history, whatever it did later, so that a tuning that is resumed decides as it did before. For
 * several threads.
 */
final class Climb {
  private final TuningPlan plan;
  private final TuningFiles files;
  private final Map<Integer, TrialOutcome> outcomes = new LinkedHashMap<>();

  /** Of what came of the trials before. */
  Climb(TuningPlan plan, TuningFiles files, Map<Integer, TrialOutcome> before) {
    this.plan = plan;
    this.files = files;
    outcomes.putAll(before);
  }

  /** Keeps what came of a trial, and writes it. */
  synchronized void add(TrialOutcome outcome) {
    outcomes.put(outcome.trial(), outcome);
    files.writeOutcomes(entries());
  }

  /** Whether a trial is to be trained to reach a rung. */
  synchronized boolean isBelow(Trial trial, int epochs) {
    TrialOutcome outcome = outcomes.get(trial.number());
    if (outcome == null) {
      return true;
    }
    return switch (outcome.status()) {
      case FINISHED, FAILED -> false;
      case WAITING, STOPPED -> outcome.epochs() < epochs;
    };
  }

  /**
   * The best of some trials after so many epochs, the best first. Of equal ones the first is
   * better.
   */
  List<Trial> best(List<Trial> some, int count, int epochs) {
    Map<Trial, Double> values = new LinkedHashMap<>();
    some.forEach(trial -> value(trial, epochs).ifPresent(value -> values.put(trial, value)));
    return values.keySet().stream()
        .sorted(
            Comparator.<Trial, Double>comparing(values::get, plan.objective()::compare)
                .thenComparing(Trial::number))
        .limit(count)
        .toList();
  }

  private OptionalDouble value(Trial trial, int epochs) {
    TrialOutcome outcome = outcome(trial);
    boolean failed = outcome.status() == TrialOutcome.Status.FAILED;
    if (isLast(epochs)) {
      return failed ? OptionalDouble.empty() : plan.objective().value(outcome.validation());
    }
    TrialHistory history = TrialHistory.read(files.run(trial));
    return failed && history.trained() < epochs
        ? OptionalDouble.empty()
        : history
            .kept(epochs)
            .map(epoch -> plan.objective().value(epoch.validation()))
            .orElse(OptionalDouble.empty());
  }

  private boolean isLast(int epochs) {
    return epochs == plan.rungs().rungs().get(plan.rungs().rungs().size() - 1).epochs();
  }

  private synchronized TrialOutcome outcome(Trial trial) {
    return outcomes.get(trial.number());
  }

  /** Leaves those behind that wait and are not among the best. */
  synchronized void leave(List<Trial> some, List<Trial> best) {
    List<Trial> left = new ArrayList<>(some);
    left.removeAll(best);
    for (Trial trial : left) {
      TrialOutcome outcome = outcomes.get(trial.number());
      if (outcome.status() == TrialOutcome.Status.WAITING) {
        outcomes.put(trial.number(), outcome.stopped());
      }
    }
    files.writeOutcomes(entries());
  }

  /** All trials with what came of them so far. */
  synchronized List<Tuning.Entry> entries() {
    return plan.trials().stream().map(this::entry).toList();
  }

  private Tuning.Entry entry(Trial trial) {
    Optional<TrialOutcome> outcome = Optional.ofNullable(outcomes.get(trial.number()));
    return new Tuning.Entry(
        trial,
        outcome,
        outcome.map(o -> plan.objective().value(o.validation())).orElse(OptionalDouble.empty()));
  }
}
