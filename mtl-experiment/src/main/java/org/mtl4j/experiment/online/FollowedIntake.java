package org.mtl4j.experiment.online;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.file.Unfinished;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.RunFiles;

/**
 * Begins an update with what was added to growing files: the rows are copied and their positions
 * written down in one step, by the name of the update's folder. Before it nothing was taken, and
 * after it they are the update's, whatever becomes of the files.
 *
 * @param run that goes on
 * @param place the file or folder
 * @param listener hears of files that were renamed or begun anew
 */
record FollowedIntake(Run run, Path place, ExperimentListener listener) {
  /** The update; empty if nothing was added. */
  Optional<UpdateFiles> take(FollowedFormat format, Intake.Settings settings) {
    checkThere();
    Updates updates = Updates.of(run);
    UpdateFiles files = updates.update(updates.latest() + 1);
    try {
      GrowingFiles.Found found =
          new GrowingFiles(place, format, listener::onWarning).look(updates.positions());
      return found.count() > updates.waiting()
          ? Optional.of(begin(files, found, settings))
          : Optional.empty();
    } catch (IOException e) {
      throw RunFiles.failure(place, e);
    }
  }

  private void checkThere() {
    if (!Files.exists(place)) {
      throw new MtlException(
          new Problem(
              ErrorCode.FILE_MISSING,
              place.toString(),
              "Expected a file or folder to follow, found none.",
              "Check the path: it is relative to the folder that the command runs in."));
    }
  }

  private UpdateFiles begin(UpdateFiles files, GrowingFiles.Found found, Intake.Settings settings)
      throws IOException {
    Unfinished unfinished = new Unfinished(files.folder());
    try {
      Folders.make(run.files().updates());
      Folders.delete(unfinished.path());
      Files.createDirectory(unfinished.path());
      UpdateRows rows = Segment.copied(found, unfinished.path(), settings.holdout());
      Updates updates = Updates.of(run);
      int number = updates.latest() + 1;
      Intake intake = new Intake(number, updates.accepted(), rows, fingerprint(rows), settings);
      new UpdateFiles(new RunFiles(unfinished.path())).write(intake);
      unfinished.finish();
      return files;
    } catch (IOException | RuntimeException e) {
      unfinished.drop();
      throw e;
    }
  }

  /** Positions say which rows they are: none comes twice. */
  private static String fingerprint(UpdateRows rows) {
    return Hashing.sha256()
        .hashString("followed " + rows.next(), StandardCharsets.UTF_8)
        .toString();
  }
}
