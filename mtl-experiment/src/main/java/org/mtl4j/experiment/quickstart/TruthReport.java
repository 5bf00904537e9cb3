package org.mtl4j.experiment.quickstart;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.batch.LabelEncoder;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.core.model.OutputLabels;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.simulator.SimulatedSource;
import org.mtl4j.data.split.Split;
import org.mtl4j.eval.evaluator.PredictionCollector;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.Groups;

/**
 * The metrics of a predictor that knows the probabilities which the simulator drew the test rows
 * from: what no model can beat but by luck.
 */
final class TruthReport {
  private static final int BLOCK = 4096;

  private final ExperimentPlan plan;

  TruthReport(ExperimentPlan plan) {
    this.plan = plan;
  }

  MetricReport of(SplitDataset data) {
    List<FittedTask> tasks = plan.tasks().stream().map(TruthReport::unfitted).toList();
    List<OutputSpec> outputs = tasks.stream().map(OutputSpec::of).toList();
    LabelEncoder labels = new LabelEncoder(tasks, data.columns());
    Groups groups = Groups.of(plan, data.columns());
    PredictionCollector collector = plan.judge().evaluator().collector(outputs);
    data.forEach(
        Split.TEST,
        BLOCK,
        rows ->
            collector.add(
                truth(rows), OutputLabels.of(outputs, labels.encode(rows)), groups.of(rows)));
    return collector.report();
  }

  private static FittedTask unfitted(Task task) {
    boolean regression = task.type() instanceof TaskType.Regression;
    return new FittedTask(
        task, regression ? new LabelEncoding.Scale(0, 1) : new LabelEncoding.Indicator());
  }

  private Predictions truth(RawBatch rows) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Task task : plan.tasks()) {
      int column = rows.columns().indexOf(SimulatedSource.TRUTH_PREFIX + task.name());
      float[] truth = new float[rows.rowCount()];
      for (int r = 0; r < truth.length; r++) {
        truth[r] = (float) rows.number(column, r);
      }
      values.put(task.name(), truth);
    }
    return new Predictions(rows.rowCount(), values);
  }
}
