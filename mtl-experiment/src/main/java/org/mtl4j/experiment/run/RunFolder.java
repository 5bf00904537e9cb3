package org.mtl4j.experiment.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.core.config.ConfigWriter;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
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
  private final OutputFolder taken;
  private final boolean begun;

  private RunFolder(RunFiles files, OutputFolder taken, boolean begun) {
    this.files = files;
    this.taken = taken;
    this.begun = begun;
  }

  /**
   * Takes the folder.
   *
   * @param plan the experiment, which is the one begun there if there is one
   * @param reader reads the one begun there
   * @throws MtlException OUTPUT_FOLDER if it is not empty, is a file, cannot be written or is in
   *     use; CONFIG_VALUE with each key in which the experiment differs from the one begun there,
   *     or what is wrong with that
   */
  static RunFolder take(
      ExperimentPlan plan,
      ExperimentReader reader,
      TrainOptions options,
      ExperimentListener listener) {
    RunFiles files = new RunFiles(options.output());
    OutputFolder.check(files.folder(), OutputFolder.Use.RUN);
    checkFree(files, options);
    OutputFolder taken =
        OutputFolder.take(files.folder(), OutputFolder.Use.RUN, listener::onWarning);
    boolean mine = false;
    try {
      checkFree(files, options); // Another process may have been quicker, and be done.
      List<Path> inside =
          List.of(files.checkpoints(), files.exports(), files.model(), files.predictions());
      inside.forEach(
          place ->
              OutputFolder.checkNoFile(
                  place, "Move it out of the way, or choose another folder with --output."));
      boolean begun = !isFree(files);
      if (begun) {
        checkSameExperiment(files, plan.config(), reader);
      }
      Unfinished.clear(files.folder());
      for (Path place : inside) {
        Unfinished.clear(place);
      }
      mine = true;
      return new RunFolder(files, taken, begun);
    } catch (IOException e) {
      throw RunFiles.failure(files.folder(), e);
    } finally {
      if (!mine) {
        taken.close();
      }
    }
  }

  /** What is in it. */
  RunFiles files() {
    return files;
  }

  /**
   * Whether a run has begun there already, which the experiment goes on with. What one left that
   * never saved a checkpoint is of no other use than to be replaced.
   */
  boolean isBegun() {
    return begun;
  }

  /**
   * Whether a run may begin in the folder, as nobody loses anything by it: it is empty, or has only
   * the files of a run that ended before its first checkpoint. The provenance is the first of them,
   * so that an experiment that somebody keeps there by itself is not taken for a run's.
   */
  private static boolean isFree(RunFiles files) {
    Set<Path> first =
        Set.of(
            files.provenance(),
            files.experiment(),
            files.history(),
            files.timing(),
            files.tensorboard(),
            files.transforms(),
            files.transfer(),
            files.checkpoints());
    try {
      return files.isEmpty()
          || (Files.exists(files.provenance())
              && files.holdsNothingBut(first)
              && Folders.list(files.checkpoints()).stream().allMatch(Unfinished::isName));
    } catch (IOException e) {
      throw RunFiles.failure(files.checkpoints(), e);
    }
  }

  private static void checkFree(RunFiles files, TrainOptions options) {
    if (options.resume() && Files.exists(files.updates())) {
      throw new MtlException(
          new Problem(
              ErrorCode.OUTPUT_FOLDER,
              files.updates().toString(),
              "The run has gone on by later rows, from the state that its training ended with; found"
                  + " --resume, which would change that state.",
              "Go on with mtl train --continue RUN --data FILE, or choose another folder with"
                  + " --output."));
    }
    if (!options.resume() && !isFree(files)) {
      throw new MtlException(
          new Problem(
              ErrorCode.OUTPUT_FOLDER,
              files.folder().toString(),
              "The run's folder is not empty, and nothing is ever written over.",
              "Choose another folder with --output, or go on with --resume."));
    }
  }

  /**
   * A run goes on with the experiment that it began with; only the number of epochs, what the
   * linter allows, what TensorBoard gets and what is measured slice by slice may change. What is in
   * the folder is read as any experiment is, so that a key that an earlier release did not know has
   * its default there too.
   */
  private static void checkSameExperiment(
      RunFiles files, ExperimentConfig now, ExperimentReader reader) {
    if (!Files.exists(files.experiment())) {
      return;
    }
    String epochs = Integer.toString(now.training().epochs());
    ConfigFile file =
        ConfigFile.read(files.experiment())
            .withOverride("training.epochs", epochs)
            .withOverride("data.cache", ConfigWriter.write(now.data().cache()))
            .withOverride("training.tensorboard", ConfigWriter.write(now.training().tensorboard()))
            .withOverride("lint", "{allow: " + now.lint().allow() + "}");
    ExperimentConfig before = reader.read(file).config();
    List<Problem> problems =
        ConfigDifference.between(tree(before), tree(now)).stream()
            .map(difference -> problem(files.experiment(), difference))
            .toList();
    if (!problems.isEmpty()) {
      throw new MtlException(problems);
    }
  }

  /** As it would be read, each key at its path, but for what is looked at after training alone. */
  private static ConfigNode tree(ExperimentConfig config) {
    return ConfigFile.parse(ConfigWriter.write(config), "experiment")
        .withOverride("evaluation.slices", "[]")
        .withOverride("evaluation.fairness", "null")
        .root();
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
    taken.close();
  }
}
