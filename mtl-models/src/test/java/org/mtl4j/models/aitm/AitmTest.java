package org.mtl4j.models.aitm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.training.StepLosses;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.models.ForwardTest;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.models.TaskGradients;
import org.mtl4j.testkit.PlainLayers;
import org.mtl4j.testkit.SmallProblem;
import org.mtl4j.testkit.TestSeed;

class AitmTest extends ForwardTest {
  private static final List<String> STAGES = List.of("click", "cart", "purchase");
  private static final int ROWS = 64;
  private static final double WEIGHT = 0.6;

  @Override
  protected MultiTaskModel model() {
    return aitm(List.of("click", "purchase"));
  }

  private static Aitm aitm(List<String> stages) {
    return new Aitm(stages, List.of(10, 8), WEIGHT, 0, Normalization.NONE);
  }

  @Override
  protected Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    return hidden(network, x, PROBLEM, List.of("click", "purchase"));
  }

  /** q_t of each task, and for stages z_t. */
  private static Map<String, double[]> hidden(
      PlainNetwork network, double[] x, SmallProblem problem, List<String> stages) {
    Map<String, double[]> hidden = new LinkedHashMap<>();
    for (FittedTask task : problem.tasks()) {
      hidden.put(task.name(), network.mlp("tower_" + task.name(), 2, x));
    }
    for (int t = 1; t < stages.size(); t++) {
      String scope = "aitm/transfer_" + stages.get(t);
      double[] before = hidden.get(stages.get(t - 1));
      double[] p = network.mlp(scope + "/information", 1, before);
      hidden.put(stages.get(t), attended(network, scope, p, hidden.get(stages.get(t))));
    }
    return hidden;
  }

  /** z = sum over u of w_u V(u), w = softmax of Q(u) . K(u) / sqrt(width). */
  private static double[] attended(PlainNetwork network, String scope, double[] p, double[] q) {
    double[][] both = {p, q};
    double[] fit = new double[2];
    for (int u = 0; u < 2; u++) {
      double[] query = network.linear(scope + "/query", both[u]);
      double[] key = network.linear(scope + "/key", both[u]);
      for (int i = 0; i < query.length; i++) {
        fit[u] += query[i] * key[i] / Math.sqrt(query.length);
      }
    }
    double[] weights = PlainLayers.softmax(fit);
    double[] z = new double[q.length];
    for (int u = 0; u < 2; u++) {
      double[] value = network.linear(scope + "/value", both[u]);
      for (int i = 0; i < z.length; i++) {
        z[i] += weights[u] * value[i];
      }
    }
    return z;
  }

  /** P(purchase | click) is the ratio of both, at most 1. */
  @Override
  protected double[] prediction(
      PlainNetwork network, FittedTask task, Map<String, double[]> hidden) {
    double[] own = super.prediction(network, task, hidden);
    if (!task.name().equals("purchase")) {
      return own;
    }
    FittedTask click = PROBLEM.tasks().get(0);
    return new double[] {Math.min(1, own[0] / super.prediction(network, click, hidden)[0])};
  }

  @Test
  void whatGoesThroughIsWhatTheHeadSays() {
    SmallProblem problem = SmallProblem.withFunnel(STAGES.toArray(String[]::new));
    EncodedRows rows = problem.rows(ROWS, aitm(STAGES), TestSeed.random());
    try (TrainingSession session = PlainNetwork.trained(aitm(STAGES), problem, rows)) {
      Predictions predictions = session.predict(rows);
      PlainNetwork network = PlainNetwork.of(session, problem);
      for (int row = 0; row < ROWS; row++) {
        Map<String, double[]> hidden = hidden(network, network.input(rows, row), problem, STAGES);
        for (FittedTask task : problem.tasks().subList(1, STAGES.size())) {
          assertThat((double) predictions.values().get("through_" + task.name())[row])
              .as("%s, row %d, seed %d", task.name(), row, TestSeed.value())
              .isCloseTo(network.prediction(task, hidden.get(task.name()))[0], within(1e-5));
        }
      }
    }
  }

  /** At the start, where a later stage is often taken for likelier than the one before. */
  @Test
  void lossIsTheCrossEntropyOfEachStageAndTheCalibrators() {
    SmallProblem problem = SmallProblem.withFunnel(STAGES.toArray(String[]::new));
    EncodedRows rows = problem.rows(ROWS, aitm(STAGES), TestSeed.random());
    try (TrainingSession session = new TrainingSession(problem.trainer(aitm(STAGES), 1))) {
      Predictions before = session.predict(rows);
      StepLosses losses = session.step(PlainNetwork.batch(session, rows), 1);
      double excess = 0;
      for (int t = 1; t < STAGES.size(); t++) {
        float[] p = before.values().get("through_" + STAGES.get(t));
        float[] last = before.values().get(t == 1 ? "click" : "through_" + STAGES.get(t - 1));
        LabelColumn labels = rows.labels().get("through_" + STAGES.get(t));
        double sum = 0;
        double weights = 0;
        for (int r = 0; r < ROWS; r++) {
          double ofLabel = labels.labels()[r] == 1 ? p[r] : 1 - (double) p[r];
          double over = Math.max(p[r] - last[r], 0);
          excess += over;
          sum += labels.weights()[r] * (WEIGHT * over - Math.log(ofLabel));
          weights += labels.weights()[r];
        }
        assertThat(losses.tasks().get(STAGES.get(t)))
            .as("%s, seed %d", STAGES.get(t), TestSeed.value())
            .isCloseTo(sum / weights, within(1e-4));
      }
      assertThat(excess).as("seed %d", TestSeed.value()).isPositive();
    }
  }

  /** Whoever got through the last stage teaches the first tower, and not the other way round. */
  @Test
  void stagesLearnFromThoseBehindThem() {
    TaskGradients gradients = TaskGradients.of(model(), PROBLEM);
    assertThat(gradients.reaches("purchase", "tower_click")).isTrue();
    assertThat(gradients.reaches("purchase", "aitm/transfer_purchase/query")).isTrue();
    assertThat(gradients.reaches("click", "tower_purchase")).isFalse();
    assertThat(gradients.reaches("rating", "tower_click")).isFalse();
  }

  @Test
  void keysAreChecked() {
    assertThatThrownBy(() -> new Aitm(STAGES, List.of(), 0, 0, Normalization.NONE))
        .hasMessageContaining("tower_layers: expected at least one layer");
    assertThatThrownBy(() -> new Aitm(STAGES, List.of(4), -0.1, 0, Normalization.NONE))
        .hasMessage("calibrator_weight: expected a number of at least 0, found -0.1");
    assertThatThrownBy(() -> aitm(List.of("click", "rating")).outputs(PROBLEM.tasks()))
        .hasMessageContaining("\"rating\"");
  }
}
