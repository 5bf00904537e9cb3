package org.mtl4j.cli.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.ExitCode;
import org.mtl4j.experiment.online.Decision;
import org.mtl4j.experiment.online.Follower;
import org.mtl4j.experiment.online.UpdateOptions;
import org.mtl4j.experiment.online.Updater;
import org.mtl4j.experiment.online.Verdict;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Run;

/** What {@code mtl train --continue} does. */
final class ContinuedRun {
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final Console console;
  private final ExperimentService service;
  private final Clock clock;

  ContinuedRun(Console console, ExperimentService service, Clock clock) {
    this.console = console;
    this.service = service;
    this.clock = clock;
  }

  Answer answer(ContinueOptions later, Map<String, String> overrides, ExperimentListener progress) {
    Run run = Run.open(later.run());
    UpdateOptions options = later.options(overrides);
    Updater updater = new Updater(service, clock, progress);
    return later
        .followed()
        .map(
            place ->
                followed(
                    run,
                    new Follower(updater, clock, moment -> wait(moment, progress::stopRequested)),
                    new Follower.Source(place, options),
                    later.rhythm(),
                    progress))
        .orElseGet(
            () ->
                updater
                    .update(run, later.data(), options)
                    .map(decision -> UpdateSummary.of(run, decision))
                    .orElseGet(() -> stopped(run)));
  }

  private Answer followed(
      Run run,
      Follower follower,
      Follower.Source source,
      Follower.Rhythm rhythm,
      ExperimentListener progress) {
    List<Decision> decisions = new ArrayList<>();
    follower.follow(
        run,
        source,
        rhythm,
        progress::stopRequested,
        decision -> {
          decisions.add(decision);
          UpdateSummary.of(run, decision).text().forEach(console::note);
        });
    if (progress.stopRequested()) {
      return stopped(run);
    }
    boolean accepted = decisions.stream().allMatch(d -> d.verdict() == Verdict.ACCEPTED);
    return new Answer(
        decisions.stream().map(decision -> UpdateSummary.json(run, decision)).toList(),
        List.of("%d updates of %s".formatted(decisions.size(), run.files().folder())),
        accepted ? ExitCode.DONE : ExitCode.REFUSED);
  }

  private static Answer stopped(Run run) {
    return new Answer(
        Map.of("run", run.files().folder().toString(), "status", "interrupted"),
        List.of("Interrupted; what was begun is saved. The same command goes on."),
        ExitCode.INTERRUPTED);
  }

  /** Whoever asks to stop is not kept waiting. */
  private boolean wait(Instant moment, BooleanSupplier stopped) {
    try {
      while (!stopped.getAsBoolean()) {
        Duration left = Duration.between(clock.instant(), moment);
        if (left.isNegative() || left.isZero()) {
          return true;
        }
        Thread.sleep(Math.min(left.toMillis() + 1, PATIENCE.toMillis()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
