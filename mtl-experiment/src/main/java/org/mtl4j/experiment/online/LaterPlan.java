package org.mtl4j.experiment.online;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.dataset.RowTimes;
import org.mtl4j.data.split.SplitRule;
import org.mtl4j.data.union.UnionConfig;
import org.mtl4j.experiment.config.DataConfig;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.RunFiles;

/**
 * A run's experiment with later rows for its data: they are read as the run's were, the latest are
 * held out, and every epoch is taken.
 */
final class LaterPlan {
  private static final String TRAINING = "training.";
  private static final String TIME_END = "data.time.end";

  private final ExperimentService service;
  private final ConfigFile file;

  /**
   * Of a run.
   *
   * @param run its files
   */
  LaterPlan(ExperimentService service, RunFiles run) {
    this.service = service;
    this.file = ConfigFile.read(run.experiment());
  }

  /**
   * The experiment.
   *
   * @throws MtlException for rows that cannot stand in for the run's, and with everything that is
   *     wrong with the values given besides
   */
  ExperimentPlan of(UpdateRows rows, Intake.Settings settings) {
    DataConfig data = service.read(file).config().data();
    ConfigFile later =
        source(data, rows.train())
            .withOverride("data.split", split(data, rows, settings.holdout()))
            .withOverride("data.training_share", "1")
            .withOverride("training.early_stopping", "null")
            .withOverride(
                "training.schedule", "null") // It may have come to its end, at a rate of 0.
            .withOverride("training.epochs", Integer.toString(settings.epochs()));
    if (data.time().isPresent()) {
      later = later.withOverride(TIME_END, "null"); // The run's rows ended then, not these.
    }
    for (Map.Entry<String, String> override : settings.overrides().entrySet()) {
      check(override.getKey());
      later = later.withOverride(override.getKey(), override.getValue());
    }
    return service.read(later);
  }

  /** Data, features, tasks and model are what the state was made of. */
  private static void check(String key) {
    if (!key.startsWith(TRAINING) && !key.equals(TIME_END)) {
      throw new MtlException(
          new Problem(
              ErrorCode.USAGE,
              "--set " + key,
              "Expected a key below training, or data.time.end, beside --continue, found another:"
                  + " the rest is the run's own.",
              "Leave it out, or train a new run."));
    }
  }

  private ConfigFile source(DataConfig data, List<String> files) {
    Choice source = data.source();
    if (UnionConfig.of(source).isPresent()) {
      throw new MtlException(
          new Problem(
              ErrorCode.USAGE,
              "--continue",
              "Expected a run on one source, found one on several domains, which files of one"
                  + " cannot stand in for.",
              "Train a run of the new rows with --init-from."));
    }
    String path = list(files);
    if (service.datasets().readsFiles(source)) {
      return file.withOverride("data.source.path", path);
    }
    boolean parquet = files.stream().allMatch(name -> name.endsWith(".parquet"));
    return file.withOverride(
        "data.source", "{type: %s, path: %s}".formatted(parquet ? "parquet" : "csv", path));
  }

  private static String split(DataConfig data, UpdateRows rows, double holdout) {
    if (!rows.holdout().isEmpty()) {
      return "{by: files, train: %s, validation: %s}"
          .formatted(list(rows.train()), list(rows.holdout()));
    }
    if (rows.areFollowed()) {
      return "{by: order}"; // Too few to hold one out.
    }
    return time(data)
        .filter(column -> holdout > 0)
        .map(column -> "{by: time, column: %s, validation: %s}".formatted(quoted(column), holdout))
        .orElseGet(() -> "{by: order, validation: %s}".formatted(holdout));
  }

  /** The column that says which rows are the latest, if the experiment names one. */
  private static Optional<String> time(DataConfig data) {
    if (data.split() instanceof SplitRule.Time split) {
      return Optional.of(split.column());
    }
    return data.split() instanceof SplitRule.LeaveLastOut split
        ? Optional.of(split.time())
        : data.time().map(RowTimes::column);
  }

  private static String list(List<String> values) {
    return values.stream().map(LaterPlan::quoted).collect(joining(", ", "[", "]"));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
