package org.mtl4j.experiment.diagnose;

import java.util.List;
import java.util.Optional;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Task;
import org.mtl4j.eval.report.ReportFormat;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.RunFiles;
import org.mtl4j.experiment.run.RunMaterial;

/**
 * Finds out what learning its tasks together did to a run: looks into its best state, repeats its
 * training to see how the tasks' gradients go together, trains each task alone, and says what to
 * try.
 */
public final class Doctor {
  private final ExperimentService service;
  private final List<String> columns;

  /** Over the parts that the runs' experiments name. */
  public Doctor(ExperimentService service) {
    this(service, List.of());
  }

  /**
   * The same, who looks at gates by the values of more columns than {@code evaluation.slices} asks
   * for.
   *
   * @param columns any of the rows'; the ten most frequent values of each are slices of their own
   */
  public Doctor(ExperimentService service, List<String> columns) {
    this.service = service;
    this.columns = List.copyOf(columns);
  }

  /**
   * Diagnoses a finished run, and writes {@code diagnosis/report.json} and {@code report.html} into
   * its folder. It trains as often as there are tasks, and once more.
   *
   * @param listener hears of the trainings, one after the other
   * @return empty if the listener asked to stop: then nothing was written
   * @throws MtlException FILE_MISSING if the run is not finished, CONFIG_VALUE if it has one task,
   *     COLUMN_MISSING if there is no column to part rows by, USAGE if columns are asked for and
   *     the model has no gates, NO_ROWS if it has neither test nor validation rows,
   *     CHECKPOINT_INVALID if its data have changed, and what training throws
   */
  public Optional<Diagnosis> diagnose(Run run, ExperimentListener listener) {
    check(service.read(ConfigFile.read(run.files().experiment())));
    try {
      return Optional.of(
          service.withMaterial(run, listener, material -> written(run, material, listener)));
    } catch (StoppedException e) {
      return Optional.empty();
    }
  }

  /**
   * Refuses an experiment that there is nothing to diagnose of, before it is trained for that.
   *
   * @throws MtlException CONFIG_VALUE if it has one task, COLUMN_MISSING if there is no column to
   *     part rows by
   */
  public void check(ExperimentPlan plan) {
    List<String> tasks = plan.tasks().stream().map(Task::name).toList();
    if (tasks.size() < 2) {
      throw plan.document()
          .placed(
              new MtlException(
                  new Problem(
                      ErrorCode.CONFIG_VALUE,
                      "tasks",
                      "Expected two tasks or more to diagnose what they do to each other, found %s alone."
                          .formatted(tasks.get(0)),
                      "Look at mtl report --run RUN, which shows what there is to see of one task.")));
    }
    GateRules rules = new GateRules(plan, columns);
    if (!rules.isEmpty()) {
      rules.reader(service.datasets().splits(plan).columns());
    }
  }

  private Diagnosis written(Run run, RunMaterial material, ExperimentListener listener) {
    GateRules rules = new GateRules(material.plan(), columns);
    Diagnosis found = new Examination(run, material, rules, listener).diagnosis();
    RunFiles files = new RunFiles(run.files().diagnosis());
    files.write(files.reportData(), ReportFormat.JSON.write(found.report()));
    files.write(files.report(), ReportFormat.HTML.write(found.report()));
    return found;
  }
}
