package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.PairList;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.Gradients;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Variables;
import org.mtl4j.core.head.ModelLosses;
import org.mtl4j.core.head.TaskLoss;
import org.mtl4j.core.model.Comparison;
import org.mtl4j.core.model.LabelRule;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.model.Supervision;
import org.mtl4j.core.task.BinaryLoss;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.TaskType;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/** Losses over the rows of a query against plain loops over pairs and lists. */
class RankingLossTest {
  private static final List<String> LOSSES = List.of("bpr", "listwise");
  private static final int BATCHES = 8;
  private static final double ROUNDING = 1e-12;

  /** Rows of a batch, a label of 1 or 0 each. */
  private record Rows(double[] scores, double[] labels, double[] weights, int[] queries) {
    static Rows random(int n, int queries, Random random) {
      double[] weights = random.doubles(n, .2, 3).toArray();
      IntStream.range(0, n).filter(r -> random.nextInt(5) == 0).forEach(r -> weights[r] = 0);
      return new Rows(
          random.doubles(n, -4, 4).toArray(),
          random.ints(n, 0, 2).asDoubleStream().toArray(),
          weights,
          random.ints(n, 0, queries).toArray());
    }

    int size() {
      return scores.length;
    }

    boolean compares(int one, int other) {
      return queries[one] == queries[other] && weights[one] > 0 && weights[other] > 0;
    }

    Rows withScores(double[] others) {
      return new Rows(others, labels, weights, queries);
    }

    Rows withWeights(double[] others) {
      return new Rows(scores, labels, others, queries);
    }

    Rows pick(int... which) {
      return new Rows(
          IntStream.of(which).mapToDouble(r -> scores[r]).toArray(),
          IntStream.of(which).mapToDouble(r -> labels[r]).toArray(),
          IntStream.of(which).mapToDouble(r -> weights[r]).toArray(),
          IntStream.of(which).map(r -> queries[r]).toArray());
    }

    FloatBuffer floats(double[] values) {
      float[] narrow = new float[values.length];
      IntStream.range(0, values.length).forEach(r -> narrow[r] = (float) values[r]);
      return FloatBuffer.wrap(narrow);
    }
  }

  /** A loss over a batch: its sums, and the gradient of its mean by the scores. */
  private record Loss(double numerator, double denominator, double mean, double[] gradient) {}

  private static BinaryLoss loss(String name) {
    return name.equals("bpr") ? new BinaryLoss.Bpr() : new BinaryLoss.Listwise();
  }

  private static Loss graph(String name, Rows rows) {
    OutputSpec spec =
        new OutputSpec(
            "y",
            new TaskType.Binary(List.of(), loss(name)),
            new LabelEncoding.Indicator(),
            new LabelRule.OfTask("y"),
            "");
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      GraphContext root =
          GraphContext.inference(graph, new Variables(graph, FloatType.FLOAT64), "test");
      Operand<TFloating> scores = vector(root, rows.scores());
      Supervision supervision =
          new Supervision(
              vector(root, rows.labels()),
              vector(root, rows.weights()),
              Optional.of(comparison(name, root, rows)));
      TaskLoss loss =
          ModelLosses.of(
                  root,
                  List.of(spec),
                  ModelOutputs.of(List.of(new OutputTensor.Logit("y", scores)), Set.of()),
                  Map.of("y", supervision))
              .tasks()
              .get(0);
      Operand<TFloating> slopes =
          Gradients.of(graph, loss.mean(), List.of(scores)).get(0).orElseThrow();
      try (Result result =
          session
              .runner()
              .fetch(loss.numerator())
              .fetch(loss.denominator())
              .fetch(loss.mean())
              .fetch(slopes)
              .run()) {
        double[] gradient = new double[rows.size()];
        result.get(3).asRawTensor().data().asDoubles().read(gradient);
        return new Loss(
            ((TFloat64) result.get(0)).getDouble(),
            ((TFloat64) result.get(1)).getDouble(),
            ((TFloat64) result.get(2)).getDouble(),
            gradient);
      }
    }
  }

  private static Operand<TFloating> vector(GraphContext root, double[] values) {
    return root.toFloating(root.tf().constant(values));
  }

  private static Comparison comparison(String name, GraphContext root, Rows rows) {
    if (name.equals("listwise")) {
      return new Comparison.Lists(root.tf().constant(rows.queries()));
    }
    PairList pairs = pairs(rows, 1);
    double[] counts = new double[rows.size()];
    IntStream.range(0, counts.length).forEach(r -> counts[r] = pairs.counts()[r]);
    return new Comparison.Pairs(
        root.tf().constant(pairs.better()),
        root.tf().constant(pairs.worse()),
        vector(root, counts));
  }

  private static PairList pairs(Rows rows, long seed) {
    return PairList.of(
        IntBuffer.wrap(rows.queries()),
        rows.floats(rows.labels()),
        rows.floats(rows.weights()),
        new SplittableRandom(seed));
  }

  /** The sums in plain loops, and the gradient by the derivative of each term. */
  private static Loss plain(String name, Rows rows) {
    double[] slopes = new double[rows.size()];
    double[] sums = new double[2];
    for (int i = 0; i < rows.size(); i++) {
      if (rows.weights()[i] > 0 && rows.labels()[i] == 1) {
        if (name.equals("bpr")) {
          addPairs(rows, i, sums, slopes);
        } else {
          addShare(rows, i, sums, slopes);
        }
      }
    }
    double divisor = sums[1] == 0 ? 1 : sums[1];
    return new Loss(
        sums[0],
        sums[1],
        sums[0] / divisor,
        Arrays.stream(slopes).map(slope -> slope / divisor).toArray());
  }

  private static void addPairs(Rows rows, int i, double[] sums, double[] slopes) {
    double w = rows.weights()[i];
    for (int j = 0; j < rows.size(); j++) {
      if (rows.compares(i, j) && rows.labels()[j] == 0) {
        double difference = rows.scores()[i] - rows.scores()[j];
        double wrong = 1 / (1 + Math.exp(difference));
        sums[0] += w * Math.log1p(Math.exp(-difference));
        sums[1] += w;
        slopes[i] -= w * wrong;
        slopes[j] += w * wrong;
      }
    }
  }

  private static void addShare(Rows rows, int i, double[] sums, double[] slopes) {
    double all = 0;
    double positives = 0;
    for (int j = 0; j < rows.size(); j++) {
      if (rows.compares(i, j)) {
        all += Math.exp(rows.scores()[j]);
        positives += rows.labels()[j];
      }
    }
    double part = rows.weights()[i] / positives;
    sums[0] += part * (Math.log(all) - rows.scores()[i]);
    sums[1] += part;
    for (int j = 0; j < rows.size(); j++) {
      if (rows.compares(i, j)) {
        slopes[j] += part * (Math.exp(rows.scores()[j]) / all - (i == j ? 1 : 0));
      }
    }
  }

  private static void assertNear(Loss found, Loss expected, double tolerance) {
    String seed = "seed " + TestSeed.value();
    assertThat(found.numerator())
        .as(seed)
        .isCloseTo(expected.numerator(), within(tolerance * (1 + expected.numerator())));
    assertThat(found.denominator())
        .as(seed)
        .isCloseTo(expected.denominator(), within(tolerance * (1 + expected.denominator())));
    assertThat(found.mean()).as(seed).isCloseTo(expected.mean(), within(tolerance));
    assertThat(found.gradient()).as(seed).containsExactly(expected.gradient(), within(tolerance));
  }

  @Test
  void sumsAndSlopesAreThoseOfPlainLoops() {
    for (String name : LOSSES) {
      Random random = TestSeed.random();
      for (int i = 0; i < BATCHES; i++) {
        Rows rows = Rows.random(5 + random.nextInt(40), 1 + random.nextInt(6), random);
        assertNear(graph(name, rows), plain(name, rows), ROUNDING);
      }
    }
  }

  @Test
  void slopesAgreeWithFiniteDifferences() {
    for (String name : LOSSES) {
      Rows rows = Rows.random(12, 3, TestSeed.random());
      double[] slopes = graph(name, rows).gradient();
      double step = 1e-5;
      for (int r = 0; r < rows.size(); r++) {
        double[] up = rows.scores().clone();
        double[] down = rows.scores().clone();
        up[r] += step;
        down[r] -= step;
        double difference =
            graph(name, rows.withScores(up)).mean() - graph(name, rows.withScores(down)).mean();
        assertThat(slopes[r])
            .as("row %d, seed %d", r, TestSeed.value())
            .isCloseTo(difference / (2 * step), within(1e-8));
      }
    }
  }

  @Test
  void theyEqualPyTorchs() {
    for (String name : LOSSES) {
      double[] weights = Arrays.stream(GoldenValues.numbers(200, 12)).map(v -> 1.1 + v).toArray();
      weights[3] = 0;
      Rows rows =
          new Rows(
              Arrays.stream(GoldenValues.numbers(100, 12)).map(v -> 4 * v).toArray(),
              new double[] {1, 0, 0, 1, 1, 0, 0, 1, 0, 0, 1, 0},
              weights,
              new int[] {0, 0, 1, 0, 1, 1, 2, 1, 0, 2, 3, 1});
      double[] golden = GoldenValues.read(RankingLossTest.class, "rankings.csv", 1).get(name);
      Loss found = graph(name, rows);
      assertThat(found.mean()).isCloseTo(golden[0], within(ROUNDING));
      assertThat(found.gradient())
          .containsExactly(Arrays.copyOfRange(golden, 1, golden.length), within(ROUNDING));
    }
  }

  /** Whatever stands where nobody has a say. */
  @Test
  void rowsOfWeightZeroHaveNoSayAndNoGradient() {
    for (String name : LOSSES) {
      Random random = TestSeed.random();
      for (double score : new double[] {1e4, -1e4, Double.POSITIVE_INFINITY, Double.NaN}) {
        Rows rows = Rows.random(20, 3, random);
        double[] weights = rows.weights().clone();
        weights[7] = 0;
        double[] scores = rows.scores().clone();
        scores[7] = score;
        Loss before = graph(name, rows.withWeights(weights));
        Loss after = graph(name, rows.withWeights(weights).withScores(scores));
        assertNear(after, before, 0);
        assertThat(after.gradient()[7]).isZero();
      }
    }
  }

  @Test
  void rowsWithoutAnythingToCompareHaveNeitherLossNorSlope() {
    for (String name : LOSSES) {
      double[] scores = TestSeed.random().doubles(6, -90, 90).toArray();
      double[] ones = {1, 2, 1, 1, 1, 1};
      int[] alone = {0, 1, 2, 3, 4, 5};
      int[] together = {0, 0, 0, 1, 1, 1};
      for (Rows rows :
          List.of(
              new Rows(scores, new double[] {1, 0, 1, 0, 1, 1}, ones, alone),
              new Rows(scores, new double[6], ones, together),
              new Rows(scores, new double[] {1, 0, 1, 1, 1, 0}, new double[6], together))) {
        Loss loss = graph(name, rows);
        assertThat(loss.numerator()).isZero();
        assertThat(loss.mean()).isZero();
        assertThat(loss.gradient()).containsOnly(0);
      }
    }
  }

  @Test
  void whatAQueryHasInCommonCancelsOutHoweverLargeItIs() {
    for (String name : LOSSES) {
      Rows rows = Rows.random(25, 4, TestSeed.random());
      double[] moved = rows.scores().clone();
      IntStream.range(0, moved.length)
          .forEach(r -> moved[r] += new double[] {1024, -1024, 2048, 0}[rows.queries()[r]]);
      assertNear(graph(name, rows.withScores(moved)), graph(name, rows), 1e-11);
    }
  }

  @Test
  void theOrderOfRowsMakesNoDifference() {
    for (String name : LOSSES) {
      Random random = TestSeed.random();
      Rows rows = Rows.random(30, 4, random);
      int[] order = IntStream.range(0, 30).toArray();
      for (int i = 29; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int swap = order[i];
        order[i] = order[j];
        order[j] = swap;
      }
      Loss straight = graph(name, rows);
      double[] gradient = IntStream.of(order).mapToDouble(r -> straight.gradient()[r]).toArray();
      assertNear(
          graph(name, rows.pick(order)),
          new Loss(straight.numerator(), straight.denominator(), straight.mean(), gradient),
          ROUNDING);
    }
  }

  @Test
  void sumsOfPartsAreThoseOfAllAsLongAsQueriesAreWhole() {
    for (String name : LOSSES) {
      Rows rows = Rows.random(40, 5, TestSeed.random());
      Loss all = graph(name, rows);
      int[] first = IntStream.range(0, 40).filter(r -> rows.queries()[r] < 2).toArray();
      int[] second = IntStream.range(0, 40).filter(r -> rows.queries()[r] >= 2).toArray();
      Loss one = graph(name, rows.pick(first));
      Loss other = graph(name, rows.pick(second));
      assertThat(one.numerator() + other.numerator())
          .isCloseTo(all.numerator(), within(1e-11 * (1 + all.numerator())));
      assertThat(one.denominator() + other.denominator())
          .isCloseTo(all.denominator(), within(1e-11 * (1 + all.denominator())));
    }
  }
}
