package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.metric.RowPart;
import org.mtl4j.core.task.ClusterRule;
import org.mtl4j.core.task.CodeSpec;
import org.mtl4j.core.task.RegressionLoss;
import org.mtl4j.core.task.TaskType;

/**
 * What every {@link Metric} promises. Subclass it for each metric; add tests of the formula, which
 * no contract can know.
 */
public abstract class MetricContractTest {
  private static final CodeSpec CODE = new CodeSpec(Optional.empty(), 2, List.of());
  private static final List<TaskType> ALL_TYPES =
      List.of(
          new TaskType.Binary(List.of()),
          new TaskType.Multiclass(),
          new TaskType.Ordinal(List.of("a", "b", "c")),
          new TaskType.Multilabel("|", 1, 10),
          new TaskType.Regression(new RegressionLoss.Mse()),
          new TaskType.Reconstruction(CODE),
          new TaskType.Clustering(CODE, new ClusterRule(3, 10, 0.1, 1, true)));
  private static final int ROWS = 200;
  private static final int DRAWS = 10;
  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final Offset<Double> ROUNDING = within(1e-12);

  /** The metric under test. */
  protected abstract Metric metric();

  /** The kinds of task that the metric is for. */
  protected abstract List<Class<? extends TaskType>> types();

  /** Whether example weights change the figure; override it where they are ignored. */
  protected boolean honoursWeights() {
    return true;
  }

  @Test
  void keyCanStandInAReport() {
    assertThat(metric().key()).matches("[a-z][a-z0-9_]*(@([1-9][0-9]*|0\\.[0-9]+))?");
  }

  @Test
  void appliesToItsTypesOnly() {
    for (TaskType type : ALL_TYPES) {
      assertThat(metric().appliesTo(type))
          .as("%s", type)
          .isEqualTo(types().contains(type.getClass()));
    }
  }

  @Test
  void randomInputGivesAFiniteFigure() {
    onRandomRows((rows, random) -> assertThat(compute(rows)).as(seed()).isFinite());
  }

  @Test
  void orderOfRowsChangesNothing() {
    onRandomRows(
        (rows, random) -> {
          EvaluationRows shuffled =
              RandomRows.select(rows, RandomRows.permutation(rows.size(), random));
          assertThat(compute(shuffled)).as(seed()).isCloseTo(compute(rows), ROUNDING);
        });
  }

  @Test
  void weightOfTwoIsTheRowTwiceWhereWeightsCount() {
    onRandomRows(
        (rows, random) -> {
          double[] weights = random.ints(rows.size(), 1, 3).asDoubleStream().toArray();
          EvaluationRows weighted = rows.withWeights(weights);
          EvaluationRows other = honoursWeights() ? repeated(rows, weights) : rows;
          assertThat(compute(weighted)).as(seed()).isCloseTo(compute(other), ROUNDING);
        });
  }

  @Test
  void resampleIsItsUnitsRepeated() {
    onRandomRows(
        (rows, random) -> {
          assertResampled(rows, random);
          if (!needsGroups()) {
            assertResampled(RandomRows.withGroups(rows, Optional.empty()), random);
          }
        });
  }

  private void assertResampled(EvaluationRows rows, Random random) {
    compute(rows); // What it keeps of these rows must do for others' counts as well.
    int[] counts = random.ints(rows.unitCount(), 0, 4).toArray();
    assertThat(compute(rows.resampled(counts)))
        .as("%d counts, %s", counts.length, seed())
        .isCloseTo(compute(RandomRows.repeated(rows, counts)), ROUNDING);
  }

  @Test
  void perfectPredictionsAreBetterThanRandomOnes() {
    if (!metric().judges()) {
      return;
    }
    Random random = TestSeed.random();
    for (TaskType type : ALL_TYPES) {
      if (types().contains(type.getClass())) {
        assertPerfectIsBest(type, random);
      }
    }
  }

  /** Some random rows are perfect too: three at the top are a hit for every group, by chance. */
  private void assertPerfectIsBest(TaskType type, Random random) {
    double gain = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      EvaluationRows rows = RandomRows.of(type, ROWS, random);
      double perfect = compute(RandomRows.perfect(rows));
      double found = compute(rows);
      double better = metric().higherIsBetter() ? perfect - found : found - perfect;
      assertThat(better)
          .as("how much better %s is than %s, %s", perfect, found, seed())
          .isGreaterThanOrEqualTo(0);
      gain += better;
    }
    assertThat(gain).as("%s, in all %d draws, %s", type, DRAWS, seed()).isPositive();
  }

  /** To the last bit: whoever reads a figure need not know where the rows were. */
  @Test
  void filesGiveTheSameFigures() {
    onRandomRows(
        (rows, random) -> {
          assertSameInFiles(rows, random);
          if (!needsGroups()) {
            assertSameInFiles(RandomRows.withGroups(rows, Optional.empty()), random);
          }
        });
  }

  private void assertSameInFiles(EvaluationRows rows, Random random) {
    EvaluationRows inFiles = RandomRows.inFiles(rows);
    assertThat(inFiles.space().isInFiles()).isTrue();
    assertThat(compute(inFiles)).as(seed()).isEqualTo(compute(rows));
    double[] weights = random.doubles(rows.size()).toArray();
    assertThat(compute(inFiles.withWeights(weights)))
        .as(seed())
        .isEqualTo(compute(rows.withWeights(weights)));
    int[] counts = random.ints(rows.unitCount(), 0, 4).toArray();
    assertThat(compute(inFiles.resampled(counts)))
        .as(seed())
        .isEqualTo(compute(rows.resampled(counts)));
    int[] some = IntStream.range(0, rows.size()).filter(row -> row % 3 != 2).toArray();
    assertThat(compute(inFiles.select(some))).as(seed()).isEqualTo(compute(rows.select(some)));
    assertThat(metric().caveat(inFiles, NAMES)).isEqualTo(metric().caveat(rows, NAMES));
  }

  @Test
  void noRowsGiveNoFigureAndAReason() {
    onRandomRows((rows, random) -> assertUndefined(RandomRows.select(rows)));
  }

  @Test
  void noWeightGivesNoFigureAndAReasonWhereWeightsCount() {
    onRandomRows(
        (rows, random) -> {
          EvaluationRows weightless = rows.withWeights(new double[rows.size()]);
          if (honoursWeights()) {
            assertUndefined(weightless);
          } else {
            assertThat(compute(weightless)).as(seed()).isEqualTo(compute(rows));
          }
        });
  }

  @Test
  void noGroupsGiveNoFigureAndAReasonWhereGroupsAreNeeded() {
    onRandomRows(
        (rows, random) -> {
          EvaluationRows ungrouped = RandomRows.withGroups(rows, Optional.empty());
          if (needsGroups()) {
            assertUndefined(ungrouped);
          } else {
            assertThat(compute(ungrouped)).as(seed()).isEqualTo(compute(rows));
          }
        });
  }

  @Test
  void noItemsGiveNoFigureAndAReasonWhereItemsAreNeeded() {
    onRandomRows(
        (rows, random) -> {
          EvaluationRows without = RandomRows.withoutItems(rows);
          if (metric().needs().contains(RowPart.ITEMS)) {
            assertUndefined(without);
          } else {
            assertThat(compute(without)).as(seed()).isEqualTo(compute(rows));
          }
        });
  }

  private boolean needsGroups() {
    return metric().needs().contains(RowPart.GROUPS);
  }

  private void onRandomRows(BiConsumer<EvaluationRows, Random> test) {
    Random random = TestSeed.random();
    for (TaskType type : ALL_TYPES) {
      if (types().contains(type.getClass())) {
        test.accept(RandomRows.of(type, ROWS, random), random);
      }
    }
  }

  private double compute(EvaluationRows rows) {
    return metric().compute(rows).orElseThrow(() -> new AssertionError("undefined, " + seed()));
  }

  private void assertUndefined(EvaluationRows rows) {
    assertThat(metric().compute(rows)).as(seed()).isEmpty();
    assertThat(metric().whyUndefined(rows)).isNotBlank();
  }

  /** Each row as often as its weight says, weighing 1. */
  private static EvaluationRows repeated(EvaluationRows rows, double[] times) {
    int[] indices =
        IntStream.range(0, rows.size())
            .flatMap(row -> IntStream.range(0, (int) times[row]).map(i -> row))
            .toArray();
    double[] ones = new double[indices.length];
    Arrays.fill(ones, 1);
    return RandomRows.select(rows, indices).withWeights(ones);
  }

  private static String seed() {
    return "seed " + TestSeed.value();
  }
}
