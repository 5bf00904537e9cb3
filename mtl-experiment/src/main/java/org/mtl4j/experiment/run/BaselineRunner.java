package org.mtl4j.experiment.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.model.BaselinePredictor;
import org.mtl4j.core.model.FittingRows;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.TaskPredictor;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.split.Split;
import org.mtl4j.eval.report.Report;
import org.mtl4j.eval.report.ReportFormat;

/**
 * The short way of a run whose model is a baseline: it is fitted, kept and measured. There are no
 * epochs, and so no history and no checkpoint; a run that was killed is fitted again, to the same
 * numbers, unless its model is there whole.
 */
final class BaselineRunner {
  private final ExperimentPlan plan;
  private final Learner.Fitted learner;
  private final ExperimentListener listener;

  BaselineRunner(ExperimentPlan plan, Learner.Fitted learner, ExperimentListener listener) {
    this.plan = plan;
    this.learner = learner;
    this.listener = listener;
  }

  Run run(RunFolder folder, SplitDataset dataset, PreparedData prepared) {
    ExperimentData data = prepared.data();
    RunFiles files = folder.files();
    listener.onData(ExperimentRunner.sizes(data), data.learnt().warnings());
    plan.warnings().forEach(listener::onWarning);
    learner.model().remarks(plan.tasks()).forEach(listener::onNote);
    BaselineChecks.idle(plan.document().root(), learner.name()).ifPresent(listener::onNote);
    String fingerprint = prepared.fingerprint();
    String origin =
        folder.isBegun()
            ? Provenance.origin(plan.config(), fingerprint, "", files)
            : Provenance.origin(plan.config(), fingerprint, "");
    Map<String, String> provenance = Provenance.of(plan.config(), fingerprint, origin);
    files.changeJson(files.provenance(), provenance); // First: see RunFolder.isFree.
    files.change(files.experiment(), plan.document().yaml());
    RunTransforms.of(data.learnt()).write(files);
    BaselinePredictor fitted = fitted(data, provenance, files);
    listener.onStage("evaluating");
    RunEvaluation.Found found =
        new RunEvaluation(plan, data, dataset, listener)
            .measure(Scorer.of(fitted, outputs(data)), Calibrated.NONE, files);
    Report report =
        RunReport.of(
            new RunReport.Source(
                plan.document(), provenance, History.read(files, 0), data.learnt().lint()),
            found.figures(),
            found.plots(),
            found.sections());
    files.change(files.reportData(), ReportFormat.JSON.write(report));
    files.write(files.report(), ReportFormat.HTML.write(report));
    return new Run(files, Run.Status.FINISHED);
  }

  private List<OutputSpec> outputs(ExperimentData data) {
    return learner.model().outputs(data.learnt().tasks());
  }

  private BaselinePredictor fitted(
      ExperimentData data, Map<String, String> provenance, RunFiles files) {
    FittedModel model = new FittedModel(files);
    if (!model.isOf(provenance.get(Provenance.ORIGIN))) {
      model.write(
          plan, data.learnt(), fit(data), new FittedModel.Meaning(outputs(data), provenance));
    }
    return model.read(learner.model());
  }

  private Map<String, TaskPredictor> fit(ExperimentData data) {
    EncodedData rows = data.split(Split.TRAIN).orElseThrow();
    int threads = plan.config().training().threads().orElse(1);
    Seed seed = new Seed(plan.config().seed()).child("baseline");
    FittingRows fitting = new FittingRows(data.learnt().pipeline(), rows, seed, threads);
    Map<String, TaskPredictor> fitted = new LinkedHashMap<>();
    List<FittedTask> tasks = new TrainingSetup(plan, data).weighted(data.learnt().tasks());
    for (FittedTask task : tasks) {
      listener.onStage("fitting " + task.name());
      fitted.put(task.name(), learner.model().fit(task, fitting));
    }
    return fitted;
  }
}
