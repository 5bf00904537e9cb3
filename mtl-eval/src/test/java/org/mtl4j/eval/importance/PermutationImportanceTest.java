package org.mtl4j.eval.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.model.LabelRule;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.core.model.Predictor;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.RegressionLoss;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.eval.interval.StudentT;
import org.mtl4j.eval.metric.Auc;
import org.mtl4j.eval.metric.Rmse;
import org.mtl4j.testkit.TestSeed;

/** On predictors that are a formula of two columns, so that what comes out can be reckoned. */
class PermutationImportanceTest {
  private static final OutputSpec RATING =
      new OutputSpec(
          "rating",
          new TaskType.Regression(new RegressionLoss.Mse()),
          new LabelEncoding.Scale(0, 1),
          new LabelRule.OfTask("rating"),
          "a rating");
  private static final OutputSpec CLICK =
      new OutputSpec(
          "click",
          new TaskType.Binary(List.of()),
          new LabelEncoding.Indicator(),
          new LabelRule.OfTask("click"),
          "P(click)");
  private static final List<ColumnSet> BOTH =
      List.of(ColumnSet.of("a"), ColumnSet.of("b"), new ColumnSet("a and b", List.of("a", "b")));

  private final Random random = TestSeed.random();

  /** Predicts a formula for both outputs; every block is as large as one may be. */
  private record Formula(DoubleBinaryOperator of) implements Predictor {
    @Override
    public Predictions predict(RawBatch rows) {
      assertThat(rows.rowCount()).isBetween(1, 4096);
      float[] values = new float[rows.rowCount()];
      for (int r = 0; r < values.length; r++) {
        values[r] = (float) of.applyAsDouble(rows.number(0, r), rows.number(1, r));
      }
      return new Predictions(values.length, Map.of("rating", values, "click", values));
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }

  private static LabelledRows rows(double[] a, double[] b, LabelColumn rating, LabelColumn click) {
    RawBatch raw =
        new RawBatch(
            Columns.of(ColumnType.NUMBER, List.of("a", "b")),
            a.length,
            0,
            List.of(a, b),
            row -> "row " + row);
    return new LabelledRows(raw, Map.of("rating", rating, "click", click), Optional.empty());
  }

  private static LabelColumn labels(double[] values) {
    float[] labels = new float[values.length];
    IntStream.range(0, labels.length).forEach(i -> labels[i] = (float) values[i]);
    boolean[] mask = new boolean[labels.length];
    Arrays.fill(mask, true);
    float[] weights = new float[labels.length];
    Arrays.fill(weights, 1);
    return new LabelColumn(labels, mask, weights);
  }

  private double[] numbers(int n) {
    return random.doubles(n, -1, 1).map(x -> Math.rint(x * 1024) / 1024).toArray();
  }

  private static List<Importance> importance(
      DoubleBinaryOperator formula,
      LabelledRows rows,
      Map<OutputSpec, List<Metric>> measured,
      int repeats) {
    return new PermutationImportance(new Formula(formula), repeats, new Seed(TestSeed.value()))
        .of(rows, measured, BOTH, set -> {});
  }

  private static Importance of(List<Importance> found, String output, String columns) {
    return found.stream()
        .filter(i -> i.of().output().equals(output) && i.of().columns().equals(columns))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Of all permutations of a, (a' - a)^2 is on average twice the variance: a' is anybody's value.
   * Of those of 10 rows it varies by 2/3 of the variance, the mean of 3,000 by an eightieth;
   * permutations that leave no row alone would be two ninths too far.
   */
  @Test
  void meanSquareErrorOfPermutedLabelsIsTwiceTheirVariance() {
    double[] a = numbers(10);
    LabelledRows rows = rows(a, numbers(10), labels(a), labels(a));
    List<Importance> found =
        importance((x, y) -> x, rows, Map.of(RATING, List.of(new Rmse())), 3000);
    Importance ofA = of(found, "rating", "a");
    assertThat(ofA.figure()).isZero();
    assertThat(ofA.rows()).isEqualTo(10);
    double mean = DoubleStream.of(a).average().orElseThrow();
    double variance = DoubleStream.of(a).map(x -> (x - mean) * (x - mean)).sum() / 10;
    double squares = ofA.drops().stream().mapToDouble(d -> d * d).average().orElseThrow();
    assertThat(squares)
        .as("seed %d", TestSeed.value())
        .isCloseTo(2 * variance, within(0.1 * variance));
    assertThat(ofA.deviation())
        .isEqualTo(StudentT.deviation(ofA.drops().stream().mapToDouble(d -> d).toArray()));
    assertThat(ofA.interval().orElseThrow().low()).isLessThan(ofA.mean());
    assertThat(of(found, "rating", "b").drops()).containsOnly(0.0);
  }

  @Test
  void aConstantColumnHasNoImportanceAtAll() {
    double[] a = numbers(30);
    double[] b = new double[30];
    Arrays.fill(b, 0.5);
    List<Importance> found =
        importance(
            (x, y) -> x * y,
            rows(a, b, labels(numbers(30)), labels(a)),
            Map.of(RATING, List.of(new Rmse())),
            20);
    assertThat(of(found, "rating", "b").drops()).hasSize(20).containsOnly(0.0);
    assertThat(of(found, "rating", "a").deviation()).isPositive();
  }

  /** b is -a, so that the prediction is 0 as long as the two come from one row. */
  @Test
  void columnsOfASetMoveTogether() {
    double[] a = numbers(40);
    double[] b = DoubleStream.of(a).map(x -> -x).toArray();
    List<Importance> found =
        importance(
            Double::sum,
            rows(a, b, labels(new double[40]), labels(a)),
            Map.of(RATING, List.of(new Rmse())),
            10);
    assertThat(of(found, "rating", "a and b").drops()).containsOnly(0.0);
    assertThat(of(found, "rating", "a").mean()).isPositive();
    assertThat(of(found, "rating", "b").mean()).isPositive();
  }

  /** Rows without a say have values that would be seen at once. */
  @Test
  void valuesComeFromRowsThatHaveASay() {
    double[] a = numbers(60);
    boolean[] mask = new boolean[60];
    for (int r = 0; r < 60; r++) {
      mask[r] = r % 3 == 0;
      a[r] = mask[r] ? a[r] : 1e6;
    }
    List<Importance> found =
        importance(
            (x, y) -> x,
            rows(a, numbers(60), labels(a).withMask(mask), labels(a)),
            Map.of(RATING, List.of(new Rmse())),
            10);
    Importance ofA = of(found, "rating", "a");
    assertThat(ofA.rows()).isEqualTo(20);
    assertThat(ofA.mean()).isBetween(0.1, 2.0);
  }

  /** The row that is wrong weighs nothing; without the weight the error would be 100. */
  @Test
  void exampleWeightsCount() {
    double[] a = new double[30];
    double[] label = new double[30];
    label[7] = 100;
    float[] weights = new float[30];
    Arrays.fill(weights, 2);
    weights[7] = 0;
    List<Importance> found =
        importance(
            (x, y) -> x,
            rows(a, numbers(30), labels(label).withWeights(weights), labels(a)),
            Map.of(RATING, List.of(new Rmse())),
            3);
    assertThat(of(found, "rating", "a").figure()).isZero();
    assertThat(of(found, "rating", "a").drops()).containsOnly(0.0);
  }

  /** Larger than a block, so that values come from other blocks, too. */
  @Test
  void whatIsWorseIsAboveZeroWhicheverWayAFigureGoes() {
    int n = 5000;
    double[] a = numbers(n);
    double[] click = DoubleStream.of(a).map(x -> x > 0 ? 1 : 0).toArray();
    List<Importance> found =
        importance(
            (x, y) -> (x + 1) / 2,
            rows(a, numbers(n), labels(a), labels(click)),
            Map.of(RATING, List.of(new Rmse()), CLICK, List.of(new Auc())),
            4);
    assertThat(of(found, "click", "a").figure()).isEqualTo(1);
    assertThat(of(found, "click", "a").mean()).isCloseTo(0.5, within(0.03));
    assertThat(of(found, "rating", "a").mean()).isPositive();
    assertThat(of(found, "click", "b").drops()).containsOnly(0.0);
  }

  @Test
  void aFigureThatIsNotDefinedIsLeftOut() {
    double[] a = numbers(10);
    List<Importance> found =
        importance(
            (x, y) -> x,
            rows(a, a, labels(a).withMask(new boolean[10]), labels(new double[10])),
            Map.of(RATING, List.of(new Rmse()), CLICK, List.of(new Auc())),
            2);
    assertThat(found).isEmpty();
  }

  @Test
  void equalSeedsGiveEqualDropsAndOthersOthers() {
    double[] a = numbers(40);
    LabelledRows rows = rows(a, numbers(40), labels(a), labels(a));
    List<List<Double>> drops = new ArrayList<>();
    for (long seed : new long[] {1, 1, 2}) {
      PermutationImportance importance =
          new PermutationImportance(new Formula((x, y) -> x), 3, new Seed(seed));
      List<String> begun = new ArrayList<>();
      List<Importance> found =
          importance.of(
              rows, Map.of(RATING, List.of(new Rmse())), BOTH, set -> begun.add(set.name()));
      assertThat(begun).containsExactly("a", "b", "a and b");
      drops.add(of(found, "rating", "a").drops());
    }
    assertThat(drops.get(0)).isEqualTo(drops.get(1)).doesNotHaveDuplicates();
    assertThat(drops.get(0)).isNotEqualTo(drops.get(2));
  }

  @Test
  void aSetIsBegunOnceWhereOutputsHaveRowsOfTheirOwn() {
    double[] a = numbers(40);
    boolean[] half = new boolean[40];
    Arrays.fill(half, 0, 20, true);
    List<String> begun = new ArrayList<>();
    List<Importance> found =
        new PermutationImportance(new Formula((x, y) -> x), 1, new Seed(1))
            .of(
                rows(a, numbers(40), labels(a).withMask(half), labels(a)),
                Map.of(RATING, List.of(new Rmse()), CLICK, List.of(new Rmse())),
                BOTH,
                set -> begun.add(set.name()));
    assertThat(begun).containsExactly("a", "b", "a and b");
    assertThat(found).extracting(Importance::rows).containsOnly(20, 40).hasSize(6);
  }

  @Test
  void whatCannotBePermutedIsRefused() {
    assertThatThrownBy(() -> new PermutationImportance(new Formula((x, y) -> x), 0, new Seed(1)))
        .hasMessage("expected at least one permutation, found 0");
    assertThatThrownBy(() -> new ColumnSet("none", List.of()))
        .hasMessage("none: expected at least one column, found none");
    assertThatThrownBy(
            () -> rows(new double[2], new double[2], labels(new double[2]), labels(new double[3])))
        .hasMessage("expected labels and groups of 2 rows, found other numbers of them");
  }
}
