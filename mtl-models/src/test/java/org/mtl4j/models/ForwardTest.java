package org.mtl4j.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.testkit.SmallProblem;
import org.mtl4j.testkit.TestSeed;

/** A model's predictions against its paper's formula, which a subclass writes in plain loops. */
public abstract class ForwardTest {
  /** What the model learns. */
  protected static final SmallProblem PROBLEM = SmallProblem.withFunnel("click", "purchase");

  private static final int ROWS = 12;

  /** Of numbers above 1 a share of them. */
  private static final double TOLERANCE = 1e-5;

  /** What this model learns: by default {@link #PROBLEM}. */
  protected SmallProblem problem() {
    return PROBLEM;
  }

  /** The model under test. */
  protected abstract MultiTaskModel model();

  /**
   * The formula.
   *
   * @param x the row's features
   * @return per task the input of its head
   */
  protected abstract Map<String, double[]> hidden(PlainNetwork network, double[] x);

  /** What users see of a task: by default what its own head makes of its own input. */
  protected double[] prediction(
      PlainNetwork network, FittedTask task, Map<String, double[]> hidden) {
    return network.prediction(task, hidden.get(task.name()));
  }

  @Test
  void predictionsFollowThePapersFormula() {
    EncodedRows rows = problem().rows(ROWS, model(), TestSeed.random());
    try (TrainingSession session = PlainNetwork.trained(model(), problem(), rows)) {
      Predictions predictions = session.predict(rows);
      PlainNetwork network = PlainNetwork.of(session, problem());
      for (int row = 0; row < ROWS; row++) {
        Map<String, double[]> hidden = hidden(network, network.input(rows, row));
        for (FittedTask task : problem().tasks()) {
          double[] expected = prediction(network, task, hidden);
          float[] actual = predictions.values().get(task.name());
          for (int c = 0; c < expected.length; c++) {
            assertThat(Math.abs(actual[row * expected.length + c] - expected[c]))
                .as("%s, row %d, value %d, seed %d", task.name(), row, c, TestSeed.value())
                .isLessThan(TOLERANCE * Math.max(1, Math.abs(expected[c])));
          }
        }
      }
    }
  }
}
