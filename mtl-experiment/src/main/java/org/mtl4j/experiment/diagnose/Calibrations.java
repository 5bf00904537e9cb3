package org.mtl4j.experiment.diagnose;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.eval.evaluator.PredictionCollector;
import org.mtl4j.eval.interval.Bootstrap;
import org.mtl4j.eval.interval.Interval;
import org.mtl4j.eval.interval.Uncertainty;
import org.mtl4j.eval.metric.Pcoc;
import org.mtl4j.experiment.diagnose.Evidence.MeanRatio;
import org.mtl4j.experiment.kept.KeptRows;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.RunMaterial;

/**
 * How a run's predicted probabilities, as they are served, stand to the labels of its test rows.
 */
final class Calibrations {
  private final Map<String, EvaluationRows> rows;
  private final Bootstrap bootstrap;

  private Calibrations(Map<String, EvaluationRows> rows, Bootstrap bootstrap) {
    this.rows = rows;
    this.bootstrap = bootstrap;
  }

  /** By what the run kept; nothing is known where it kept nothing. */
  static Calibrations of(Run run, RunMaterial material) {
    Bootstrap bootstrap = Bootstrap.of(material.plan().config().evaluation().bootstrap());
    if (!Files.exists(run.files().testPredictions())) {
      return new Calibrations(Map.of(), bootstrap);
    }
    List<OutputSpec> outputs =
        material.tasks().stream()
            .filter(task -> task.task().type() instanceof TaskType.Binary)
            .map(OutputSpec::of)
            .toList();
    PredictionCollector collector = material.plan().judge().evaluator().collector(outputs);
    KeptRows.open(run.files().testPredictions())
        .forEach(block -> collector.add(block.predictions(), block.labels(), block.groups()));
    return new Calibrations(collector.rows(), bootstrap);
  }

  /** Of a task; empty where it is not binary, not known or not defined. */
  Optional<MeanRatio> of(String task) {
    if (!rows.containsKey(task)) {
      return Optional.empty();
    }
    Pcoc pcoc = new Pcoc();
    EvaluationRows own = rows.get(task);
    OptionalDouble value = pcoc.compute(own);
    Optional<Interval> interval =
        Uncertainty.of(List.of(pcoc), own, bootstrap).intervals().get(pcoc.key());
    return value.isPresent()
        ? interval.map(found -> new MeanRatio(value.getAsDouble(), found))
        : Optional.empty();
  }
}
