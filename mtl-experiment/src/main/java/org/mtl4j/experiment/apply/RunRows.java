package org.mtl4j.experiment.apply;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.LabelEncoder;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.model.OutputLabels;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.Task;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Groups;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.TrainedData;

/**
 * Raw rows for a finished run's export, after the rules of its experiment, and the labels that its
 * tasks give them. Groups are numbered as blocks come: not safe for several threads.
 */
public final class RunRows {
  private final ServedModel served;
  private final Measure measure;
  private final BatchSource source;
  private final List<FittedTask> tasks;
  private final List<OutputSpec> outputs;
  private final LabelEncoder encoder;
  private final Groups groups;

  private RunRows(ServedModel served, Measure measure, BatchSource source) {
    this.served = served;
    this.measure = measure;
    this.source = source;
    this.tasks = RunOutputs.fitted(measure.tasks(), served.manifest());
    this.outputs = measure.model().outputs(tasks);
    this.encoder = new LabelEncoder(tasks, source.columns());
    this.groups = Groups.of(measure.groupBy(), source.columns(), served.data().scope());
  }

  /**
   * All rows of some files.
   *
   * @param files in the format of the run's source
   * @throws MtlException FILE_MISSING if the run is not finished, and for whatever is wrong with
   *     the files
   */
  public static RunRows of(Run run, List<String> files, ExperimentService service) {
    ServedModel served = ServedModel.of(run, service);
    return of(served, run, new Wanted(files, List.of()), service);
  }

  /**
   * What is to be read.
   *
   * @param files in the format of the run's source
   * @param columns that nothing else reads
   */
  record Wanted(List<String> files, List<String> columns) {}

  /** The same for one of the run's exports. */
  static RunRows of(ServedModel served, Run run, Wanted wanted, ExperimentService service) {
    Measure measure =
        Measure.of(ConfigFile.readLeniently(run.files().experiment()), service.parts());
    Set<String> columns = columns(measure, served);
    columns.addAll(wanted.columns());
    return new RunRows(
        served, measure, served.data().ruled(wanted.files(), measure.tasks(), columns));
  }

  /**
   * The rows of the run's own test split, read again from its source.
   *
   * @throws MtlException FILE_MISSING if the run is not finished, and for whatever is wrong with
   *     its data by now
   */
  public static RunRows test(Run run, ExperimentService service) {
    ServedModel served = ServedModel.of(run, service);
    Measure measure =
        Measure.of(ConfigFile.readLeniently(run.files().experiment()), service.parts());
    return new RunRows(served, measure, TrainedData.of(run, service).dataset().rows(Split.TEST));
  }

  /** What the model and its measure read. */
  private static Set<String> columns(Measure measure, ServedModel served) {
    Set<String> columns = new LinkedHashSet<>(served.columns());
    for (Task task : measure.tasks()) {
      columns.addAll(task.label().columns());
      task.space().where().ifPresent(where -> columns.addAll(where.columns()));
      task.exampleWeight().ifPresent(weight -> columns.addAll(weight.columns()));
    }
    measure.groupBy().ifPresent(columns::add);
    measure.evaluation().item().ifPresent(columns::add);
    columns.addAll(measure.evaluation().itemContent());
    return columns;
  }

  /** The rows. */
  public BatchSource source() {
    return source;
  }

  /** The run's export. */
  public ServedModel served() {
    return served;
  }

  /** What it puts out, in the model's order. */
  public List<OutputSpec> outputs() {
    return outputs;
  }

  /** What the run is measured by. */
  Measure measure() {
    return measure;
  }

  /** The tasks, with the classes that the export knows. */
  List<FittedTask> tasks() {
    return tasks;
  }

  /**
   * Per output the labels of a block of the source.
   *
   * @throws MtlException DATA_VALUE for a label that its task does not allow
   */
  public Map<String, LabelColumn> labels(RawBatch block) {
    return OutputLabels.of(outputs, encoder.encode(block));
  }

  /** How many rows so far had a class of a task that was not seen in training. */
  long unseenClasses(String task) {
    return encoder.unseenClasses(task);
  }

  /** The group of each row of a block [n]; empty where the experiment names no column for it. */
  public Optional<int[]> groups(RawBatch block) {
    return groups.of(block);
  }
}
