package org.mtl4j.eval.interval;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.metric.RowList;
import org.mtl4j.core.metric.RowRoom;
import org.mtl4j.core.metric.RowShape;
import org.mtl4j.core.task.RegressionLoss;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.eval.metric.Auc;
import org.mtl4j.eval.metric.Gauc;
import org.mtl4j.eval.metric.LogLoss;
import org.mtl4j.eval.metric.Mae;
import org.mtl4j.eval.metric.NdcgAtK;
import org.mtl4j.eval.metric.PrAuc;
import org.mtl4j.eval.metric.Spearman;
import org.mtl4j.testkit.RandomRows;
import org.mtl4j.testkit.TestSeed;

/** Intervals of rows in files are those of rows in memory, to the last bit. */
class RowsInFilesTest {
  private static final Bootstrap BOOTSTRAP = new Bootstrap(120);
  private static final TaskType BINARY = new TaskType.Binary(List.of());

  private final Random random = TestSeed.random();

  @TempDir private Path folder;

  private static EvaluationRows ungrouped(EvaluationRows rows) {
    return RandomRows.withGroups(rows, Optional.empty());
  }

  private EvaluationRows inRoom(EvaluationRows rows, int bytes) {
    RowList list = new RowList(new RowShape(1, 1, true), new RowRoom(folder, bytes, ""));
    list.addAll(rows);
    return list.toRows();
  }

  @Test
  void deLongIsTheSame() {
    EvaluationRows rows = RandomRows.of(BINARY, 200, random);
    for (EvaluationRows of : List.of(rows, ungrouped(rows))) {
      EvaluationRows inFiles = RandomRows.inFiles(of);
      assertThat(inFiles.space().isInFiles()).isTrue();
      assertThat(DeLong.interval(inFiles))
          .as("seed %d", TestSeed.value())
          .isPresent()
          .isEqualTo(DeLong.interval(of));
    }
  }

  @Test
  void differencesAreTheSame() {
    EvaluationRows rows = RandomRows.of(BINARY, 200, random);
    EvaluationRows perfect = RandomRows.perfect(rows);
    assertThat(DeLong.difference(RandomRows.inFiles(rows), RandomRows.inFiles(perfect)))
        .as("seed %d", TestSeed.value())
        .isPresent()
        .isEqualTo(DeLong.difference(rows, perfect));
  }

  @Test
  void bootstrapsAreTheSame() {
    EvaluationRows rows = RandomRows.of(BINARY, 200, random);
    List<Metric> metrics = List.of(new PrAuc(), new LogLoss());
    for (EvaluationRows of : List.of(rows, ungrouped(rows))) {
      assertThat(Uncertainty.of(metrics, RandomRows.inFiles(of), BOOTSTRAP).intervals())
          .as("seed %d", TestSeed.value())
          .isEqualTo(Uncertainty.of(metrics, of, BOOTSTRAP).intervals())
          .allSatisfy((key, interval) -> assertThat(interval).isPresent());
    }
  }

  /** Counts of 200 rows take 800 bytes: with 1,500 one resample is drawn after the other. */
  @Test
  void resamplesOneAfterTheOtherAreTheSame() {
    EvaluationRows rows = ungrouped(RandomRows.of(BINARY, 200, random));
    EvaluationRows inFiles = inRoom(rows, 1500);
    assertThat(inFiles.space().resamplesAtOnce()).isEqualTo(1);
    List<Metric> metrics = List.of(new PrAuc());
    assertThat(Uncertainty.lacking(metrics, inFiles, BOOTSTRAP)).isEmpty();
    assertThat(Uncertainty.of(metrics, inFiles, BOOTSTRAP).intervals())
        .isEqualTo(Uncertainty.of(metrics, rows, BOOTSTRAP).intervals());
  }

  @Test
  void noRoomForAResampleIsSaid() {
    EvaluationRows inFiles = inRoom(ungrouped(RandomRows.of(BINARY, 200, random)), 700);
    List<Metric> metrics = List.of(new Auc(), new PrAuc());
    assertThat(Uncertainty.lacking(metrics, inFiles, BOOTSTRAP))
        .containsExactly(
            "pr_auc has no interval: the heap has no room for how often each of 200 rows is drawn."
                + " Give Java a larger heap: MTL_HEAP=8g for ./mtl, -Xmx8g elsewhere.");
    assertThat(Uncertainty.lacking(metrics, inFiles, new Bootstrap(0))).isEmpty();
    var intervals = Uncertainty.of(metrics, inFiles, BOOTSTRAP).intervals();
    assertThat(intervals.get("auc")).isPresent();
    assertThat(intervals.get("pr_auc")).isEmpty();
  }

  @Test
  void whatIsSortedAnewInEachResampleHasNoInterval() {
    TaskType regression = new TaskType.Regression(new RegressionLoss.Mse());
    EvaluationRows rows = RandomRows.of(regression, 200, random);
    EvaluationRows inFiles = RandomRows.inFiles(rows);
    List<Metric> metrics = List.of(new Mae(), new Spearman());
    assertThat(Uncertainty.lacking(metrics, rows, BOOTSTRAP)).isEmpty();
    assertThat(Uncertainty.lacking(metrics, inFiles, BOOTSTRAP))
        .containsExactly(
            "spearman has no interval: it sorts every resample anew, which rows that do not fit into"
                + " the heap are too many for. Give Java a larger heap: MTL_HEAP=8g for ./mtl,"
                + " -Xmx8g elsewhere.");
    var intervals = Uncertainty.of(metrics, inFiles, BOOTSTRAP).intervals();
    assertThat(intervals.get("mae"))
        .isPresent()
        .isEqualTo(Uncertainty.of(metrics, rows, BOOTSTRAP).intervals().get("mae"));
    assertThat(intervals.get("spearman")).isEmpty();
  }

  /** Every row a score of its own, and none but one: the two ends of what a tie can be. */
  @Test
  void allTiedAndNoneTiedAreTheSame() {
    int n = 500;
    double[] labels = new double[n];
    double[] weights = new double[n];
    Arrays.setAll(labels, row -> row % 4 == 0 ? 1 : 0);
    Arrays.setAll(weights, row -> random.nextDouble());
    int[] groups = IntStream.range(0, n).map(row -> row % 30).toArray();
    for (double step : new double[] {0, 1.0 / n}) {
      double[] scores = IntStream.range(0, n).mapToDouble(row -> row * 7 % n * step).toArray();
      EvaluationRows rows = new EvaluationRows(scores, 1, labels, weights, Optional.of(groups));
      EvaluationRows inFiles = RandomRows.inFiles(rows);
      for (Metric metric : List.of(new Auc(), new PrAuc(), new Gauc(), new NdcgAtK(3))) {
        assertThat(metric.compute(inFiles)).isPresent().isEqualTo(metric.compute(rows));
      }
    }
  }
}
