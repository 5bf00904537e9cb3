package org.mtl4j.experiment.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.core.config.ConfigWriter;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.experiment.run.ConfigDifference;
import org.mtl4j.experiment.run.RunFiles;

/** Whether a tuning may begin in a folder, or go on with the one that is there. */
final class Resumption {
  private Resumption() {}

  /**
   * The number of trials: a tuning by random draws may be given more of them, as each is drawn by
   * itself; in a grid and at rungs the others would have been decided otherwise.
   *
   * @throws MtlException USAGE if that is not so
   */
  static int trials(Optional<TuningFiles.State> begun, Space space, TuneOptions options) {
    boolean grid = space.config().method() instanceof SearchMethod.Grid;
    int usual = grid ? space.size().orElseThrow().intValueExact() : TuneOptions.TRIALS;
    int before = begun.map(TuningFiles.State::trials).orElse(usual);
    int wanted = options.trials().orElse(before);
    if (grid && wanted < usual) {
      throw usage(
          "Expected at least the %d combinations of the grid, found %d.".formatted(usual, wanted),
          "Leave --trials out, name fewer values, or take method: {type: random}.");
    }
    boolean random = space.config().method() instanceof SearchMethod.Random;
    if (begun.isPresent() && (wanted < before || (wanted > before && !random))) {
      throw usage(
          "The tuning in this folder was begun with %d trials, found %d.".formatted(before, wanted),
          "Leave --trials out, or start a new tuning with --output.");
    }
    return grid ? usual : wanted;
  }

  private static MtlException usage(String what, String remedy) {
    return new MtlException(new Problem(ErrorCode.USAGE, "--trials", what, remedy));
  }

  /**
   * Nothing is written over.
   *
   * @param begun whether there is a tuning, which goes on
   * @throws MtlException OUTPUT_FOLDER if something else is there
   */
  static void checkFree(TuningFiles files, boolean begun) {
    if (!begun && !new RunFiles(files.folder()).isEmpty()) {
      throw new MtlException(
          new Problem(
              ErrorCode.OUTPUT_FOLDER,
              files.folder().toString(),
              "The tuning's folder is not empty, and nothing is ever written over.",
              "Choose another folder with --output, or go on with --resume."));
    }
  }

  /**
   * A tuning goes on with the experiment and the space that it began with.
   *
   * @throws MtlException CONFIG_VALUE with each key that differs
   */
  static void checkSame(
      TuningFiles.State before, String experiment, Space space, TuningFiles files) {
    List<ConfigDifference> differences = new ArrayList<>();
    differences.addAll(ConfigDifference.between(tree(before.experiment()), tree(experiment)));
    differences.addAll(
        ConfigDifference.between(
            ConfigFile.parse(before.space(), "space").root(),
            ConfigFile.parse(ConfigWriter.write(space.config()), "space").root()));
    if (!differences.isEmpty()) {
      throw new MtlException(
          differences.stream().map(difference -> problem(files, difference)).toList());
    }
  }

  /** Results do not depend on where rows are kept. */
  private static ConfigNode tree(String experiment) {
    return ConfigFile.parse(experiment, "experiment").withOverride("data.cache", "{}").root();
  }

  private static Problem problem(TuningFiles files, ConfigDifference difference) {
    return new Problem(
        ErrorCode.CONFIG_VALUE,
        difference.path() + " (" + files.state() + ")",
        "The tuning in this folder was begun with %s, the one to go on with has %s."
            .formatted(difference.before(), difference.now()),
        "Go on with what it was begun with, or start a new tuning with --output.");
  }
}
