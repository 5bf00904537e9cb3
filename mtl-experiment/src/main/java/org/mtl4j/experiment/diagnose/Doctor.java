package org.mtl4j.experiment.diagnose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.task.Task;
import org.mtl4j.eval.report.ReportFormat;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.RunFiles;
import org.mtl4j.experiment.run.RunMaterial;
import org.mtl4j.experiment.run.RunObserver;
import org.mtl4j.experiment.run.TrainOptions;

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
   * Trains an experiment as {@code mtl train} does, and takes down what a diagnosis of the run
   * needs to know of its training: {@link #resume} then trains it no second time.
   *
   * @throws MtlException as {@link #check}, and what training throws
   */
  public Run train(ExperimentPlan plan, TrainOptions options, ExperimentListener listener) {
    check(plan);
    return service.train(plan, options, listener, Doctor::log);
  }

  private static EpochLog log(RunObserver.Training training) {
    return EpochLog.after(
        training.from().epoch(),
        watched(training.files()),
        new EpochProbe(training.plan(), training.session(), training.rows()));
  }

  /** The trainings of a diagnosis that has not ended. */
  static Path trainings(RunFiles files) {
    return files.diagnosis().resolve("trainings");
  }

  /** What was taken down while a run was trained. */
  static Path watched(RunFiles files) {
    return trainings(files).resolve("run.jsonl");
  }

  /**
   * Diagnoses a finished run, and writes {@code diagnosis/report.json} and {@code report.html} into
   * its folder. It trains as often as there are tasks, and once more.
   *
   * @param listener hears of the trainings, one after the other
   * @return empty if the listener asked to stop: then {@link #resume} goes on
   * @throws MtlException FILE_MISSING if the run is not finished, CONFIG_VALUE if it has one task,
   *     COLUMN_MISSING if there is no column to part rows by, USAGE if columns are asked for and
   *     the model has no gates, NO_ROWS if it has neither test nor validation rows,
   *     CHECKPOINT_INVALID if its data have changed, OUTPUT_FOLDER if a diagnosis was begun, and
   *     what training throws
   */
  public Optional<Diagnosis> diagnose(Run run, ExperimentListener listener) {
    return diagnose(run, false, listener);
  }

  /**
   * The same, going on where a diagnosis or its run's training was left; from the beginning if
   * there is none.
   *
   * @throws MtlException as {@link #diagnose(Run, ExperimentListener)}, but for OUTPUT_FOLDER
   */
  public Optional<Diagnosis> resume(Run run, ExperimentListener listener) {
    return diagnose(run, true, listener);
  }

  private Optional<Diagnosis> diagnose(Run run, boolean resume, ExperimentListener listener) {
    check(service.read(ConfigFile.read(run.files().experiment())));
    Path trainings = trainings(run.files());
    if (!resume && Files.exists(trainings)) {
      throw new MtlException(
          new Problem(
              ErrorCode.OUTPUT_FOLDER,
              trainings.toString(),
              "A diagnosis of the run was begun and has not ended.",
              "Go on with --resume, or delete the folder to begin anew."));
    }
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
    drop(trainings(run.files()));
    return found;
  }

  private static void drop(Path trainings) {
    try {
      Folders.delete(trainings);
    } catch (IOException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.IO,
              trainings.toString(),
              "The diagnosis is written, but its trainings cannot be deleted: " + e + ".",
              "Delete the folder."),
          e);
    }
  }
}
