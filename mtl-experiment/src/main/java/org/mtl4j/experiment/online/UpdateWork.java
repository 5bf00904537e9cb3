package org.mtl4j.experiment.online;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.drift.DriftCheck;
import org.mtl4j.experiment.drift.DriftFinding;
import org.mtl4j.experiment.drift.RowProfile;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.LaterRows;
import org.mtl4j.experiment.run.LaterTraining;
import org.mtl4j.experiment.run.Provenance;
import org.mtl4j.experiment.run.Run;

/**
 * One update from its rows to its decision: looks at them, trains, exports, compares. Done again it
 * comes to the same.
 *
 * @param plan the run's experiment with these rows for its data
 * @param dataset the rows
 * @param listener hears of the reading and the training
 */
record UpdateWork(ExperimentPlan plan, SplitDataset dataset, ExperimentListener listener) {
  /** With fewer, intervals that hold for many rows say nothing. */
  private static final int LEAST_HOLDOUT = 100;

  /**
   * An update.
   *
   * @param run that it is of
   * @param updates of the run
   * @param files the update's
   * @param intake what it takes
   * @param origin a hash of all that its numbers follow from
   */
  record Job(Run run, Updates updates, UpdateFiles files, Intake intake, String origin) {
    LaterTraining.Base base() {
      return updates.base(run, intake.base());
    }
  }

  /** What was found so far. */
  private record Found(
      LaterRows rows, List<DriftFinding> drift, Map<String, Decision.Tokens> tokens) {
    Decision decision(
        Job job, Verdict verdict, List<String> reasons, List<GateFigure> gate, int export) {
      return new Decision(
          job.intake().number(),
          verdict,
          reasons,
          new Decision.Evidence(
              rows.count(Split.TRAIN), rows.count(Split.VALIDATION), drift, gate, tokens),
          export);
    }
  }

  /** Empty if the listener asked to stop: a checkpoint is saved. */
  Optional<Decision> carryOut(Job job, UpdateOptions.Judging judging) {
    LaterTraining.Base base = job.base();
    Optional<RowProfile> expected = UpdateFiles.profile(job.updates().state(job.intake().base()));
    if (expected.isEmpty()) {
      listener.onWarning(
          "nobody knows what the run's rows looked like, as it is of an earlier release: drift is"
              + " not looked for");
    }
    LaterRows rows = LaterRows.read(plan, dataset, base.transforms(), expected, listener);
    checkRows(rows);
    Gate gate = new Gate(plan, dataset, base.transforms().tasks());
    Map<String, EvaluationRows> served =
        rows.count(Split.VALIDATION) > 0 ? gate.predicted(base.export()) : Map.of();
    List<DriftFinding> drift = new ArrayList<>();
    expected.ifPresent(before -> drift.addAll(DriftCheck.of(before, rows.profile().orElseThrow())));
    if (!served.isEmpty()) {
      drift.addAll(gate.fall(served, ExpectedFigures.of(job)));
    }
    Found found = new Found(rows, drift, Map.of());
    List<String> held = held(drift, judging);
    if (!held.isEmpty()) {
      return Optional.of(found.decision(job, Verdict.HELD, held, List.of(), 0));
    }
    Growth growth = Growth.of(job, base, rows);
    Found extended = new Found(rows, drift, growth.tokens());
    Optional<RowProfile> profile =
        expected.map(before -> before.followedBy(rows.profile().orElseThrow()));
    LaterTraining.Target target =
        new LaterTraining.Target(
            growth.transforms(), job.files().run(), job.origin(), provenance(job), profile);
    if (!new LaterTraining(plan, dataset, listener).run(base, rows, target)) {
      return Optional.empty();
    }
    profile.ifPresent(job.files()::write);
    listener.onStage("comparing");
    return Optional.of(judged(job, gate, served, judging, extended));
  }

  private void checkRows(LaterRows rows) {
    if (rows.count(Split.TRAIN) == 0) {
      throw new MtlException(
          new Problem(
              ErrorCode.NO_ROWS,
              "--data",
              "Expected rows to train on, found none that the run's rules keep and that are not"
                  + " held out.",
              "Give files with more rows, or look at data.where in the run's experiment.yaml."));
    }
  }

  private static List<String> held(List<DriftFinding> drift, UpdateOptions.Judging judging) {
    return drift.stream()
        .filter(finding -> !judging.allows(finding.what()))
        .map(
            finding ->
                String.format(
                    Locale.ROOT,
                    "%s: %s (%s %.3f, limit %.3f)",
                    finding.what(),
                    finding.evidence(),
                    finding.measure(),
                    finding.value(),
                    finding.limit()))
        .toList();
  }

  /** What the export says of its numbers. */
  private Map<String, String> provenance(Job job) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("experiment", plan.config().name());
    facts.put("update", Integer.toString(job.intake().number()));
    facts.put("update_base", Integer.toString(job.intake().base()));
    facts.put("update_data_sha256", job.intake().fingerprint());
    facts.put("origin_sha256", job.origin());
    plan.config()
        .data()
        .hashIds()
        .ifPresent(
            ids -> {
              facts.put(Provenance.HASHED, String.join(", ", ids.columns()));
              facts.put(Provenance.HASH_CHECK, ids.pseudonyms().check());
            });
    return facts;
  }

  private static Decision judged(
      Job job,
      Gate gate,
      Map<String, EvaluationRows> served,
      UpdateOptions.Judging judging,
      Found found) {
    int version = job.run().files().latestExport().orElse(0) + 1;
    if (!judging.gate()) {
      return found.decision(job, Verdict.ACCEPTED, List.of(), List.of(), version);
    }
    long holdout = found.rows().count(Split.VALIDATION);
    if (holdout < LEAST_HOLDOUT) {
      List<String> reasons =
          List.of(
              "expected at least %d rows to be held out, found %d"
                  .formatted(LEAST_HOLDOUT, holdout));
      return found.decision(job, Verdict.UNDECIDED, reasons, List.of(), 0);
    }
    List<GateFigure> figures =
        gate.compare(served, gate.predicted(job.files().run().export(1)), judging.margin());
    List<Verdict> verdicts = figures.stream().map(GateFigure::verdict).toList();
    Verdict verdict =
        verdicts.contains(Verdict.REFUSED)
            ? Verdict.REFUSED
            : verdicts.contains(Verdict.UNDECIDED) ? Verdict.UNDECIDED : Verdict.ACCEPTED;
    List<String> reasons =
        figures.stream()
            .filter(figure -> figure.verdict() != Verdict.ACCEPTED)
            .map(GateFigure::words)
            .toList();
    return found.decision(
        job, verdict, reasons, figures, verdict == Verdict.ACCEPTED ? version : 0);
  }
}
