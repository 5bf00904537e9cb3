package org.mtl4j.experiment.apply;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.eval.evaluator.Evaluator;
import org.mtl4j.eval.interval.Bootstrap;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Run;

/**
 * What a run puts out and by what it is measured, as its experiment and its export say.
 *
 * @param outputs in the model's order
 * @param evaluator the metrics
 * @param bootstrap how often rows are drawn for intervals
 */
public record RunOutputs(List<OutputSpec> outputs, Evaluator evaluator, Bootstrap bootstrap) {
  /** Copies the list. */
  public RunOutputs {
    outputs = List.copyOf(outputs);
  }

  /**
   * Those of a finished run.
   *
   * @throws MtlException FILE_MISSING if it is not finished
   */
  public static RunOutputs of(Run run, ExperimentService service) {
    ModelManifest manifest = ManifestFile.read(run.served());
    ConfigFile experiment = ConfigFile.readLeniently(run.files().experiment());
    try {
      Measure measure = Measure.of(experiment, service.parts());
      return new RunOutputs(
          measure.model().outputs(fitted(measure.tasks(), manifest)),
          measure.evaluator(),
          measure.bootstrap());
    } catch (MtlException e) {
      throw e.placed(experiment.root()::whereIs);
    }
  }

  /** The tasks with the classes that the export knows. A scale is not needed to read labels. */
  static List<FittedTask> fitted(List<Task> tasks, ModelManifest manifest) {
    Map<String, List<String>> classes = new LinkedHashMap<>();
    manifest.outputs().forEach(output -> classes.put(output.name(), output.classes()));
    return tasks.stream()
        .map(task -> new FittedTask(task, encoding(task.type(), classes.get(task.name()))))
        .toList();
  }

  private static LabelEncoding encoding(TaskType type, List<String> classes) {
    if (type.isUnsupervised()) {
      return LabelEncoding.Columns.of(type);
    }
    if (type.isClass()) {
      return new LabelEncoding.Classes(classes);
    }
    if (type instanceof TaskType.Multilabel) {
      return new LabelEncoding.ClassSet(classes);
    }
    return type instanceof TaskType.Binary
        ? new LabelEncoding.Indicator()
        : new LabelEncoding.Scale(0, 1);
  }
}
