package org.mtl4j.models.escm2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.Gradients;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Variables;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.types.family.TFloating;

/** What the risk of a stage teaches whom, row by row. */
class StageRiskTest {
  private static final double[] LOGITS = {-2, 1, 0.5};
  private static final double[] SEEN = {1, 1, 0};
  private static final double[] LABELS = {0, 1, 0};
  private static final double PROPENSITY = 0.2;

  /** Far above what the losses are. */
  private static final double[] IMPUTED = {3, 4, 5};

  @Test
  void doublyRobustRiskNeverTeachesTheRateToBeAsWrongAsWhatIsImputed() {
    double[][] slopes = slopes();
    for (int row = 0; row < LOGITS.length; row++) {
      double error = 1 / (1 + Math.exp(-LOGITS[row])) - LABELS[row];
      assertThat(slopes[0][row])
          .as("the rate's logit, row %d: that of o e / p", row)
          .isCloseTo(SEEN[row] * error / PROPENSITY, within(1e-12));
    }
  }

  /** 1 - o / p - 2 o (e - i) / p. */
  @Test
  void imputationLearnsFromItsOwnError() {
    double[][] slopes = slopes();
    for (int row = 0; row < LOGITS.length; row++) {
      double loss = Math.log1p(Math.exp(LOGITS[row])) - LABELS[row] * LOGITS[row];
      double inverse = SEEN[row] / PROPENSITY;
      assertThat(slopes[1][row])
          .as("row %d", row)
          .isCloseTo(1 - inverse - 2 * inverse * (loss - IMPUTED[row]), within(1e-12));
    }
  }

  /** Of the sum of the rows' risks by the rate's logits and by what is imputed. */
  private static double[][] slopes() {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      GraphContext scope =
          GraphContext.inference(graph, new Variables(graph, FloatType.FLOAT64), "test");
      Operand<TFloating> logits = vector(scope, LOGITS);
      Operand<TFloating> imputed = vector(scope, IMPUTED);
      StageRisk risk =
          new StageRisk(
              logits, vector(scope, PROPENSITY, PROPENSITY, PROPENSITY), Optional.of(imputed));
      Operand<TFloating> values =
          risk.values(scope, vector(scope, SEEN), vector(scope, LABELS), 0.01);
      Operand<TFloating> sum = scope.tf().sum(values, scope.tf().constant(0));
      var gradients = Gradients.of(graph, sum, List.of(logits, imputed));
      try (var result =
          session
              .runner()
              .fetch(gradients.get(0).orElseThrow())
              .fetch(gradients.get(1).orElseThrow())
              .run()) {
        return new double[][] {doubles(result.get(0)), doubles(result.get(1))};
      }
    }
  }

  private static double[] doubles(Tensor tensor) {
    double[] values = new double[LOGITS.length];
    tensor.asRawTensor().data().asDoubles().read(values);
    return values;
  }

  private static Operand<TFloating> vector(GraphContext scope, double... values) {
    return scope.toFloating(scope.tf().constant(values));
  }
}
