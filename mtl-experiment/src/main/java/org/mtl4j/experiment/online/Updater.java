package org.mtl4j.experiment.online;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.Folders;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.GoingOn;
import org.mtl4j.experiment.run.OutputFolder;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.RunFiles;

/**
 * Lets runs go on by rows that came later. Each update is a transaction: it is begun by writing
 * down what it takes, works in a folder of its own on a copy of the run's state, and is done with
 * its decision. Killed at any moment it is gone on with, from the same state and the same rows.
 */
public final class Updater {
  private static final GoingOn AGAIN =
      new GoingOn(
          "give the same command again: it goes on with this update, and the run is as it was.");

  private final ExperimentService service;
  private final Clock clock;
  private final ExperimentListener listener;

  /**
   * With a service.
   *
   * @param clock says on which day rows were seen
   * @param listener hears of the reading and the training
   */
  public Updater(ExperimentService service, Clock clock, ExperimentListener listener) {
    this.service = service;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Takes the rows of files.
   *
   * @param run finished
   * @param files in the format of the run's source
   * @return what became of it; empty if the listener asked to stop, then the same call goes on
   * @throws MtlException FILE_MISSING if the run is not finished or of an earlier release,
   *     ALREADY_TRAINED if these rows are trained, USAGE if rows that were followed wait to be
   *     trained first, and for whatever is wrong with the rows
   */
  public Optional<Decision> update(Run run, List<String> files, UpdateOptions options) {
    run.metrics(); // Finished, or refused.
    try (OutputFolder taken = taken(run)) {
      Updates updates = Updates.of(run);
      updates.settle();
      Intake.Settings settings = Intake.Settings.of(options, today());
      UpdateRows rows = UpdateRows.of(files);
      Intake intake =
          new Intake(
              updates.latest() + 1,
              updates.accepted(),
              rows,
              fingerprint(run, rows, settings),
              settings);
      Optional<UpdateFiles> open = updates.open();
      if (open.isPresent()) {
        Intake begun = open.get().intake();
        checkNotFollowed(begun, taken);
        if (begun.isLike(intake)) {
          listener.onNote("going on with update %d".formatted(begun.number()));
          return goOn(run, open.get(), begun.of(rows), options);
        }
        discard(open.get());
        intake = new Intake(begun.number(), intake.base(), rows, intake.fingerprint(), settings);
      }
      checkNew(updates, intake);
      return begin(run, intake, options);
    }
  }

  /**
   * Takes what was added to growing files since the last time, if something was. What an earlier
   * process began is finished first.
   *
   * @param place the file or folder
   * @return what became of it; empty if nothing was added, or the listener asked to stop
   * @throws MtlException as {@link #update}, IO if a file cannot be read
   */
  public Optional<Decision> follow(Run run, Path place, UpdateOptions options) {
    run.metrics(); // Finished, or refused.
    try (OutputFolder taken = taken(run)) {
      Updates updates = new Updates(new RunFiles(taken.path()));
      updates.settle();
      Optional<UpdateFiles> open = updates.open();
      if (open.isPresent() && open.get().intake().rows().areFollowed()) {
        return carryOut(run, open.get(), options);
      }
      open.ifPresent(this::discard);
      return new FollowedIntake(run, place, listener)
          .take(format(run), Intake.Settings.of(options, today()))
          .flatMap(files -> carryOut(run, files, options));
    }
  }

  private FollowedFormat format(Run run) {
    ExperimentPlan plan = service.read(ConfigFile.read(run.files().experiment()));
    return FollowedFormat.of(plan.config().data().source());
  }

  private long today() {
    return LocalDate.now(clock).toEpochDay();
  }

  private OutputFolder taken(Run run) {
    return OutputFolder.take(run.files().folder(), OutputFolder.Use.UPDATE, listener::onWarning);
  }

  /** Of the rows, however many of them are held out: with another share they are the same. */
  private String fingerprint(Run run, UpdateRows rows, Intake.Settings settings) {
    ExperimentPlan plan =
        new LaterPlan(service, run.files())
            .of(rows, settings.holdingOut(UpdateOptions.Judging.USUAL.holdout()));
    return service.datasets().splits(plan).rows(Split.TRAIN).fingerprint();
  }

  private static void checkNotFollowed(Intake begun, OutputFolder folder) {
    if (begun.rows().areFollowed()) {
      throw new MtlException(
          new Problem(
              ErrorCode.USAGE,
              folder.path().toString(),
              "Expected no update that is not done, found number %d, which took rows of files that grow."
                  .formatted(begun.number()),
              "Let mtl train --continue RUN --follow finish it first."));
    }
  }

  private static void checkNew(Updates updates, Intake intake) {
    Optional<Decision> known = updates.with(intake.fingerprint());
    if (known.isPresent()) {
      throw new MtlException(
          new Problem(
              ErrorCode.ALREADY_TRAINED,
              String.join(", ", intake.rows().train()),
              "Expected rows that the run was not trained on, found those of update %d."
                  .formatted(known.get().number()),
              "Give the rows that came since."));
    }
  }

  /** Nothing is lost: its rows are in files of others, and the run's state is as it was. */
  private void discard(UpdateFiles open) {
    listener.onNote(
        "update %d, of other rows or options, was not done and is dropped"
            .formatted(open.intake().number()));
    try {
      Folders.delete(open.folder());
    } catch (IOException e) {
      throw RunFiles.failure(open.folder(), e);
    }
  }

  private Optional<Decision> begin(Run run, Intake intake, UpdateOptions options) {
    return carryOut(run, again(run, () -> Updates.of(run).begin(folder -> intake)), options);
  }

  /**
   * By the names that the rows have now: under those that they had when it was begun others may
   * lie.
   */
  private Optional<Decision> goOn(
      Run run, UpdateFiles files, Intake intake, UpdateOptions options) {
    again(
        run,
        () -> {
          files.write(intake);
          return files;
        });
    return carryOut(run, files, options);
  }

  /** Does what is left of an update; the caller holds the run's folder. */
  Optional<Decision> carryOut(Run run, UpdateFiles files, UpdateOptions options) {
    Intake intake = files.intake();
    ExperimentPlan plan =
        new LaterPlan(service, run.files()).of(intake.rows().in(files.folder()), intake.settings());
    try {
      Updates updates = Updates.of(run);
      UpdateWork work = new UpdateWork(plan, service.datasets().splits(plan), listener);
      Optional<Decision> decision =
          work.carryOut(
              new UpdateWork.Job(run, updates, files, intake, origin(run, updates, intake)),
              options.judging());
      decision.ifPresent(
          made -> {
            files.write(made);
            if (made.isAccepted()) {
              updates.publish(made);
            }
            updates.tidy();
          });
      return decision;
    } catch (MtlException e) {
      throw e.code() == ErrorCode.IO ? AGAIN.of(e, run.files()) : plan.document().placed(e);
    }
  }

  private static UpdateFiles again(Run run, Supplier<UpdateFiles> work) {
    try {
      return work.get();
    } catch (MtlException e) {
      throw AGAIN.of(e, run.files());
    }
  }

  /** A hash of all that an update's numbers follow from. */
  private static String origin(Run run, Updates updates, Intake intake) {
    List<Object> parts =
        List.of(
            updates.base(run, intake.base()).checkpoint().origin(),
            intake.number(),
            intake.fingerprint(),
            intake.settings());
    return Hashing.sha256().hashString(parts.toString(), StandardCharsets.UTF_8).toString();
  }
}
