package org.mtl4j.experiment.online;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.file.Unfinished;
import org.mtl4j.experiment.run.LaterTraining;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.RunFiles;
import org.mtl4j.experiment.run.RunTransforms;

/**
 * The updates of a run, by number. One that has no decision yet is not done; the others stay as
 * they are.
 *
 * @param files the run's
 */
public record Updates(RunFiles files) {
  /** Those of a run. */
  public static Updates of(Run run) {
    return new Updates(run.files());
  }

  UpdateFiles update(int number) {
    return new UpdateFiles(
        new RunFiles(files.updates().resolve(String.format(Locale.ROOT, "%04d", number))));
  }

  /** The highest number; 0: there are none. */
  int latest() {
    return RunFiles.versions(files.updates()).orElse(0);
  }

  private IntStream numbers() {
    return IntStream.rangeClosed(1, latest()).filter(n -> Files.isDirectory(update(n).folder()));
  }

  /** The decisions so far, in order. */
  public List<Decision> decisions() {
    return numbers().mapToObj(n -> update(n).decision()).flatMap(Optional::stream).toList();
  }

  /** The accepted one that is the run's state; 0: the run is as it was trained. */
  public int accepted() {
    return decisions().stream()
        .filter(Decision::isAccepted)
        .mapToInt(Decision::number)
        .max()
        .orElse(0);
  }

  /** The one that is not done. */
  Optional<UpdateFiles> open() {
    return latest() == 0 || update(latest()).decision().isPresent()
        ? Optional.empty()
        : Optional.of(update(latest()));
  }

  /** Files that an accepted update has of the run's state, or the run's own. */
  RunFiles state(int accepted) {
    return accepted == 0 ? files : update(accepted).run();
  }

  /** Where training goes on. */
  LaterTraining.Base base(Run run, int accepted) {
    RunFiles state = state(accepted);
    return new LaterTraining.Base(RunTransforms.read(state), state.checkpoints(), run.export());
  }

  /** An accepted update with these rows. */
  Optional<Decision> with(String fingerprint) {
    return decisions().stream()
        .filter(Decision::isAccepted)
        .filter(decision -> update(decision.number()).intake().fingerprint().equals(fingerprint))
        .findFirst();
  }

  /**
   * Clears away what a process that was killed left half-written or had no time to take away, and
   * gives an accepted export its name.
   */
  void settle() {
    try {
      Unfinished.clear(files.updates());
      Unfinished.clear(files.exports());
      for (int number : numbers().toArray()) {
        if (!update(number).isThere()) {
          Folders.delete(update(number).folder()); // It was being dropped.
          continue;
        }
        Unfinished.clear(update(number).folder());
        Optional<Decision> decision = update(number).decision().filter(Decision::isAccepted);
        if (decision.isPresent()) {
          publish(decision.get());
        }
      }
      tidy();
    } catch (IOException e) {
      throw RunFiles.failure(files.updates(), e);
    }
  }

  /** Puts what an update takes into its folder. */
  @FunctionalInterface
  interface Filling {
    /** Fills a folder; gives what {@code update.json} is to say. */
    Intake into(Path folder) throws IOException;
  }

  /**
   * Begins the next update in one step: its folder has its name once all that it takes is in there.
   */
  UpdateFiles begin(Filling filling) {
    UpdateFiles begun = update(latest() + 1);
    Unfinished unfinished = new Unfinished(begun.folder());
    try {
      Folders.make(files.updates());
      Folders.delete(unfinished.path());
      Files.createDirectory(unfinished.path());
      Intake intake = filling.into(unfinished.path());
      new UpdateFiles(new RunFiles(unfinished.path())).write(intake);
      unfinished.finish();
      return begun;
    } catch (IOException e) {
      unfinished.drop();
      throw RunFiles.failure(begun.folder(), e);
    } catch (RuntimeException e) {
      unfinished.drop();
      throw e;
    }
  }

  /** Gives an accepted export its name, unless it has it. */
  void publish(Decision decision) {
    Path from = update(decision.number()).run().export(1);
    Path to = files.export(decision.export());
    try {
      if (Files.isDirectory(from) && !Files.exists(to)) {
        Folders.make(files.exports());
        Unfinished.rename(from, to);
      }
    } catch (IOException e) {
      throw RunFiles.failure(to, e);
    }
  }

  /**
   * Takes away what is of no use any more: of an accepted update the copies of its rows, and of all
   * but the last accepted one what a later one would go on from; of an undecided one, whose rows
   * come again, the export too.
   */
  void tidy() {
    int current = accepted();
    try {
      for (Decision decision : decisions()) {
        UpdateFiles update = update(decision.number());
        if (decision.verdict() == Verdict.UNDECIDED || decision.isAccepted()) {
          Folders.delete(update.rows());
        }
        if (decision.verdict() == Verdict.UNDECIDED && update.intake().rows().areFollowed()) {
          Folders.delete(update.run().exports());
        }
        if (decision.number() != current) {
          Folders.delete(update.run().checkpoints());
          Folders.delete(update.run().transforms());
          Folders.delete(update.seen());
        }
      }
    } catch (IOException e) {
      throw RunFiles.failure(files.updates(), e);
    }
  }

  /**
   * How far the last update that followed growing files looked at them, rows that it held out or
   * did not decide on included. Without a record behind these, there is nothing new.
   */
  List<FilePosition> lookedAt() {
    List<FilePosition> ends = List.of();
    for (Decision decision : decisions()) {
      UpdateRows rows = update(decision.number()).intake().rows();
      if (rows.areFollowed()) {
        ends = rows.ends();
      }
    }
    return ends;
  }

  /** How far growing files were read: by the last update that took their rows for good. */
  List<FilePosition> positions() {
    List<FilePosition> positions = List.of();
    for (Decision decision : decisions()) {
      UpdateRows rows = update(decision.number()).intake().rows();
      if (rows.areFollowed() && decision.verdict() != Verdict.UNDECIDED) {
        positions = rows.next();
      }
    }
    return positions;
  }
}
