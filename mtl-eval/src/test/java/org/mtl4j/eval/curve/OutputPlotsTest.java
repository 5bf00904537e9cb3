package org.mtl4j.eval.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.eval.metric.Auc;
import org.mtl4j.eval.report.BarChart;
import org.mtl4j.eval.report.Chart;
import org.mtl4j.eval.report.HeatMap;
import org.mtl4j.eval.report.LineChart;
import org.mtl4j.eval.report.LineChart.Point;
import org.mtl4j.testkit.TestSeed;

/** Curves against their definitions, counted threshold by threshold. */
class OutputPlotsTest {
  private static EvaluationRows rows(double[] scores, double[] labels, double... weights) {
    return new EvaluationRows(scores, 1, labels, weights, Optional.empty());
  }

  /** Few rows of few scores, so that there are ties, each with a weight of its own. */
  private static EvaluationRows random(Random random) {
    int n = 2 + random.nextInt(30);
    double[] labels = random.ints(n, 0, 2).asDoubleStream().toArray();
    labels[0] = 0;
    labels[1] = 1;
    return rows(
        random.ints(n, 0, 8).mapToDouble(i -> i / 8.0).toArray(),
        labels,
        random.doubles(n, .5, 2).toArray());
  }

  private static List<Point> line(Optional<? extends Object> chart) {
    return ((LineChart) chart.orElseThrow()).series().get(0).points();
  }

  private static double sum(EvaluationRows rows, double label, double threshold) {
    return IntStream.range(0, rows.size())
        .filter(i -> rows.labels().get(i) == label && rows.predictions().get(i) >= threshold)
        .mapToDouble(rows::weight)
        .sum();
  }

  private static List<Double> fallingScores(EvaluationRows rows) {
    return IntStream.range(0, rows.size())
        .mapToObj(rows.predictions()::get)
        .distinct()
        .sorted((a, b) -> Double.compare(b, a))
        .toList();
  }

  @Test
  void rocIsCountedThresholdByThresholdAndHasTheAreaOfTheAuc() {
    Random random = TestSeed.random();
    for (int run = 0; run < 50; run++) {
      EvaluationRows rows = random(random);
      List<Point> points = line(RocCurve.of("click", rows));
      List<Point> expected = new ArrayList<>(List.of(Point.of(0, 0)));
      for (double score : fallingScores(rows)) {
        expected.add(
            Point.of(sum(rows, 0, score) / sum(rows, 0, 0), sum(rows, 1, score) / sum(rows, 1, 0)));
      }
      assertSame(points, expected);
      double area = 0;
      for (int i = 1; i < points.size(); i++) {
        double width = points.get(i).x() - points.get(i - 1).x();
        area += width * (points.get(i).y() + points.get(i - 1).y()) / 2;
      }
      assertThat(area).isCloseTo(new Auc().compute(rows).orElseThrow(), within(1e-12));
    }
  }

  @Test
  void precisionIsCountedThresholdByThreshold() {
    Random random = TestSeed.random();
    for (int run = 0; run < 50; run++) {
      EvaluationRows rows = random(random);
      List<Point> expected = new ArrayList<>();
      for (double score : fallingScores(rows)) {
        double caught = sum(rows, 1, score);
        expected.add(Point.of(caught / sum(rows, 1, 0), caught / (caught + sum(rows, 0, score))));
      }
      assertSame(line(PrecisionRecallCurve.of("click", rows)), expected);
    }
  }

  /** Each point found is one of the expected; one that was left out is next to one found. */
  private static void assertSame(List<Point> found, List<Point> expected) {
    assertThat(found).allMatch(point -> expected.stream().anyMatch(e -> near(point, e, 1e-12)));
    assertThat(expected).allMatch(e -> found.stream().anyMatch(point -> near(point, e, .0025)));
    assertThat(near(found.get(0), expected.get(0), 1e-12)).isTrue();
    Point last = expected.get(expected.size() - 1);
    assertThat(near(found.get(found.size() - 1), last, 1e-12)).isTrue();
  }

  private static boolean near(Point a, Point b, double distance) {
    return Math.abs(a.x() - b.x()) < distance && Math.abs(a.y() - b.y()) < distance;
  }

  @Test
  void aCurveOfManyRowsHasFewPointsAndStaysWhereItIs() {
    Trace trace = new Trace();
    List<Point> all = new ArrayList<>();
    Random random = TestSeed.random();
    double x = 0;
    for (int i = 0; i <= 100_000; i++) {
      double y = Math.sqrt(x);
      trace.add(x, y);
      all.add(Point.of(x, y));
      x = Math.min(1, x + random.nextDouble() * 2e-5);
    }
    List<Point> kept = trace.end();

    assertThat(kept).hasSizeLessThan(900);
    assertThat(kept.get(0)).isEqualTo(all.get(0));
    assertThat(kept.get(kept.size() - 1)).isEqualTo(all.get(all.size() - 1));
    int next = 1;
    for (Point point : all) {
      while (kept.get(next).x() < point.x()) {
        next++;
      }
      Point before = kept.get(next - 1);
      boolean near =
          Math.abs(point.x() - before.x()) < 1 / 400.0
              && Math.abs(point.y() - before.y()) < 1 / 400.0;
      assertThat(near || point.equals(kept.get(next))).as("%s after %s", point, before).isTrue();
    }
  }

  @Test
  void scoresAreSpreadOverBinsByClassAndWeight() {
    EvaluationRows rows =
        rows(
            new double[] {.01, .02, .44, .52, .99, 1},
            new double[] {0, 0, 0, 1, 1, 1},
            1,
            1,
            2,
            1,
            1,
            2);
    BarChart chart = (BarChart) ScoreDistribution.of("click", rows).orElseThrow();

    assertThat(chart.categories()).hasSize(20).startsWith("0", "0.05", "0.1").endsWith("0.95");
    assertThat(chart.series().get(0).values().get(10)).isEqualTo(25);
    assertThat(chart.series().get(0).values().get(19)).isEqualTo(75);
    assertThat(chart.series().get(1).values().get(0)).isEqualTo(50);
    assertThat(chart.series().get(1).values().get(8)).isEqualTo(50);
  }

  @Test
  void rareEventsHaveBinsOfTheirOwn() {
    Random random = TestSeed.random();
    double[] scores = random.doubles(10_000, 0, .018).toArray();
    scores[0] = .9;
    double[] labels = new double[scores.length];
    labels[0] = 1;
    BarChart chart =
        (BarChart)
            ScoreDistribution.of("buy", rows(scores, labels, random.doubles(10_000).toArray()))
                .orElseThrow();

    assertThat(chart.categories()).endsWith("0.019");
    assertThat(chart.series().get(0).values().get(19)).isCloseTo(100, within(1e-9));
  }

  private static Optional<Chart> reliability(EvaluationRows rows) {
    return ReliabilityDiagram.of("click", Map.of("click", ReliabilityDiagram.table(rows)));
  }

  @Test
  void reliabilityIsThatOfBinsOfEqualWeight() {
    int n = 1500;
    double[] scores = IntStream.range(0, n).mapToDouble(i -> (i + .5) / n).toArray();
    double[] labels = IntStream.range(0, n).mapToDouble(i -> i % 4 == 0 ? 1 : 0).toArray();
    double[] weights = IntStream.range(0, n).mapToDouble(i -> 1).toArray();
    List<Point> points = line(reliability(rows(scores, labels, weights)));

    assertThat(points).hasSize(15);
    for (int bin = 0; bin < 15; bin++) {
      assertThat(points.get(bin).x()).isCloseTo((bin + .5) / 15, within(1e-12));
      assertThat(points.get(bin).y()).isCloseTo(.25, within(1e-12));
    }
  }

  @Test
  void oneClassAloneHasNoCurve() {
    EvaluationRows rows = rows(new double[] {.1, .2}, new double[] {0, 0}, 1, 1);

    assertThat(RocCurve.of("click", rows)).isEmpty();
    assertThat(PrecisionRecallCurve.of("click", rows)).isEmpty();
    assertThat(ScoreDistribution.of("click", rows)).isEmpty();
    EvaluationRows weightless = rows(new double[] {.1, .2}, new double[] {0, 1}, 1, 0);
    assertThat(RocCurve.of("click", weightless)).isEmpty();
  }

  @Test
  void classesAreCountedByWhatTheyWereTakenFor() {
    EvaluationRows rows =
        new EvaluationRows(
            new double[] {.7, .2, .1, .1, .8, .1, .6, .3, .1},
            3,
            new double[] {0, 0, 1},
            new double[] {1, 3, 2},
            Optional.empty());
    HeatMap map = (HeatMap) Confusion.of("genre", List.of("a", "b", "c"), rows).orElseThrow();

    assertThat(map.columns()).containsExactly("a", "b", "c");
    assertThat(map.rows().get(0)).isEqualTo(new HeatMap.Row("a", List.of(.25, .75, 0.0)));
    assertThat(map.rows().get(1)).isEqualTo(new HeatMap.Row("b", List.of(1.0, 0.0, 0.0)));
    assertThat(map.rows().get(2).values()).containsOnly(Double.NaN);
  }

  @Test
  void valuesAreMeansOfTwentiethsOfTheRows() {
    int n = 200;
    double[] predictions = IntStream.range(0, n).mapToDouble(i -> i).toArray();
    double[] labels = IntStream.range(0, n).mapToDouble(i -> 2 * i + 1).toArray();
    double[] weights = IntStream.range(0, n).mapToDouble(i -> i % 2).toArray();
    List<Point> points = line(PredictedValues.of("rating", rows(predictions, labels, weights)));

    // Of rows 190 to 199 the odd ones count: their mean is 195.
    assertThat(points).hasSize(20).startsWith(Point.of(195, 391)).endsWith(Point.of(5, 11));
  }

  @Test
  void equalPredictionsAreOnePoint() {
    List<Point> points =
        line(
            PredictedValues.of(
                "rating", rows(new double[] {3, 3, 3, 3}, new double[] {1, 2, 3, 6}, 1, 1, 1, 1)));

    assertThat(points).containsExactly(Point.of(3, 3));
  }
}
