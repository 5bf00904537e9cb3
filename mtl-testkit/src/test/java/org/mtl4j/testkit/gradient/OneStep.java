package org.mtl4j.testkit.gradient;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.mtl4j.core.balancing.StaticWeights;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.optimizer.Sgd;
import org.mtl4j.core.training.GradientRules;
import org.mtl4j.core.training.Pace;
import org.mtl4j.core.training.StepLosses;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.testkit.LinearModel;
import org.mtl4j.testkit.SmallProblem;
import org.mtl4j.testkit.StateValues;
import org.mtl4j.testkit.TestSeed;

/**
 * A step of gradient descent at the rate 1: what a variable loses by it is what was applied. The
 * tables user and item are of one width and share a store.
 *
 * @param before per variable and table its values
 * @param moved what they lost
 * @param losses of the step
 */
record OneStep(Map<String, double[]> before, Map<String, double[]> moved, StepLosses losses) {
  static final SmallProblem PROBLEM = SmallProblem.withFunnel("click");
  static final LinearModel MODEL = new LinearModel();
  static final TrainerSpec.Updates PLAIN =
      new TrainerSpec.Updates(new StaticWeights(), new Sgd(1, 0), new Sgd(1, 0));

  /** Rows of a few ids, so that most rows of a table are not touched. */
  static EncodedRows rows() {
    return PROBLEM.rows(5, MODEL, TestSeed.random());
  }

  static OneStep by(GradientRules rules, EncodedRows rows) {
    try (TrainingSession session =
        new TrainingSession(PROBLEM.trainer(MODEL, PLAIN.with(rules), 1))) {
      Map<String, double[]> before = StateValues.of(session.state());
      StepLosses losses = session.step(batch(session, rows), Pace.of(1));
      Map<String, double[]> moved = new LinkedHashMap<>();
      StateValues.of(session.state())
          .forEach(
              (name, after) -> {
                double[] was = before.get(name);
                moved.put(
                    name,
                    IntStream.range(0, was.length).mapToDouble(i -> was[i] - after[i]).toArray());
              });
      moved.keySet().removeIf(name -> name.startsWith("optimizer/"));
      return new OneStep(before, moved, losses);
    }
  }

  static Batch batch(TrainingSession session, EncodedRows rows) {
    Batch batch = new Batch(session.batchLayout(rows.rowCount()));
    batch.fill(rows, IntStream.range(0, rows.rowCount()).toArray(), 0, rows.rowCount());
    return batch;
  }

  /** The length of what is applied to some of them. */
  static double norm(Iterable<double[]> gradients) {
    double squares = 0;
    for (double[] gradient : gradients) {
      for (double g : gradient) {
        squares += g * g;
      }
    }
    return Math.sqrt(squares);
  }
}
