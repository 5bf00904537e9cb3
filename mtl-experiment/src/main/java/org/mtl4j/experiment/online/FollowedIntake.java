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
    return look(updates, format)
        .map(
            found ->
                updates.begin(
                    folder -> {
                      UpdateRows rows = Segment.copied(found, folder, settings.holdout());
                      int number = updates.latest() + 1;
                      return new Intake(
                          number, updates.accepted(), rows, fingerprint(rows), settings);
                    }));
  }

  /** Empty if there is no record that the last update did not look at. */
  private Optional<GrowingFiles.Found> look(Updates updates, FollowedFormat format) {
    try {
      GrowingFiles.Found found =
          new GrowingFiles(place, format, listener::onWarning).look(updates.positions());
      boolean isNew =
          found.count() > 0
              && new GrowingFiles(place, format, said -> {}).look(updates.lookedAt()).count() > 0;
      return isNew ? Optional.of(found) : Optional.empty();
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

  /** Positions say which rows they are: none comes twice. */
  private static String fingerprint(UpdateRows rows) {
    return Hashing.sha256()
        .hashString("followed " + rows.next(), StandardCharsets.UTF_8)
        .toString();
  }
}
