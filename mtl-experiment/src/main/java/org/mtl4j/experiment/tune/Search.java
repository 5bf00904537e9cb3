package org.mtl4j.experiment.tune;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.training.ProcessMemory;
import org.mtl4j.eval.report.ReportFormat;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.MemoryGate;

/** Trains the trials of a plan rung by rung, and writes what came of them. */
final class Search {
  private final TuningPlan plan;
  private final TuningFiles files;
  private final ExperimentService service;
  private final TuningListener listener;
  private final Climb climb;

  Search(TuningPlan plan, TuningFiles files, ExperimentService service, TuningListener listener) {
    this.plan = plan;
    this.files = files;
    this.service = service;
    this.listener = listener;
    this.climb = new Climb(plan, files, files.readOutcomes());
  }

  Tuning run(TuneOptions options) {
    List<Trial> climbing = plan.trials();
    List<Rungs.Rung> rungs = plan.rungs().rungs();
    try (TrialPool pool = new TrialPool(options.resources().parallel())) {
      TrialRunner runner =
          new TrialRunner(
              service,
              options.lint(),
              gate(options.resources()),
              listener,
              () -> pool.hasFailed() || listener.stopRequested());
      for (int i = 0; i < rungs.size(); i++) {
        int epochs = rungs.get(i).epochs();
        pool.run(work(climbing, epochs, runner));
        if (climbing.stream().anyMatch(trial -> climb.isBelow(trial, epochs))) {
          return tuning(Optional.empty());
        }
        List<Trial> best =
            climb.best(climbing, i + 1 < rungs.size() ? rungs.get(i + 1).trials() : 1, epochs);
        climb.leave(climbing, best);
        climbing = best;
      }
    }
    return finished(climbing.stream().findFirst());
  }

  /** One trial alone has what the machine has, and is refused by what it really takes. */
  private static MemoryGate gate(TuneOptions.Resources resources) {
    if (resources.memory().isEmpty() && resources.parallel() == 1) {
      return MemoryGate.OPEN;
    }
    long left = ProcessMemory.limit() - ProcessMemory.anonymous().orElse(0);
    return new MemoryBudget(resources.memory().orElse(left));
  }

  private List<Runnable> work(List<Trial> climbing, int epochs, TrialRunner runner) {
    return climbing.stream()
        .filter(trial -> climb.isBelow(trial, epochs))
        .map(trial -> (Runnable) () -> train(trial, epochs, runner))
        .toList();
  }

  private void train(Trial trial, int epochs, TrialRunner runner) {
    runner
        .run(trial, plan.experiments().get(trial.number() - 1), files.run(trial), epochs)
        .ifPresent(
            outcome -> {
              climb.add(outcome);
              listener.onOutcome(outcome);
            });
  }

  private Tuning tuning(Optional<Trial> winner) {
    return new Tuning(
        files,
        new Tuning.Judge(plan.objective(), tasks()),
        plan.rungs(),
        climb.entries(),
        winner.map(Trial::number));
  }

  /** By the first trial that has figures; most have the same outputs. */
  private List<Objective.Term> tasks() {
    return climb.entries().stream()
        .filter(entry -> entry.outcome().filter(o -> !o.validation().isEmpty()).isPresent())
        .findFirst()
        .map(
            entry ->
                TaskGoals.of(
                    plan.objective(),
                    entry.outcome().orElseThrow().validation(),
                    plan.experiments().get(entry.trial().number() - 1)))
        .orElse(plan.objective().terms());
  }

  private Tuning finished(Optional<Trial> winner) {
    Tuning tuning = tuning(winner);
    if (winner.isEmpty()) {
      throw noWinner(tuning);
    }
    files.write(files.best(), best(tuning, winner.get()));
    String name = plan.experiments().get(0).config().name();
    files.write(files.report(), ReportFormat.HTML.write(TuningReport.of(tuning, name)));
    return tuning;
  }

  private MtlException noWinner(Tuning tuning) {
    String first =
        tuning.entries().stream()
            .flatMap(entry -> entry.outcome().flatMap(TrialOutcome::reason).stream())
            .findFirst()
            .orElse(plan.objective().words() + " is not defined on the validation rows");
    return new MtlException(
        new Problem(
            ErrorCode.CONFIG_VALUE,
            files.trials().toString(),
            "Expected a trial with a figure to compare, found none of %d; the first: %s"
                .formatted(tuning.entries().size(), first),
            "Look at the reasons in that file; try the experiment by itself with mtl train, then tune with another space."));
  }

  private String best(Tuning tuning, Trial trial) {
    String value =
        String.format(Locale.ROOT, "%.6f", tuning.entry(trial.number()).value().orElseThrow());
    String title =
        "# Trial %d of %d: %s %s on validation rows."
            .formatted(trial.number(), tuning.entries().size(), tuning.objective().words(), value);
    List<String> experiment = files.run(trial).readLines(files.run(trial).experiment());
    return title + "\n" + String.join("\n", experiment) + "\n";
  }
}
