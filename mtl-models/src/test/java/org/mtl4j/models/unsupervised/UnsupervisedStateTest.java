package org.mtl4j.models.unsupervised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.task.ClusterRule;
import org.mtl4j.core.task.CodeSpec;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.models.sharedbottom.SharedBottom;
import org.mtl4j.testkit.SmallProblem;
import org.mtl4j.testkit.StateValues;

/** What a training keeps of its batches: of rows that have a say, and of no others. */
class UnsupervisedStateTest {
  private static final int ROWS = 20;
  private static final int WITH_A_SAY = 16;
  private static final int CLUSTERS = 3;
  private static final int DIMS = 2;

  private static final Unsupervised MODEL =
      new Unsupervised(new SharedBottom(List.of(8), List.of(4), 0, Normalization.NONE));

  private static SmallProblem problem() {
    return problem(20);
  }

  private static SmallProblem problem(int warmupSteps) {
    CodeSpec code = new CodeSpec(Optional.of("user"), DIMS, List.of(5));
    return SmallProblem.withFunnel("click")
        .with("likeness", new TaskType.Reconstruction(code))
        .with(
            "segments",
            new TaskType.Clustering(code, new ClusterRule(CLUSTERS, warmupSteps, 0.1, 1, false)));
  }

  private static void step(TrainingSession session, EncodedRows rows, int from, int to) {
    Batch batch = new Batch(session.batchLayout(ROWS));
    batch.fill(rows, IntStream.range(0, ROWS).toArray(), 0, ROWS);
    for (int step = from; step <= to; step++) {
      session.step(batch, step);
    }
  }

  private static Map<String, double[]> state(TrainingSession session, EncodedRows rows, int to) {
    step(session, rows, 1, to);
    return StateValues.of(session.state());
  }

  @Test
  void rowsWithoutASayAreNotKept() {
    SmallProblem problem = problem();
    EncodedRows rows = problem.rows(ROWS, MODEL, new Random(5));
    try (TrainingSession session = new TrainingSession(problem.trainer(MODEL, 1))) {
      Map<String, double[]> state = state(session, rows, 1);
      assertThat(state.get("head_segments/recent_counts")).containsExactly(WITH_A_SAY, 1);
      double[] codes = state.get("head_segments/recent_codes");
      assertThat(Arrays.copyOf(codes, WITH_A_SAY * DIMS)).doesNotContain(0);
      assertThat(Arrays.copyOfRange(codes, WITH_A_SAY * DIMS, codes.length)).containsOnly(0);
    }
  }

  @Test
  void meanIsThatOfTheWeightedRows() {
    SmallProblem problem = problem();
    EncodedRows rows = problem.rows(ROWS, MODEL, new Random(5));
    LabelColumn column = rows.labels().get("likeness");
    double sum = 0;
    double weights = 0;
    for (int row = 0; row < ROWS; row++) {
      double weight = column.mask()[row] ? column.weights()[row] : 0;
      sum += weight * rows.dense().get(0)[row];
      weights += weight;
    }
    try (TrainingSession session = new TrainingSession(problem.trainer(MODEL, 1))) {
      Map<String, double[]> state = state(session, rows, 3);
      assertThat(DoubleStream.of(state.get("head_likeness/seen")).max().orElseThrow())
          .isCloseTo(3 * weights, within(1e-4));
      double mean = sum / weights;
      assertThat(DoubleStream.of(state.get("head_likeness/mean")).boxed())
          .anyMatch(m -> Math.abs(m - mean) < 1e-5);
    }
  }

  /** Behind the tenth step each is the mean of the kept codes that it is the nearest to. */
  @Test
  void centroidsComeFromTheKeptCodes() {
    assertCentroidsComeFromTheKeptCodes(problem(), DeepClusters.EVERY);
  }

  @Test
  void centroidsComeFromTheKeptCodesOfAShortWarmUpToo() {
    assertCentroidsComeFromTheKeptCodes(problem(7), 7);
  }

  private static void assertCentroidsComeFromTheKeptCodes(SmallProblem problem, int steps) {
    EncodedRows rows = problem.rows(ROWS, MODEL, new Random(5));
    try (TrainingSession session = new TrainingSession(problem.trainer(MODEL, 1))) {
      Map<String, double[]> state = state(session, rows, steps);
      double[][] codes = split(state.get("head_segments/recent_codes"), WITH_A_SAY * steps);
      double[][] centroids = split(state.get("head_segments/centroids"), CLUSTERS);
      for (int c = 0; c < CLUSTERS; c++) {
        int own = c;
        for (int d = 0; d < DIMS; d++) {
          int dim = d;
          assertThat(
                  Arrays.stream(codes)
                      .filter(code -> KMeans.nearest(code, centroids) == own)
                      .mapToDouble(code -> code[dim])
                      .average()
                      .orElseThrow())
              .isCloseTo(centroids[c][d], within(1e-5));
        }
      }
    }
  }

  /** From the middle of the warm-up, beyond its end. */
  @Test
  void trainingThatIsGoneOnWithHasTheBytesOfOneThatNeverStopped() throws IOException {
    SmallProblem problem = problem(7);
    EncodedRows rows = problem.rows(ROWS, MODEL, new Random(5));
    try (TrainingSession whole = new TrainingSession(problem.trainer(MODEL, 1));
        TrainingSession first = new TrainingSession(problem.trainer(MODEL, 1));
        TrainingSession second = new TrainingSession(problem.trainer(MODEL, 1))) {
      step(whole, rows, 1, 12);
      step(first, rows, 1, 5);
      second.restore(first.state());
      step(second, rows, 6, 12);
      assertThat(StateValues.bytes(second.state())).isEqualTo(StateValues.bytes(whole.state()));
    }
  }

  private static double[][] split(double[] values, int rows) {
    return IntStream.range(0, rows)
        .mapToObj(row -> Arrays.copyOfRange(values, row * DIMS, (row + 1) * DIMS))
        .toArray(double[][]::new);
  }
}
