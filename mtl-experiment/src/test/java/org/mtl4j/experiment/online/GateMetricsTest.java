package org.mtl4j.experiment.online;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.metric.RowPart;
import org.mtl4j.core.model.LabelRule;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.BinaryLoss;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.RegressionLoss;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.eval.evaluator.Evaluator;
import org.mtl4j.eval.metric.Auc;
import org.mtl4j.eval.metric.LogLoss;
import org.mtl4j.eval.metric.Mae;
import org.mtl4j.eval.metric.Rmse;

class GateMetricsTest {
  private static final Evaluator USUAL =
      new Evaluator(List.of(new Auc(), new LogLoss(), new Rmse(), new Mae()));

  private static List<String> of(TaskType type, LabelEncoding encoding, Set<String> calibrated) {
    OutputSpec output = new OutputSpec("t", type, encoding, new LabelRule.OfTask("t"), "");
    return new GateMetrics(USUAL, calibrated)
        .of(output, Set.of()).stream().map(Metric::key).toList();
  }

  private static List<String> number(RegressionLoss loss) {
    return of(new TaskType.Regression(loss), new LabelEncoding.Scale(0, 1), Set.of());
  }

  private static List<String> binary(BinaryLoss loss, String... calibrated) {
    return of(
        new TaskType.Binary(List.of(), loss), new LabelEncoding.Indicator(1), Set.of(calibrated));
  }

  @Test
  void numbersAreJudgedByWhatTheyArePredictedFor() {
    assertThat(number(new RegressionLoss.Mse())).containsExactly("rmse");
    assertThat(number(new RegressionLoss.Huber())).containsExactly("rmse");
    assertThat(number(new RegressionLoss.Poisson())).containsExactly("rmse");
    assertThat(number(new RegressionLoss.Mae())).containsExactly("mae");
    assertThat(number(new RegressionLoss.Quantile(0.9))).containsExactly("quantile_loss@0.9");
  }

  @Test
  void scoresThatAreNoProbabilitiesAreJudgedByTheirOrder() {
    assertThat(binary(new BinaryLoss.LogLoss())).containsExactly("auc", "log_loss");
    assertThat(binary(new BinaryLoss.Hinge())).containsExactly("auc");
    assertThat(binary(new BinaryLoss.Hinge(), "t")).containsExactly("auc", "log_loss");
    assertThat(binary(new BinaryLoss.Bpr())).containsExactly("auc");
  }

  @Test
  void scoresThatAreComparedWithinQueriesAreJudgedThereWhereTheyCanBe() {
    OutputSpec output =
        new OutputSpec(
            "t",
            new TaskType.Binary(List.of(), new BinaryLoss.Listwise()),
            new LabelEncoding.Indicator(1),
            new LabelRule.OfTask("t"),
            "");
    Evaluator grouped = new Evaluator(List.of(new Auc(), new LogLoss()));
    assertThat(new GateMetrics(grouped, Set.of()).of(output, Set.of(RowPart.GROUPS)))
        .extracting(Metric::key)
        .containsExactly("gauc");
    assertThat(new GateMetrics(grouped, Set.of("t")).of(output, Set.of(RowPart.GROUPS)))
        .extracting(Metric::key)
        .containsExactly("auc", "log_loss");
  }
}
