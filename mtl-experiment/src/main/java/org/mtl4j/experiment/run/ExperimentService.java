package org.mtl4j.experiment.run;

import java.nio.file.Path;
import java.util.function.Function;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.model.BaselinePredictor;
import org.mtl4j.core.model.Predictor;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.experiment.lint.LintReport;
import org.mtl4j.serving.model.MtlModel;

/** Reads, trains and measures experiments with a given set of parts. */
public final class ExperimentService {
  private final Parts parts;
  private final Datasets datasets;
  private final CacheLocation cache;

  /** A service over the parts that Guice collected. */
  public ExperimentService(Parts parts) {
    this(parts, CacheLocation.ofProcess());
  }

  /** With another environment than the process's. */
  ExperimentService(Parts parts, CacheLocation cache) {
    this.parts = parts;
    this.cache = cache;
    this.datasets = new Datasets(parts.sources(), parts.lookups());
  }

  /** What an experiment file can name. */
  public Parts parts() {
    return parts;
  }

  /** Opens sources. */
  public Datasets datasets() {
    return datasets;
  }

  /** Where rows are kept from one run to the next. */
  public CacheLocation cache() {
    return cache;
  }

  /**
   * Reads an experiment.
   *
   * @throws org.mtl4j.core.error.MtlException with everything that is wrong with it
   */
  public ExperimentPlan read(ConfigFile file) {
    return reader().read(file);
  }

  /** Reads experiments that name the parts. */
  ExperimentReader reader() {
    return new ExperimentReader(parts);
  }

  /**
   * Reads an experiment's data as training would, and says what its linter finds.
   *
   * @param listener hears of the rows as they are read
   * @throws MtlException for what is wrong with the data besides
   */
  public LintReport lint(ExperimentPlan plan, ExperimentListener listener) {
    try {
      SplitDataset dataset = datasets.splits(plan);
      LearntData learnt = ExperimentData.learn(plan, dataset, true, listener).data();
      learnt.warnings().forEach(listener::onWarning);
      return learnt.lint();
    } catch (MtlException e) {
      throw plan.document().placed(e);
    }
  }

  /** Trains an experiment; see {@link org.mtl4j.experiment.Experiment#train}. */
  public Run train(ExperimentPlan plan, TrainOptions options, ExperimentListener listener) {
    return train(plan, options, listener, RunObserver.NONE);
  }

  /** The same, the model looked into while it is trained. */
  public Run train(
      ExperimentPlan plan,
      TrainOptions options,
      ExperimentListener listener,
      RunObserver observer) {
    try {
      return new ExperimentRunner(plan, this, listener, observer).run(options);
    } catch (MtlException e) {
      throw plan.document().placed(e);
    }
  }

  /**
   * What predicts for a finished run, out of its files alone; the caller closes it.
   *
   * @throws MtlException FILE_MISSING if the run is not finished, EXPORT_INVALID if what it keeps
   *     is not as it was written
   */
  public Predictor predictor(Run run) {
    return run.isBaseline() ? baseline(run) : MtlModel.load(run.export());
  }

  private BaselinePredictor baseline(Run run) {
    run.served(); // Finished, or refused.
    Path file = run.files().experiment();
    if (read(ConfigFile.readLeniently(file)).learner() instanceof Learner.Fitted learner) {
      return new FittedModel(run.files()).read(learner.model());
    }
    throw new MtlException(
        new Problem(
            ErrorCode.EXPORT_INVALID,
            file.toString(),
            "Expected the baseline that the run was fitted by, found another model.",
            "Put the file back as it was, or train the run again."));
  }

  /**
   * Makes what a finished run was made of ready to be looked into; nobody else writes to its folder
   * meanwhile.
   *
   * @param work gets it, and must not keep it
   * @throws MtlException FILE_MISSING if the run is not finished, CHECKPOINT_INVALID if its best
   *     state is damaged or not of the data that are there now
   */
  public <T> T withMaterial(Run run, ExperimentListener listener, Function<RunMaterial, T> work) {
    run.metrics(); // Finished, or refused.
    ExperimentPlan plan = read(ConfigFile.read(run.files().experiment()));
    try {
      return RunMaterial.of(run, this, listener, plan, work);
    } catch (MtlException e) {
      throw plan.document().placed(e);
    }
  }
}
