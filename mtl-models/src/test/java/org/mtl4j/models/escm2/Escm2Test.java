package org.mtl4j.models.escm2;

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
import org.mtl4j.models.esmm.Esmm;
import org.mtl4j.testkit.SmallProblem;
import org.mtl4j.testkit.TestSeed;

class Escm2Test extends ForwardTest {
  private static final List<String> STAGES = List.of("click", "cart", "purchase");
  private static final int ROWS = 64;
  private static final double LEAST = 0.4;
  private static final double WEIGHT = 0.7;

  @Override
  protected MultiTaskModel model() {
    return escm2(Estimator.DR, List.of("click", "purchase"), WEIGHT);
  }

  private static Escm2 escm2(Estimator estimator, List<String> stages, double weight) {
    return new Escm2(stages, estimator, LEAST, weight, List.of(10, 8), 0, Normalization.NONE);
  }

  @Override
  protected Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    Map<String, double[]> hidden = new LinkedHashMap<>();
    for (FittedTask task : PROBLEM.tasks()) {
      hidden.put(task.name(), network.mlp("tower_" + task.name(), 2, x));
    }
    return hidden;
  }

  /** A batch, and what the model says of it before it learns from it. */
  private record Said(PlainNetwork network, Predictions predictions, EncodedRows rows) {
    float p(String output, int row) {
      return predictions.values().get(output)[row];
    }

    float label(String output, int row) {
      return rows.labels().get(output).labels()[row];
    }
  }

  /** CE of P(through) and R, as the paper has them, over all rows. */
  @Test
  void lossOfALaterStageIsThatOfThePaper() {
    for (Estimator estimator : Estimator.values()) {
      assertLossIsThatOfThePaper(estimator);
    }
  }

  private static void assertLossIsThatOfThePaper(Estimator estimator) {
    SmallProblem problem = SmallProblem.withFunnel(STAGES.toArray(String[]::new));
    Escm2 model = escm2(estimator, STAGES, WEIGHT);
    EncodedRows rows = problem.rows(ROWS, model, TestSeed.random());
    try (TrainingSession session = PlainNetwork.trained(model, problem, rows)) {
      Said said = new Said(PlainNetwork.of(session, problem), session.predict(rows), rows);
      StepLosses losses = session.step(PlainNetwork.batch(session, rows), 6);
      for (int k = 1; k < STAGES.size(); k++) {
        String through = "through_" + STAGES.get(k);
        LabelColumn labels = rows.labels().get(through);
        double sum = 0;
        double weights = 0;
        for (int row = 0; row < ROWS; row++) {
          double entire = crossEntropy(said.p(through, row), said.label(through, row));
          double risk = risk(said, estimator, k, row);
          sum += labels.weights()[row] * (entire + WEIGHT * risk);
          weights += labels.weights()[row];
        }
        assertThat(losses.tasks().get(STAGES.get(k)))
            .as("%s, seed %d", STAGES.get(k), TestSeed.value())
            .isCloseTo(sum / weights, within(2e-4));
      }
    }
  }

  private static double risk(Said said, Estimator estimator, int k, int row) {
    String before = k == 1 ? STAGES.get(0) : "through_" + STAGES.get(k - 1);
    double seen = said.label(before, row);
    double p = Math.max(said.p(before, row), LEAST);
    double error =
        crossEntropy(said.p(STAGES.get(k), row), said.label("through_" + STAGES.get(k), row));
    if (estimator == Estimator.IPS) {
      return seen * error / p;
    }
    String scope = "imputation_" + STAGES.get(k);
    double[] x = said.network().input(said.rows(), row);
    double[] linear = said.network().linear(scope + "/loss", said.network().mlp(scope, 2, x));
    double imputed = Math.log1p(Math.exp(linear[0]));
    return imputed + seen * (error - imputed) / p + seen * Math.pow(error - imputed, 2) / p;
  }

  private static double crossEntropy(float p, float label) {
    return -Math.log(label == 1 ? p : 1 - (double) p);
  }

  /** Otherwise the click's tower would learn to make clicked rows count less. */
  @Test
  void noGradientGoesThroughPropensities() {
    for (Estimator estimator : Estimator.values()) {
      assertPropensitiesStay(estimator);
    }
  }

  private static void assertPropensitiesStay(Estimator estimator) {
    Escm2 model =
        new Escm2(
            List.of("click", "purchase"),
            estimator,
            1e-6,
            1,
            List.of(10, 8),
            0,
            Normalization.NONE);
    TaskGradients gradients = TaskGradients.of(model, PROBLEM);
    assertThat(gradients.reaches("purchase#2", "tower_purchase")).isTrue();
    assertThat(gradients.reaches("purchase#2", "tower_click")).isFalse();
    assertThat(gradients.reaches("purchase", "tower_click")).isTrue();
    if (estimator == Estimator.DR) {
      assertThat(gradients.reaches("purchase#2", "imputation_purchase")).isTrue();
    }
  }

  @Test
  void withoutTheWeightItIsEsmm() {
    EncodedRows rows = PROBLEM.rows(ROWS, model(), TestSeed.random());
    List<String> stages = List.of("click", "purchase");
    Esmm esmm = new Esmm(stages, List.of(10, 8), 0);
    try (TrainingSession expected = PlainNetwork.trained(esmm, PROBLEM, rows);
        TrainingSession found =
            PlainNetwork.trained(escm2(Estimator.IPS, stages, 0), PROBLEM, rows)) {
      Map<String, float[]> of = found.predict(rows).values();
      expected
          .predict(rows)
          .values()
          .forEach(
              (output, values) ->
                  assertThat(of.get(output)).as(output).containsExactly(values, within(1e-6f)));
    }
  }

  @Test
  void keysAreChecked() {
    assertThatThrownBy(
            () -> new Escm2(STAGES, Estimator.IPS, 0, 1, List.of(4), 0, Normalization.NONE))
        .hasMessage("propensity_min: expected a number above 0 and at most 1, found 0.0");
    assertThatThrownBy(
            () -> new Escm2(STAGES, Estimator.IPS, 1, -1, List.of(4), 0, Normalization.NONE))
        .hasMessage("cvr_weight: expected a number of at least 0, found -1.0");
    assertThatThrownBy(() -> escm2(Estimator.IPS, List.of("click"), 1))
        .hasMessageContaining("stages");
  }
}
