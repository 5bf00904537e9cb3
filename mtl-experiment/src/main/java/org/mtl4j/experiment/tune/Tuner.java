package org.mtl4j.experiment.tune;

import java.io.IOException;
import java.util.Optional;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.config.ConfigWriter;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.Unfinished;
import org.mtl4j.experiment.config.TrainingConfig;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.GoingOn;
import org.mtl4j.experiment.run.OutputFolder;
import org.mtl4j.experiment.run.RunFiles;

/**
 * Trains an experiment with many values of its keys. Each trial is a run of its own, and whatever
 * is known of it is read from there: a tuning that was killed at any moment goes on as if it had
 * not been.
 */
public final class Tuner {
  private static final String THREADS = "training.threads";

  /** What a trial would say to do is of a run by itself. */
  private static final GoingOn RESUME =
      new GoingOn("go on with --resume: what the trials have trained is kept.");

  private final ExperimentService service;
  private final TuningListener listener;

  /** A tuner with the parts of a service. */
  public Tuner(ExperimentService service, TuningListener listener) {
    this.service = service;
    this.listener = listener;
  }

  /**
   * Trains all trials that are not trained yet.
   *
   * @param experiment what is tuned
   * @return with a winner, unless the listener asked to stop; resuming does the rest
   * @throws MtlException with everything that is wrong with space and folder, before the first
   *     trial; then for whatever is wrong with the data, or if all trials failed
   */
  public Tuning run(ExperimentPlan experiment, Space space, TuneOptions options) {
    TuningFiles files = new TuningFiles(options.folder());
    Optional<TuningFiles.State> begun = options.resume() ? files.readState() : Optional.empty();
    int most = Resumption.trials(begun, space, options);
    ConfigFile complete = complete(experiment, begun, options.resources().parallel());
    String yaml = service.read(complete).document().yaml();
    begun.ifPresent(state -> Resumption.checkSame(state, yaml, space, files));
    TuningPlan plan = TuningPlan.of(service, complete, space, most);
    OutputFolder.check(files.folder(), OutputFolder.Use.TUNING);
    Resumption.checkFree(files, begun.isPresent());
    try (OutputFolder folder =
        OutputFolder.take(files.folder(), OutputFolder.Use.TUNING, listener::onWarning)) {
      Unfinished.clear(folder.path());
      TuningFiles.State state =
          new TuningFiles.State(yaml, ConfigWriter.write(space.config()), most);
      try {
        return search(plan, files, state, options);
      } catch (MtlException e) {
        throw RESUME.of(e, new RunFiles(files.folder()));
      }
    } catch (IOException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.IO,
              files.folder().toString(),
              "The tuning's folder cannot be read or written: " + e + ".",
              "Make room or get the right to write there, then go on with --resume."),
          e);
    }
  }

  private Tuning search(
      TuningPlan plan, TuningFiles files, TuningFiles.State state, TuneOptions options) {
    files.writeState(state);
    listener.onPlan(plan.trials().size(), plan.rungs(), plan.objective());
    return new Search(plan, files, service, listener).run(options);
  }

  /**
   * The experiment with every default filled in, so that a key below a choice that was not typed
   * has its place; and with the number of threads that each trial has, alone or beside others.
   */
  private static ConfigFile complete(
      ExperimentPlan experiment, Optional<TuningFiles.State> begun, int parallel) {
    ConfigFile file = ConfigFile.parse(experiment.document().yaml(), "the experiment, complete");
    if (experiment.document().root().find(THREADS).isPresent()) {
      return file;
    }
    int own = Math.max(1, TrainingConfig.defaultThreads() / parallel);
    int threads = begun.map(TuningFiles.State::experiment).map(Tuner::threads).orElse(own);
    return file.withOverride(THREADS, Integer.toString(threads));
  }

  private static int threads(String experiment) {
    return ConfigFile.parse(experiment, "experiment")
        .root()
        .find(THREADS)
        .map(Spelling::of)
        .map(Integer::valueOf)
        .orElseGet(TrainingConfig::defaultThreads);
  }
}
