package org.mtl4j.experiment;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.experiment.compare.Comparison;
import org.mtl4j.experiment.compare.RunComparison;
import org.mtl4j.experiment.config.ExperimentConfig;
import org.mtl4j.experiment.diagnose.Diagnosis;
import org.mtl4j.experiment.diagnose.Doctor;
import org.mtl4j.experiment.online.Decision;
import org.mtl4j.experiment.online.UpdateOptions;
import org.mtl4j.experiment.online.Updater;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.TrainOptions;
import org.mtl4j.experiment.tune.Space;
import org.mtl4j.experiment.tune.TuneOptions;
import org.mtl4j.experiment.tune.Tuner;
import org.mtl4j.experiment.tune.Tuning;
import org.mtl4j.experiment.tune.TuningListener;
import org.mtl4j.experiment.wiring.MtlServices;

/**
 * An experiment: what to train on what, read from a file and checked. The way in from Java:
 *
 * <pre>{@code
 * Run run = Experiment.load(Path.of("census.yaml")).train(ExperimentListener.SILENT);
 * double auc = run.metric("test", "income", "auc");
 * }</pre>
 */
public final class Experiment {
  private final ExperimentService service;
  private final ExperimentPlan plan;

  private Experiment(ExperimentService service, ExperimentPlan plan) {
    this.service = service;
    this.plan = plan;
  }

  /**
   * Reads an experiment file.
   *
   * @throws org.mtl4j.core.error.MtlException with everything that is wrong with it
   */
  public static Experiment load(Path file) {
    return of(ConfigFile.read(file));
  }

  /** An experiment from a configuration, with overrides say. */
  public static Experiment of(ConfigFile file) {
    ExperimentService service = MtlServices.standard();
    return new Experiment(service, service.read(file));
  }

  /**
   * Compares finished runs on the test rows that they kept.
   *
   * @param baseline what the others are compared with
   * @param others at least one
   * @throws org.mtl4j.core.error.MtlException RUNS_DIFFER if their test rows differ
   */
  public static Comparison compare(Run baseline, List<Run> others) {
    return new RunComparison(MtlServices.standard()).compare(baseline, others);
  }

  /**
   * Finds out what learning its tasks together did to a finished run, and writes that into its
   * folder. It trains as often as there are tasks, and once more.
   *
   * @return empty if the listener asked to stop
   * @throws org.mtl4j.core.error.MtlException for whatever is wrong with the run or its data
   */
  public static Optional<Diagnosis> diagnose(Run run, ExperimentListener listener) {
    return new Doctor(MtlServices.standard()).diagnose(run, listener);
  }

  /**
   * Lets a finished run go on by rows that came later, and exports the next version if nothing
   * speaks against it.
   *
   * @param files in the format of the run's source
   * @return what became of it; empty if the listener asked to stop, then the same call goes on
   * @throws org.mtl4j.core.error.MtlException for whatever is wrong with the run or the rows
   */
  public static Optional<Decision> update(
      Run run, List<String> files, UpdateOptions options, ExperimentListener listener) {
    return new Updater(MtlServices.standard(), Clock.systemUTC(), listener)
        .update(run, files, options);
  }

  /** The file with every default filled in. */
  public ExperimentConfig config() {
    return plan.config();
  }

  /** Trains into {@code runs/NAME}. */
  public Run train(ExperimentListener listener) {
    return train(TrainOptions.into(Path.of("runs", config().name())), listener);
  }

  /**
   * Trains it with many values of its keys, and finds the best of them by validation rows.
   *
   * @return with a winner, unless the listener asked to stop
   * @throws org.mtl4j.core.error.MtlException with everything that is wrong with space and folder,
   *     before the first trial; then for whatever is wrong with the data, or if all trials failed
   */
  public Tuning tune(Space space, TuneOptions options, TuningListener listener) {
    return new Tuner(service, listener).run(plan, space, options);
  }

  /**
   * Trains, measures and exports.
   *
   * @throws org.mtl4j.core.error.MtlException for whatever is wrong with the folder or the data
   */
  public Run train(TrainOptions options, ExperimentListener listener) {
    return service.train(plan, options, listener);
  }
}
