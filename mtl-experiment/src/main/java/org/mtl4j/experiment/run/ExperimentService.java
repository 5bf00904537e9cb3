package org.mtl4j.experiment.run;

import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;

/** Reads, trains and measures experiments with a given set of parts. */
public final class ExperimentService {
  private final Parts parts;
  private final Datasets datasets;

  /** A service over the parts that Guice collected. */
  public ExperimentService(Parts parts) {
    this.parts = parts;
    this.datasets = new Datasets(parts.sources());
  }

  /** What an experiment file can name. */
  public Parts parts() {
    return parts;
  }

  /** Opens sources. */
  public Datasets datasets() {
    return datasets;
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

  /** Trains an experiment; see {@link org.mtl4j.experiment.Experiment#train}. */
  public Run train(ExperimentPlan plan, TrainOptions options, ExperimentListener listener) {
    try {
      return new ExperimentRunner(plan, this, listener).run(options);
    } catch (MtlException e) {
      throw plan.document().placed(e);
    }
  }
}
