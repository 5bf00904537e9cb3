package org.mtl4j.experiment.run;

import java.util.Optional;
import java.util.function.Consumer;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.split.Split;

/**
 * The rows that a run was made of, read again from their source: not kept by the run, and perhaps
 * not the same any more.
 *
 * @param plan the run's experiment
 * @param dataset its rows in their splits
 * @param fingerprint of its data when it was trained; empty if the run does not say it any more
 */
public record TrainedData(ExperimentPlan plan, SplitDataset dataset, Optional<String> fingerprint) {
  private static final int BLOCK = 4096;

  /**
   * Those of a run; no row is read yet.
   *
   * @throws MtlException for whatever is wrong with its data by now, a file that is not there say
   */
  public static TrainedData of(Run run, ExperimentService service) {
    ConfigFile experiment = ConfigFile.read(run.files().experiment());
    try {
      ExperimentPlan plan = service.read(experiment);
      return new TrainedData(
          plan, service.datasets().splits(plan), Provenance.fingerprint(run.files()));
    } catch (MtlException e) {
      throw e.placed(experiment.root()::whereIs);
    }
  }

  /**
   * Says so if they are not the rows that the run was trained on, or nobody can tell. The files'
   * bytes are read for it, of a query its rows.
   */
  public Optional<String> change() {
    if (fingerprint.isEmpty()) {
      return Optional.of(
          "nobody can tell whether the run's data have changed: its provenance.json does not have"
              + " their data_sha256");
    }
    try {
      return now().equals(fingerprint.get())
          ? Optional.empty()
          : Optional.of(
              "the run's data have changed since it was trained: they are not those of the"
                  + " data_sha256 in its provenance.json");
    } catch (MtlException e) {
      return Optional.of("nobody can tell whether the run's data have changed: " + e.getMessage());
    }
  }

  /** Reads its training rows in one pass. */
  void forEachTrainingRows(Consumer<RawBatch> rows) {
    dataset.forEach(Split.TRAIN, BLOCK, rows);
  }

  private String now() {
    return PretrainedFiles.fingerprint(plan.features(), dataset.rows(Split.TRAIN).fingerprint());
  }
}
