package org.mtl4j.experiment.run;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.config.ConfigWriter;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.FolderLock;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.file.Unfinished;
import org.mtl4j.experiment.config.ExperimentConfig;

/**
 * A run's folder, taken by one process: refused if it is somebody else's, and cleared of what a
 * process that died left unfinished. It is asked for before any data is read, and if nothing was
 * written into it then, the next run finds no folder that this one should not have begun.
 */
final class RunFolder implements AutoCloseable {
  private final RunFiles files;
  private final Optional<FolderLock> lock;

  private RunFolder(RunFiles files, Optional<FolderLock> lock) {
    this.files = files;
    this.lock = lock;
  }

  /**
   * Takes the folder.
   *
   * @throws MtlException OUTPUT_FOLDER if it is not empty, cannot be written or is in use;
   *     CONFIG_VALUE with each key in which the experiment differs from the one begun there
   */
  static RunFolder take(
      RunFiles files, ExperimentConfig config, TrainOptions options, ExperimentListener listener) {
    checkEmpty(files, options);
    RunFolder folder = new RunFolder(files, lock(files.folder(), listener));
    boolean mine = false;
    try {
      checkEmpty(files, options); // Another process may have been quicker, and be done.
      checkSameExperiment(files, config);
      for (Path place : List.of(files.folder(), files.checkpoints(), files.exports())) {
        Unfinished.clear(place);
      }
      mine = true;
      return folder;
    } catch (IOException e) {
      throw RunFiles.failure(files.folder(), e);
    } finally {
      if (!mine) {
        folder.close();
      }
    }
  }

  /** What is in it. */
  RunFiles files() {
    return files;
  }

  private static void checkEmpty(RunFiles files, TrainOptions options) {
    if (!options.resume() && !files.isEmpty()) {
      throw new MtlException(
          new Problem(
              ErrorCode.OUTPUT_FOLDER,
              files.folder().toString(),
              "The run's folder is not empty, and nothing is ever written over.",
              "Choose another folder with --output, or go on with --resume."));
    }
  }

  private static Optional<FolderLock> lock(Path folder, ExperimentListener listener) {
    try {
      Folders.make(folder);
      if (!Files.isWritable(folder)) {
        throw new IOException("no permission to write there");
      }
    } catch (IOException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.OUTPUT_FOLDER,
              folder.toString(),
              "Expected a folder to write the run to, found none that can be made or written: "
                  + e
                  + ".",
              "Choose another folder with --output."),
          e);
    }
    try {
      Optional<FolderLock> lock = FolderLock.take(folder);
      if (lock.isEmpty()) {
        throw new MtlException(
            new Problem(
                ErrorCode.OUTPUT_FOLDER,
                folder.toString(),
                "The run's folder is in use: " + FolderLock.owner(folder) + " writes to it.",
                "Wait until that has ended or end it, then go on with --resume; or choose another folder with --output."));
      }
      return lock;
    } catch (IOException e) {
      listener.onWarning(
          "%s cannot be locked (%s): see to it that no other process writes to it"
              .formatted(folder, e));
      return Optional.empty();
    }
  }

  /** A run goes on with the experiment that it began with; only the number of epochs may change. */
  private static void checkSameExperiment(RunFiles files, ExperimentConfig config) {
    if (!Files.exists(files.experiment())) {
      return;
    }
    String epochs = Integer.toString(config.training().epochs());
    ConfigFile before = ConfigFile.read(files.experiment()).withOverride("training.epochs", epochs);
    ConfigFile now = ConfigFile.parse(ConfigWriter.write(config), "now");
    List<Problem> problems =
        ConfigDifference.between(before.root(), now.root()).stream()
            .map(difference -> problem(files.experiment(), difference))
            .toList();
    if (!problems.isEmpty()) {
      throw new MtlException(problems);
    }
  }

  private static Problem problem(Path file, ConfigDifference difference) {
    String threads =
        difference.path().equals("training.threads") ? " The bits of a run depend on it." : "";
    return new Problem(
        ErrorCode.CONFIG_VALUE,
        difference.path() + " (" + file + ")",
        "The run in this folder was begun with %s, the experiment to go on with has %s.%s"
            .formatted(difference.before(), difference.now(), threads),
        difference.remedy());
  }

  @Override
  public void close() {
    try {
      if (lock.isPresent()) {
        lock.get().close();
      }
      if (!Files.isSymbolicLink(
          files.folder())) { // That would delete the link, whatever it leads to.
        Files.delete(files.folder());
      }
    } catch (DirectoryNotEmptyException e) {
      // It holds a run.
    } catch (IOException e) {
      // The system gives the lock back when the process ends.
    }
  }
}
