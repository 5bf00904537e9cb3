package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.StaticWeights;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.HostUpdate;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.training.GradientRules;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingSession;
import org.tensorflow.ndarray.Shape;

/** What Java computes between steps: when, from what, and where it goes. */
class HostUpdatesTest {
  private static final SmallProblem PROBLEM = SmallProblem.withFunnel("click");
  private static final String KEPT = "kept/value";
  private static final String BIAS = "head_click/logit/bias";

  /** A linear model that has the bias of its first head doubled and kept, now and then. */
  private record Keeping(int every, int numbers) implements MultiTaskModel {
    @Override
    public ModelOutputs build(ModelInputs inputs, ModelContext context) {
      ModelOutputs outputs = new LinearModel().build(inputs, context);
      GraphContext scope = context.graph().scope("kept");
      Variable kept = scope.variables().get(KEPT, Shape.of(1), Initializer.zeros());
      if (scope.isTraining()) {
        Variable bias = scope.variables().find(BIAS).orElseThrow();
        scope.betweenSteps(
            new HostUpdate(
                every,
                bias.value(),
                kept,
                now -> {
                  double[] doubled = new double[numbers];
                  doubled[0] = 2 * now[0];
                  return doubled;
                }));
      }
      return outputs;
    }
  }

  private static void step(TrainingSession session, EncodedRows rows, long number) {
    Batch batch = new Batch(session.batchLayout(rows.rowCount()));
    batch.fill(rows, IntStream.range(0, rows.rowCount()).toArray(), 0, rows.rowCount());
    session.step(batch, number);
  }

  private static double value(TrainingSession session, String name) {
    return StateValues.of(session.state()).get(name)[0];
  }

  private static void assertKept(TrainingSession session, int every) {
    EncodedRows rows = PROBLEM.rows(20, new Keeping(every, 1), TestSeed.random());
    double kept = 0;
    for (int step = 1; step <= 7; step++) {
      step(session, rows, step);
      if (step % every == 0) {
        kept = 2 * value(session, BIAS);
        assertThat(kept).isNotZero();
      }
      assertThat(value(session, KEPT)).as("step %d", step).isEqualTo(kept);
    }
  }

  @Test
  void variableTakesWhatJavaMakesOfTheUpdatedOnesBehindEachStepThatIsDue() {
    for (int every : new int[] {1, 3}) {
      TrainerSpec spec = PROBLEM.trainer(new Keeping(every, 1), 1);
      try (TrainingSession session = new TrainingSession(spec)) {
        assertKept(session, every);
      }
    }
  }

  @Test
  void stepInPiecesIsOneStep() {
    GradientRules rules = GradientRules.none().byPieces(6);
    TrainerSpec spec =
        PROBLEM.trainer(
            new Keeping(2, 1), SmallProblem.updates(new StaticWeights()).with(rules), 1);
    try (TrainingSession session = new TrainingSession(spec)) {
      assertKept(session, 2);
    }
  }

  @Test
  void stepThatIsRefusedIsFollowedByNone() {
    EncodedRows rows = PROBLEM.rows(20, new Keeping(1, 1), TestSeed.random());
    try (TrainingSession session = new TrainingSession(PROBLEM.trainer(new Keeping(1, 1), 1))) {
      step(session, rows, 1);
      double kept = value(session, KEPT);
      rows.labels().get("click").labels()[0] = Float.NaN;
      rows.labels().get("click").mask()[0] = true;
      assertThatThrownBy(() -> step(session, rows, 2)).isInstanceOf(MtlException.class);
      assertThat(value(session, KEPT)).isEqualTo(kept);
    }
  }

  @Test
  void resultOfAnotherSizeNamesTheVariable() {
    MultiTaskModel model = new Keeping(1, 2);
    EncodedRows rows = PROBLEM.rows(20, model, TestSeed.random());
    try (TrainingSession session = new TrainingSession(PROBLEM.trainer(model, 1))) {
      assertThatThrownBy(() -> step(session, rows, 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("update of kept/value: expected 1 numbers, found 2");
    }
  }
}
