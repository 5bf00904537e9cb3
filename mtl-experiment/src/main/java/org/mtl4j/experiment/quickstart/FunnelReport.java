package org.mtl4j.experiment.quickstart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.batch.LabelEncoder;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.core.model.LabelRule;
import org.mtl4j.core.model.OutputLabels;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.simulator.SimulatedSource;
import org.mtl4j.data.split.Split;
import org.mtl4j.eval.evaluator.PredictionCollector;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.Groups;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.serving.model.MtlModel;

/**
 * Who buys, of everybody who was shown something: P(click and cart and purchase) over all test
 * rows, by ESMM, by the product of three single-task models, each trained on the rows that reached
 * its stage, and by the truth.
 */
final class FunnelReport {
  private static final int BLOCK = 4096;
  private static final List<String> STAGES = List.of("click", "cart", "purchase");

  /** The output that is compared. */
  static final String OUTPUT = "through_purchase";

  private final ExperimentPlan plan;
  private final List<FittedTask> tasks;
  private final OutputSpec output =
      new OutputSpec(
          OUTPUT,
          new TaskType.Binary(List.of()),
          new LabelEncoding.Indicator(),
          new LabelRule.ThroughStages(STAGES),
          "P(click and cart and purchase)");

  FunnelReport(ExperimentPlan plan) {
    this.plan = plan;
    this.tasks =
        plan.tasks().stream()
            .filter(task -> STAGES.contains(task.name()))
            .map(task -> new FittedTask(task, new LabelEncoding.Indicator()))
            .toList();
  }

  /** Metrics by predictor: {@code esmm}, {@code single_task product}, {@code truth}. */
  Map<String, MetricReport> of(SplitDataset data, Map<String, Run> runs) {
    Map<String, MetricReport> reports = new LinkedHashMap<>();
    try (MtlModel esmm = runs.get("esmm").model();
        MtlModel click = runs.get("single_click").model();
        MtlModel cart = runs.get("single_cart").model();
        MtlModel purchase = runs.get("single_purchase").model()) {
      reports.put("esmm", report(data, rows -> esmm.predict(rows).values().get(OUTPUT)));
      reports.put(
          "single_task product",
          report(data, rows -> product(rows, List.of(click, cart, purchase))));
    }
    reports.put("truth", report(data, FunnelReport::truth));
    return reports;
  }

  /** Predictions of a block of rows [n]. */
  @FunctionalInterface
  private interface Scores {
    float[] of(RawBatch rows);
  }

  private MetricReport report(SplitDataset data, Scores scores) {
    LabelEncoder labels = new LabelEncoder(tasks, data.columns());
    Groups groups = Groups.of(plan, data.columns());
    PredictionCollector collector = plan.judge().evaluator().collector(List.of(output));
    data.forEach(
        Split.TEST,
        BLOCK,
        rows ->
            collector.add(
                new Predictions(rows.rowCount(), Map.of(OUTPUT, scores.of(rows))),
                OutputLabels.of(List.of(output), labels.encode(rows)),
                groups.of(rows)));
    return collector.report();
  }

  private static float[] product(RawBatch rows, List<MtlModel> models) {
    List<float[]> stages = new ArrayList<>();
    for (int i = 0; i < STAGES.size(); i++) {
      stages.add(models.get(i).predict(rows).values().get(STAGES.get(i)));
    }
    float[] product = new float[rows.rowCount()];
    for (int r = 0; r < product.length; r++) {
      product[r] = stages.get(0)[r] * stages.get(1)[r] * stages.get(2)[r];
    }
    return product;
  }

  private static float[] truth(RawBatch rows) {
    int column = rows.columns().indexOf(SimulatedSource.TRUTH_PREFIX + OUTPUT);
    float[] truth = new float[rows.rowCount()];
    for (int r = 0; r < truth.length; r++) {
      truth[r] = (float) rows.number(column, r);
    }
    return truth;
  }
}
