package org.mtl4j.cli.console;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import me.tongfei.progressbar.ProgressBar;
import org.mtl4j.core.training.TrainingListener;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.MetricMaps;
import org.mtl4j.experiment.tune.Objective;
import org.mtl4j.experiment.tune.Rungs;
import org.mtl4j.experiment.tune.Trial;
import org.mtl4j.experiment.tune.TrialOutcome;
import org.mtl4j.experiment.tune.TuningListener;

/**
 * Shows a tuning as it goes: a line as a trial begins, one an epoch and one at its end, and on a
 * terminal a bar of the epochs of all trials. From its making to its closing a signal is a request
 * to save and stop.
 */
public final class TuningConsole implements TuningListener, AutoCloseable {
  private static final Interruption.Words WORDS =
      new Interruption.Words(
          "the steps are finished and a checkpoint of each trial saved",
          "What was saved before is whole: --resume goes on from there.");

  private final Console console;
  private final Interruption interruption;
  private final Set<String> said = new HashSet<>();
  private Optional<ProgressBar> bar = Optional.empty();
  private Optional<Objective> objective = Optional.empty();
  private int epochs;
  private int done;

  /** Shows on a console; signals go to {@code interruption}. */
  public TuningConsole(Console console, Interruption interruption) {
    this.console = console;
    this.interruption = interruption;
    interruption.begin(WORDS);
  }

  @Override
  public synchronized void onPlan(int trials, Rungs rungs, Objective by) {
    objective = Optional.of(by);
    epochs = rungs.epochs();
    say("tuning by %s on validation rows: %s".formatted(by.words(), rungs.words()));
  }

  @Override
  public synchronized void onWarning(String warning) {
    once("warning: " + warning);
  }

  @Override
  public synchronized ExperimentListener begin(Trial trial, int until) {
    StringBuilder values = new StringBuilder();
    trial
        .values()
        .keySet()
        .forEach(key -> values.append(' ').append(key).append('=').append(trial.spelt(key)));
    say("trial %d to epoch %d:%s".formatted(trial.number(), until, values));
    return new OneTrial(trial.number());
  }

  @Override
  public synchronized void onOutcome(TrialOutcome outcome) {
    say(
        outcome.status() == TrialOutcome.Status.FAILED
            ? "trial %d failed: %s".formatted(outcome.trial(), outcome.reason().orElse(""))
            : "trial %d after epoch %d: %s"
                .formatted(outcome.trial(), outcome.epochs(), worth(outcome.validation())));
  }

  private String worth(Map<String, Map<String, Double>> figures) {
    OptionalDouble value = objective.orElseThrow().value(figures);
    return objective.orElseThrow().words()
        + (value.isPresent()
            ? String.format(Locale.ROOT, " %.4f", value.getAsDouble())
            : " not defined");
  }

  private synchronized void onEpoch(int trial, TrainingListener.Epoch epoch) {
    done++;
    say(
        "trial %d epoch %d  %s%s"
            .formatted(
                trial,
                epoch.epoch(),
                Losses.line(epoch.losses()),
                epoch
                    .validation()
                    .map(report -> "  validation " + worth(MetricMaps.of(report)))
                    .orElse("")));
  }

  /** What all trials have in common is said of the first alone. */
  private synchronized void once(String line) {
    if (said.add(line)) {
      say(line);
    }
  }

  /** The bar stands below the last line. */
  private void say(String line) {
    closeBar();
    console.note(line);
    if (console.isTerminal() && epochs > 0) {
      ProgressBar shown = StepBar.builder(console, "epochs", epochs).build();
      shown.stepTo(done);
      bar = Optional.of(shown);
    }
  }

  private void closeBar() {
    bar.ifPresent(ProgressBar::close);
    bar = Optional.empty();
  }

  @Override
  public boolean stopRequested() {
    return interruption.requested();
  }

  @Override
  public synchronized void close() {
    closeBar();
    interruption.end();
  }

  /** Hears of one trial's run. */
  private final class OneTrial implements ExperimentListener {
    private final int trial;

    OneTrial(int trial) {
      this.trial = trial;
    }

    @Override
    public void onWarning(String warning) {
      once("warning: " + warning);
    }

    @Override
    public void onNote(String note) {
      once(note);
    }

    @Override
    public void onEpoch(Epoch epoch) {
      TuningConsole.this.onEpoch(trial, epoch);
    }
  }
}
