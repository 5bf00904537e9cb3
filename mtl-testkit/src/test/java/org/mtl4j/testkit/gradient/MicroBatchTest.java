package org.mtl4j.testkit.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.DynamicTaskPrioritization;
import org.mtl4j.core.balancing.DynamicWeightAverage;
import org.mtl4j.core.balancing.Famo;
import org.mtl4j.core.balancing.GeometricMean;
import org.mtl4j.core.balancing.GradNorm;
import org.mtl4j.core.balancing.LossBalancing;
import org.mtl4j.core.balancing.PcGrad;
import org.mtl4j.core.balancing.RandomWeights;
import org.mtl4j.core.balancing.StaticWeights;
import org.mtl4j.core.balancing.UncertaintyWeights;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.training.GradientClipping;
import org.mtl4j.core.training.GradientRules;
import org.mtl4j.core.training.L2Penalty;
import org.mtl4j.core.training.StepLosses;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.testkit.SmallProblem;
import org.mtl4j.testkit.StateValues;
import org.mtl4j.testkit.TestSeed;

class MicroBatchTest {
  private static final int ROWS = 23;
  private static final int PIECE = 5;
  private static final int STEPS = 4;

  /** 23 rows of which few have a rating, and those within the first pieces. */
  private static EncodedRows rows() {
    EncodedRows rows = OneStep.PROBLEM.rows(ROWS, OneStep.MODEL, TestSeed.random());
    boolean[] mask = rows.labels().get("rating").mask();
    float[] labels = rows.labels().get("rating").labels();
    for (int r = 0; r < ROWS; r++) {
      mask[r] = r == 0 || r == PIECE || r == PIECE + 1;
      labels[r] = r == 0 ? 9 : 3;
    }
    return rows;
  }

  private static TrainingSession session(LossBalancing method, GradientRules rules) {
    return new TrainingSession(
        OneStep.PROBLEM.trainer(OneStep.MODEL, SmallProblem.updates(method).with(rules), 1));
  }

  private static StepLosses last(TrainingSession session, EncodedRows rows) {
    StepLosses losses = null;
    for (int step = 1; step <= STEPS; step++) {
      losses = session.step(OneStep.batch(session, rows), step);
    }
    session.endEpoch();
    return losses;
  }

  private static void assertSame(LossBalancing method, GradientRules rules) {
    EncodedRows rows = rows();
    try (TrainingSession whole = session(method, rules);
        TrainingSession pieces = session(method, rules.byPieces(PIECE))) {
      StepLosses expected = last(whole, rows);
      StepLosses found = last(pieces, rows);
      assertThat(found.total()).as(method.toString()).isCloseTo(expected.total(), within(1e-4));
      assertThat(found.tasks()).containsOnlyKeys(expected.tasks().keySet());
      expected
          .tasks()
          .forEach(
              (task, loss) ->
                  assertThat(found.tasks().get(task)).as(task).isCloseTo(loss, within(1e-4)));
      assertThat(found.weights()).containsOnlyKeys(expected.weights().keySet());
      Map<String, double[]> state = StateValues.of(pieces.state());
      StateValues.of(whole.state())
          .forEach(
              (name, values) -> {
                for (int i = 0; i < values.length; i++) {
                  assertThat(state.get(name)[i])
                      .as("%s, %s, element %d, seed %d", method, name, i, TestSeed.value())
                      .isCloseTo(values[i], within(2e-5 + 1e-4 * Math.abs(values[i])));
                }
              });
    }
  }

  @Test
  void stepsInPiecesAreThoseOfTheWholeBatch() {
    assertSame(new StaticWeights(), GradientRules.none());
    assertSame(new GeometricMean(), GradientRules.none());
  }

  @Test
  @Tag("slow")
  void soTheyAreWhereWeightsComeOfLosses() {
    for (LossBalancing method :
        List.of(
            new UncertaintyWeights(0.01),
            new DynamicWeightAverage(2, Optional.empty()),
            new DynamicTaskPrioritization(1, 0.1),
            new RandomWeights(),
            new Famo(0.025, 0.001))) {
      assertSame(method, GradientRules.none());
    }
  }

  @Test
  void regularisersAndClippingSeeTheWholeBatch() {
    assertSame(
        new StaticWeights(),
        new GradientRules(
            Optional.of(new L2Penalty(0.1, 0.1)),
            Optional.of(new GradientClipping(Optional.of(0.5), Optional.empty(), Optional.empty())),
            List.of()));
  }

  /** So that the tests above can fail: three ratings in two pieces, and the mean of two means. */
  @Test
  void theMeanOfThePiecesMeansWouldBeAnother() {
    EncodedRows rows = rows();
    double first = rating(rows, 0, PIECE);
    double second = rating(rows, PIECE, 2 * PIECE);
    double whole = rating(rows, 0, ROWS);
    float[] weights = rows.labels().get("rating").weights();
    double w0 = weights[0];
    double w1 = weights[PIECE] + (double) weights[PIECE + 1];
    assertThat(whole)
        .as("seed %d", TestSeed.value())
        .isCloseTo((w0 * first + w1 * second) / (w0 + w1), within(1e-5));
    assertThat(Math.abs((first + second) / 2 - whole))
        .as("seed %d", TestSeed.value())
        .isGreaterThan(0.05);
  }

  /** The rating's loss over some rows, of a model before its first step. */
  private static double rating(EncodedRows rows, int from, int to) {
    try (TrainingSession fresh = session(new StaticWeights(), GradientRules.none())) {
      Batch batch = new Batch(fresh.batchLayout(to - from));
      batch.fill(rows, IntStream.range(from, to).toArray(), 0, to - from);
      return fresh.step(batch, 1).tasks().get("rating");
    }
  }

  @Test
  void methodsThatLookAtTheTasksGradientsAreRefused() {
    for (LossBalancing method : List.of(new GradNorm(1.5, 0.025), new PcGrad())) {
      assertThatThrownBy(() -> session(method, GradientRules.none().byPieces(PIECE)).close())
          .isInstanceOf(MtlException.class)
          .hasMessageContaining("training.micro_batch_size")
          .hasMessageContaining(method.toString())
          .hasMessageContaining("each task's gradients over the whole batch");
    }
  }

  @Test
  void aPieceHasRows() {
    assertThatThrownBy(() -> GradientRules.none().byPieces(0))
        .hasMessage("micro_batch_size: expected at least 1, found 0");
  }
}
