package org.mtl4j.models.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.ListColumns;
import org.mtl4j.core.feature.EncodedFeatures;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedNumeric;
import org.mtl4j.core.model.Baseline;
import org.mtl4j.core.model.FittingRows;
import org.mtl4j.core.model.TaskPredictor;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.schema.ListRule;
import org.mtl4j.core.schema.MultiCategoricalFeature;
import org.mtl4j.core.schema.NumericFeature;
import org.mtl4j.core.schema.NumericTransform;
import org.mtl4j.core.schema.Pooling;
import org.mtl4j.core.schema.SequenceEncoder;
import org.mtl4j.core.schema.SequenceFeature;
import org.mtl4j.core.task.BinaryLoss;
import org.mtl4j.core.task.Expression;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.RegressionLoss;
import org.mtl4j.core.task.SampleSpace;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.TestSeed;

/** Trees over one number x, or one id, whose splits and leaves are computed by hand. */
class TreesTest {
  private static final FeaturePipeline NUMBER =
      new FeaturePipeline(
          List.of(
              new FittedNumeric(
                  new NumericFeature("x", "x", Optional.empty(), NumericTransform.NONE, false),
                  0,
                  0,
                  1)));

  private static final int CITIES = 6;

  private static final FeaturePipeline CITY =
      new FeaturePipeline(
          List.of(
              new FittedCategorical(
                  new CategoricalFeature(
                      "city",
                      "city",
                      Optional.empty(),
                      "city",
                      2,
                      new CategoricalFeature.Hashed(CITIES - 1)),
                  Optional.empty())));

  private static FittedTask task(TaskType type, LabelEncoding encoding) {
    Expression label = Expression.parse("y");
    return new FittedTask(
        new Task("y", type, label, SampleSpace.everywhere(), Optional.empty(), 1), encoding);
  }

  private static FittedTask number(double mean, double deviation) {
    return task(
        new TaskType.Regression(new RegressionLoss.Mse()),
        new LabelEncoding.Scale(mean, deviation));
  }

  private static FittedTask binary(double negativesKept) {
    return task(new TaskType.Binary(List.of()), new LabelEncoding.Indicator(negativesKept));
  }

  private static LabelColumn labels(float... y) {
    boolean[] mask = new boolean[y.length];
    float[] weights = new float[y.length];
    Arrays.fill(mask, true);
    Arrays.fill(weights, 1);
    return new LabelColumn(y, mask, weights);
  }

  private static TaskPredictor ofNumbers(Baseline trees, FittedTask task, float[] x, float... y) {
    EncodedRows rows =
        new EncodedRows(x.length, List.of(), List.of(x), Map.of("y", labels(y)), Optional.empty());
    return trees.fit(task, new FittingRows(NUMBER, rows, new Seed(3), 1));
  }

  private static float[] at(TaskPredictor predictor, float... x) {
    return predictor.predict(new EncodedFeatures(x.length, List.of(), List.of(x)));
  }

  private static float[] range(int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = i;
    }
    return x;
  }

  @Test
  void aTreeFindsTheStepHalfwayAndItsLeavesAreTheMeans() {
    float[] y = {1, 3, 2, 2, 10, 12, 11, 11};
    TaskPredictor tree = ofNumbers(new DecisionTrees(1, 2, 1e-6), number(6.5, 4.5), range(8), y);
    // (1 + 3 + 2 + 2) / 4 and (10 + 12 + 11 + 11) / 4, on either side of (3 + 4) / 2.
    assertThat(at(tree, -9, 3.49f, 3.5f, 99))
        .containsExactly(new float[] {2, 2, 11, 11}, within(1e-5f));
  }

  @Test
  void smoothingDrawsALeafTowardsTheMeanOfAllRows() {
    float[] y = {1, 3, 2, 2, 10, 12, 11, 11};
    TaskPredictor tree = ofNumbers(new DecisionTrees(1, 2, 4), number(6.5, 4.5), range(8), y);
    // (8 + 4 * 6.5) / (4 + 4) and (44 + 4 * 6.5) / 8.
    assertThat(at(tree, 0, 7)).containsExactly(new float[] {4.25f, 8.75f}, within(1e-5f));
  }

  @Test
  void aLeafOfClassesHasTheirSmoothedShares() {
    float[] y = {0, 0, 0, 1, 1, 1, 1, 1, 0, 1};
    TaskPredictor tree = ofNumbers(new DecisionTrees(1, 3, 2), binary(1), range(10), y);
    // Gini's index falls most below 3; of all rows (6 + 1) / (10 + 2) are 1.
    double all = 7 / 12.0;
    float[] expected = {(float) ((0 + 2 * all) / (3 + 2)), (float) ((6 + 2 * all) / (7 + 2))};
    assertThat(at(tree, 0, 9)).containsExactly(expected, within(1e-6f));
  }

  @Test
  void aClassWithoutRowsIsPossible() {
    FittedTask task =
        task(
            new TaskType.Ordinal(List.of("a", "b", "c")),
            new LabelEncoding.Classes(List.of("a", "b", "c")));
    float[] y = {0, 0, 0, 0, 2, 2, 2, 2};
    for (Baseline trees : List.of(new DecisionTrees(2, 2, 1), boosted(20, .3, 0))) {
      float[] found = at(ofNumbers(trees, task, range(8), y), 0);
      assertThat(found[1]).as("%s", trees).isBetween(1e-3f, .2f);
      assertThat(found[0] + found[1] + found[2]).isCloseTo(1, within(1e-6f));
      assertThat(found[0]).isGreaterThan(.5f);
    }
  }

  @Test
  void aSideOfTooFewRowsIsNone() {
    float[] y = {100, 0, 0, 0, 0, 5, 5, 5, 5};
    TaskPredictor tree = ofNumbers(new DecisionTrees(3, 3, 1e-6), number(13.3, 30), range(9), y);
    // The first row alone would be the best split; it goes with its neighbours.
    assertThat(at(tree, 0)).containsExactly(at(tree, 1));
    assertThat(at(tree, 8)[0]).isCloseTo(5, within(1e-4f));
  }

  private static BoostedTrees boosted(int trees, double rate, double l2) {
    return new BoostedTrees(trees, rate, 1, 0, 1, 1, l2);
  }

  @Test
  void boostedTreesFollowTheResidualsOfNumbers() {
    float[] y = {1, 3, 2, 2, 10, 12, 11, 11, 11};
    double mean = 7;
    double deviation = 4.5;
    double rate = .5;
    double l2 = 1;
    double[] sums = new double[2]; // Below the step, and above.
    for (int round = 0; round < 3; round++) {
      double below = 0;
      double above = 0;
      for (int r = 0; r < y.length; r++) {
        double residual = (y[r] - mean) / deviation - sums[r < 4 ? 0 : 1];
        below += r < 4 ? residual : 0;
        above += r < 4 ? 0 : residual;
      }
      sums[0] += rate * below / (4 + l2);
      sums[1] += rate * above / (5 + l2);
    }
    TaskPredictor trees = ofNumbers(boosted(3, rate, l2), number(mean, deviation), range(9), y);
    float[] expected = {(float) (mean + deviation * sums[0]), (float) (mean + deviation * sums[1])};
    assertThat(at(trees, 0, 8)).containsExactly(expected, within(1e-4f));
  }

  @Test
  void boostedTreesFollowTheGradientOfTheSoftmax() {
    float[] y = {0, 0, 0, 0, 1, 1, 1, 0, 1, 1};
    double l2 = 1;
    double[][] logits = new double[2][2]; // [below and above the step][class]
    for (int round = 0; round < 2; round++) {
      double[][] step = new double[2][2];
      for (int side = 0; side < 2; side++) {
        double[] p = softmax(logits[side]);
        for (int k = 0; k < 2; k++) {
          double g = 0;
          double h = 0;
          for (int r = side == 0 ? 0 : 4; r < (side == 0 ? 4 : 10); r++) {
            g += p[k] - (y[r] == k ? 1 : 0);
            h += 2 * p[k] * (1 - p[k]);
          }
          step[side][k] = -.3 * g / (h + l2);
        }
      }
      for (int side = 0; side < 2; side++) {
        logits[side][0] += step[side][0];
        logits[side][1] += step[side][1];
      }
    }
    TaskPredictor trees = ofNumbers(boosted(2, .3, l2), binary(1), range(10), y);
    float[] expected = {(float) softmax(logits[0])[1], (float) softmax(logits[1])[1]};
    assertThat(at(trees, 0, 9)).containsExactly(expected, within(1e-5f));
  }

  private static double[] softmax(double... logits) {
    double all = Arrays.stream(logits).map(Math::exp).sum();
    return Arrays.stream(logits).map(x -> Math.exp(x) / all).toArray();
  }

  @Test
  void downSampledNegativesAreGivenBack() {
    float[] y = {0, 0, 1, 1, 1, 1, 1, 0};
    for (Baseline trees : List.of(new DecisionTrees(2, 2, 1), boosted(5, .3, 1))) {
      float p = at(ofNumbers(trees, binary(1), range(8), y), 3)[0];
      float q = at(ofNumbers(trees, binary(.25), range(8), y), 3)[0];
      assertThat(q).as("%s", trees).isCloseTo(p / (p + (1 - p) / .25f), within(1e-6f));
    }
  }

  /** Five cities, each with a share of its own: what is predicted is that share. */
  @Test
  void predictionsAreAsFrequentAsTheyWerePlanted() {
    double[] planted = {.02, .1, .3, .55, .9};
    Random random = TestSeed.random();
    int n = 20_000;
    int[] city = new int[n];
    float[] y = new float[n];
    double[] found = new double[5];
    double[] rows = new double[5];
    for (int r = 0; r < n; r++) {
      int c = random.nextInt(5);
      city[r] = 1 + (c * 3) % 5; // Neither in the order of their numbers.
      y[r] = random.nextDouble() < planted[c] ? 1 : 0;
      found[c] += y[r];
      rows[c]++;
    }
    EncodedRows encoded =
        new EncodedRows(n, List.of(city), List.of(), Map.of("y", labels(y)), Optional.empty());
    for (Baseline trees :
        List.of(new DecisionTrees(8, 20, 1), new BoostedTrees(50, .2, 3, 1, 1, 1, 1))) {
      TaskPredictor predictor =
          trees.fit(binary(1), new FittingRows(CITY, encoded, new Seed(3), 2));
      for (int c = 0; c < planted.length; c++) {
        int[] id = {1 + (c * 3) % 5};
        float predicted = predictor.predict(new EncodedFeatures(1, List.of(id), List.of()))[0];
        assertThat(predicted)
            .as("%s, city %d, seed %d", trees, c, TestSeed.value())
            .isCloseTo((float) (found[c] / rows[c]), within(.01f));
      }
    }
  }

  @Test
  void anIdIsTheMeanOfItsRowsDrawnTowardsThatOfAll() {
    IdRates rates = new IdRates(3);
    rates.observe(0, 0, 1, 2);
    rates.observe(0, 1, 0, 3);
    rates.observe(1, 1, 1, 1);
    rates.end(.25);
    assertThat(rates.rate(0)).isCloseTo((2 + 10 * .25f) / (5 + 10), within(1e-6f));
    assertThat(rates.rate(2)).isEqualTo(.25f);
    // A row of fold 0 must not hear of its own label, one of fold 1 of none but that of fold 0.
    assertThat(rates.rate(0, 0)).isCloseTo((0 + 2.5f) / (3 + 10), within(1e-6f));
    assertThat(rates.rate(0, 1)).isCloseTo((2 + 2.5f) / (2 + 10), within(1e-6f));
    assertThat(rates.rate(1, 1)).isEqualTo(.25f);
  }

  @Test
  void anIdOfOneRowTellsTreesNothingOfThatRow() {
    int n = 400;
    Random random = TestSeed.random();
    int[] own = new int[n];
    float[] y = new float[n];
    for (int r = 0; r < n; r++) {
      own[r] = r;
      y[r] = random.nextInt(2);
    }
    FeaturePipeline pipeline =
        new FeaturePipeline(
            List.of(
                new FittedCategorical(
                    new CategoricalFeature(
                        "id", "id", Optional.empty(), "id", 2, new CategoricalFeature.Hashed(n)),
                    Optional.empty())));
    EncodedRows rows =
        new EncodedRows(n, List.of(own), List.of(), Map.of("y", labels(y)), Optional.empty());
    TaskPredictor trees =
        boosted(20, .3, 1).fit(binary(1), new FittingRows(pipeline, rows, new Seed(3), 1));
    float[] found = trees.predict(new EncodedFeatures(n, List.of(own), List.of()));
    float[] first = new float[n];
    Arrays.fill(first, found[0]);
    assertThat(found).containsExactly(first, within(1e-6f));
  }

  /** By weight an id of few heavy rows would count as one of many. */
  @Test
  void anIdOfFewRowsIsOneHoweverMuchTheyWeigh() {
    IdRates rates = new IdRates(1);
    rates.observe(0, 0, 1, 5000);
    rates.observe(0, 1, 0, 5000);
    rates.end(.25);
    assertThat(rates.rate(0, 0)).as("without its own label").isLessThan(.01f);
    for (int row = 2; row < 1000; row++) {
      rates.observe(0, 1, 0, .001);
    }
    assertThat(rates.rate(0, 0)).as("of a thousand rows, two of which count").isLessThan(.01f);
  }

  @Test
  void anIdOfManyRowsHasOneRateForAllOfThem() {
    IdRates rates = new IdRates(1);
    for (int row = 0; row < 1000; row++) {
      rates.observe(0, row % 5, row % 5 == 0 ? 1 : 0, 2);
    }
    rates.end(.5);
    assertThat(rates.rate(0, 0)).isEqualTo(rates.rate(0, 1)).isEqualTo(rates.rate(0));
  }

  /** What an id says twice in a list is said by one row. */
  @Test
  void anIdThatARowHasTwiceCountsOnce() {
    float[] y = {1, 0, 0, 0};
    int[] first = {0, 0, 1, 1};
    int[] again = {0, ListColumns.PADDING, 1, ListColumns.PADDING};
    TaskRows rows =
        new TaskRows(
            new EncodedFeatures(4, List.of(first, again), List.of()), y, new float[] {1, 1, 1, 1});
    RowShape shape =
        new RowShape(List.of(), 0, List.of(new RowShape.Ids(0, 2, RowShape.Ids.NONE, 2)));
    ColumnEncoder encoder =
        ColumnEncoder.fit(shape, rows, Target.of(binary(1)), new Seed(3)).encoder();
    EncodedFeatures row =
        new EncodedFeatures(1, List.of(new int[] {0}, new int[] {ListColumns.PADDING}), List.of());
    // One of two rows, drawn towards a quarter as by ten more.
    assertThat(encoder.columns(row)[0][0]).isCloseTo((1 + 10 * .25f) / (2 + 10), within(1e-6f));
  }

  @Test
  void tablesBeyondTheRoomForTheirRatesAreRefused() {
    CategoricalFeature huge =
        new CategoricalFeature(
            "id", "id", Optional.empty(), "id", 2, new CategoricalFeature.Hashed(500_000_000));
    assertThatThrownBy(() -> boosted(1, .1, 1).check(List.of(huge)))
        .hasMessage(
            "id.hash_buckets: expected at most 20000000, as trees count each; found 500000000");
    for (FeatureSpec feature :
        List.of(
            new SequenceFeature(
                huge, new ListRule("|", 3, ListRule.Keep.LAST), new SequenceEncoder.Mean()),
            new MultiCategoricalFeature(
                huge, new ListRule("|", 3, ListRule.Keep.LAST), Pooling.MEAN))) {
      assertThatThrownBy(() -> boosted(1, .1, 1).check(List.of(feature)))
          .hasMessageStartingWith("id.hash_buckets: expected at most 20000000");
    }
  }

  @Test
  void keysOutOfTheirRangesAreRefusedByName() {
    assertThatThrownBy(() -> new DecisionTrees(0, 1, 1))
        .hasMessage("max_depth: expected 1 to 30, found 0");
    assertThatThrownBy(() -> new DecisionTrees(3, 0, 1))
        .hasMessage("min_rows: expected at least 1, found 0");
    assertThatThrownBy(() -> new DecisionTrees(3, 1, 0))
        .hasMessage("smoothing: expected a number above 0, at most 3.4e38, found 0.0");
    assertThatThrownBy(() -> boosted(0, .1, 1)).hasMessage("trees: expected 1 to 10000, found 0");
    assertThatThrownBy(() -> boosted(1, 0, 1))
        .hasMessage("learning_rate: expected a number above 0, at most 1, found 0.0");
  }

  @Test
  void tasksWhosePredictionIsNoMeanAreRefused() {
    Task sets =
        new Task(
            "moods",
            new TaskType.Multilabel("|", 1, 9),
            Expression.parse("moods"),
            SampleSpace.everywhere(),
            Optional.empty(),
            1);
    assertThatThrownBy(() -> new DecisionTrees(8, 20, 1).checkTasks(List.of(sets)))
        .hasMessageContaining("moods: expected")
        .hasMessageContaining("found multilabel");
    Task median =
        task(new TaskType.Regression(new RegressionLoss.Mae()), new LabelEncoding.Scale(0, 1))
            .task();
    assertThatThrownBy(() -> boosted(1, .1, 1).checkTasks(List.of(median)))
        .hasMessageContaining("y.loss: expected")
        .hasMessageContaining("found mae");
    Task pairs =
        task(new TaskType.Binary(List.of(), new BinaryLoss.Bpr()), binary(1).encoding()).task();
    assertThatThrownBy(() -> boosted(1, .1, 1).checkTasks(List.of(pairs)))
        .hasMessage(
            "y.loss: expected one of each row by itself, as trees have it; found bpr, which compares"
                + " rows");
  }
}
