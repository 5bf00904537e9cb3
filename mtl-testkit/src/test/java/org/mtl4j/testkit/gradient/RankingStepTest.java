package org.mtl4j.testkit.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.StaticWeights;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.task.BinaryLoss;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.core.training.GradientRules;
import org.mtl4j.core.training.StepLosses;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.testkit.SmallProblem;
import org.mtl4j.testkit.StateValues;
import org.mtl4j.testkit.TestSeed;

/** Steps over whole queries: in pieces, and in whatever order rows stand. */
class RankingStepTest {
  private static final int ROWS = 24;

  /** Queries of 4, 1, 3, 5, 2, 4, 1 and 4 rows. */
  private static final int[] QUERIES = {
    9, 9, 9, 9, 2, 7, 7, 7, 4, 4, 4, 4, 4, 1, 1, 8, 8, 8, 8, 3, 5, 5, 5, 5
  };

  private static EncodedRows rows() {
    EncodedRows rows = OneStep.PROBLEM.rows(ROWS, OneStep.MODEL, TestSeed.random());
    boolean[] mask = rows.labels().get("click").mask();
    mask[6] = false;
    return new EncodedRows(
        ROWS, rows.ids(), rows.dense(), rows.labels(), Optional.of(QUERIES.clone()));
  }

  private static TrainingSession session(BinaryLoss loss, GradientRules rules) {
    TrainerSpec spec =
        OneStep.PROBLEM.trainer(
            OneStep.MODEL, SmallProblem.updates(new StaticWeights()).with(rules), 1);
    List<FittedTask> tasks =
        spec.tasks().stream()
            .map(task -> task.name().equals("click") ? ranking(task, loss) : task)
            .toList();
    return new TrainingSession(
        new TrainerSpec(spec.pipeline(), tasks, spec.model(), spec.updates(), spec.execution()));
  }

  private static FittedTask ranking(FittedTask fitted, BinaryLoss loss) {
    Task task = fitted.task();
    return new FittedTask(
        new Task(
            task.name(),
            new TaskType.Binary(List.of(), loss),
            task.label(),
            task.space(),
            task.exampleWeight(),
            task.lossWeight()),
        fitted.encoding());
  }

  private static StepLosses steps(TrainingSession session, EncodedRows rows, int[] order) {
    StepLosses losses = null;
    for (int step = 1; step <= 3; step++) {
      Batch batch = new Batch(session.batchLayout(ROWS));
      batch.fill(rows, order, 0, ROWS);
      losses = session.step(batch, step);
    }
    return losses;
  }

  private static void assertSame(TrainingSession one, TrainingSession other, StepLosses... losses) {
    String seed = "seed " + TestSeed.value();
    assertThat(losses[1].tasks().get("click"))
        .as(seed)
        .isCloseTo(losses[0].tasks().get("click"), within(1e-4))
        .isGreaterThan(0);
    Map<String, double[]> state = StateValues.of(other.state());
    StateValues.of(one.state())
        .forEach(
            (name, values) ->
                assertThat(state.get(name)).as(name + seed).containsExactly(values, within(2e-4)));
  }

  @Test
  void stepsInPiecesAreThoseOfTheWholeBatch() {
    EncodedRows rows = rows();
    int[] order = IntStream.range(0, ROWS).toArray();
    for (BinaryLoss loss : List.of(new BinaryLoss.Bpr(), new BinaryLoss.Listwise())) {
      try (TrainingSession whole = session(loss, GradientRules.none());
          TrainingSession pieces = session(loss, GradientRules.none().byPieces(6))) {
        assertSame(whole, pieces, steps(whole, rows, order), steps(pieces, rows, order));
      }
    }
  }

  @Test
  void theOrderOfRowsMakesNoDifference() {
    EncodedRows rows = rows();
    int[] straight = IntStream.range(0, ROWS).toArray();
    int[] mixed = IntStream.range(0, ROWS).map(r -> 7 * r % ROWS).toArray();
    for (BinaryLoss loss : List.of(new BinaryLoss.Bpr(), new BinaryLoss.Listwise())) {
      try (TrainingSession one = session(loss, GradientRules.none());
          TrainingSession other = session(loss, GradientRules.none())) {
        assertSame(one, other, steps(one, rows, straight), steps(other, rows, mixed));
      }
    }
  }

  @Test
  void rowsWithoutAQueryAreRefused() {
    EncodedRows rows = OneStep.PROBLEM.rows(ROWS, OneStep.MODEL, TestSeed.random());
    try (TrainingSession session = session(new BinaryLoss.Bpr(), GradientRules.none())) {
      int[] order = IntStream.range(0, ROWS).toArray();
      assertThatThrownBy(() -> steps(session, rows, order))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected rows with a query each");
    }
  }
}
