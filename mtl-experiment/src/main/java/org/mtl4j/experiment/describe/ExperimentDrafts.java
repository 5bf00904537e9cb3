package org.mtl4j.experiment.describe;

import java.util.Map;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.describe.TableSummary;
import org.mtl4j.experiment.lint.Finding;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.ExperimentService;

/**
 * Drafts a starting experiment for a table, and tries it: what the linter refuses is left out, so
 * that what comes out trains as it stands.
 */
public final class ExperimentDrafts {
  private static final String FEATURES = "features.";
  private static final int TRIES = 20;

  private final ExperimentService service;

  /** Drafts that a service tries. */
  public ExperimentDrafts(ExperimentService service) {
    this.service = service;
  }

  /**
   * An experiment in YAML, with a comment on each column that was left out and why.
   *
   * @param name names the run
   * @param source the keys of {@code data.source}, {@code type} first
   * @param table what is in the source
   * @param listener hears of the rows as they are read, once a try
   * @throws MtlException if the table has nothing to predict or to learn from
   */
  public String draft(
      String name, Map<String, Object> source, TableSummary table, ExperimentListener listener) {
    StartingExperiment draft =
        new StartingExperiment(name, source, Guesses.of(table), Map.of(), true);
    for (int i = 0; i < TRIES && draft.hasFeatures(); i++) {
      StartingExperiment better = tried(draft, listener);
      if (better.equals(draft)) {
        return draft.yaml();
      }
      draft = better;
    }
    throw new MtlException(
        new Problem(
            ErrorCode.DATA_FORMAT,
            "mtl describe",
            "Expected columns that a label can be learnt from, found none"
                + (draft.left().isEmpty() ? "." : " besides " + draft.left().keySet() + "."),
            "Columns that are constant, unique to a row or tell the label were left out: write the"
                + " experiment by hand."));
  }

  /** The same if nothing is wrong with it, otherwise what to try next. */
  private StartingExperiment tried(StartingExperiment draft, ExperimentListener listener) {
    ExperimentPlan plan = service.read(ConfigFile.parse(draft.yaml(), "the experiment"));
    try {
      StartingExperiment better = draft;
      for (Finding finding : service.lint(plan, listener).errors()) {
        if (!finding.where().startsWith(FEATURES)) {
          throw new MtlException(finding.problem());
        }
        String feature = finding.where().substring(FEATURES.length());
        better = better.without(draft.columnOf(feature), finding.evidence());
      }
      return better;
    } catch (MtlException e) {
      // The last rows by time may hold what the first do not: a class, a label at all.
      if (draft.time().isEmpty()) {
        throw e;
      }
      return draft.atRandom();
    }
  }
}
