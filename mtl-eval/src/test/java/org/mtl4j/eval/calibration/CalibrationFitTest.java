package org.mtl4j.eval.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.model.CalibrationMethod;
import org.mtl4j.core.model.Calibrator;
import org.mtl4j.eval.metric.Auc;
import org.mtl4j.testkit.GoldenValues;
import org.mtl4j.testkit.TestSeed;

/** Calibrators against those of scikit-learn 1.9 and SciPy (golden.py), and against definitions. */
class CalibrationFitTest {
  private static final int N = 300;
  private static final List<String> CASES = List.of("plain", "weighted", "offset", "tied");
  private static final Map<String, double[]> GOLDEN =
      GoldenValues.read(CalibrationFitTest.class, "calibrators.csv", 2);

  private static double[] noise(int first, int count) {
    double[] numbers = GoldenValues.numbers(first, count);
    return IntStream.range(0, count)
        .mapToDouble(i -> numbers[(int) (7L * i * i % count)])
        .toArray();
  }

  private static EvaluationRows rows(String name) {
    double[] scores = Arrays.stream(GoldenValues.numbers(0, N)).map(x -> 3 * x).toArray();
    double[] noise = noise(5000, N);
    double[] labels = new double[N];
    for (int i = 0; i < N; i++) {
      labels[i] = 2 * noise[i] < 0.6 * scores[i] - 0.4 ? 1 : 0;
    }
    double[] weights = new double[N];
    Arrays.fill(weights, 1);
    if (name.equals("weighted") || name.equals("tied")) {
      weights = weights();
    }
    if (name.equals("tied")) {
      Arrays.setAll(scores, i -> Math.rint(scores[i]));
    }
    return new EvaluationRows(scores, 1, labels, weights, Optional.empty());
  }

  /** Of a mean that is not 1, which must not matter. */
  private static double[] weights() {
    return Arrays.stream(noise(9000, N)).map(x -> 4 + 2 * x).toArray();
  }

  private static double offset(String name) {
    return name.equals("offset") ? Math.log(0.1) : 0;
  }

  private static Calibrator fit(CalibrationMethod method, String name) {
    return CalibrationFit.of(method, rows(name), offset(name)).calibrator().orElseThrow();
  }

  @Test
  void lineIsTheOneOfPlatt() {
    for (String name : CASES) {
      Calibrator.Linear line = (Calibrator.Linear) fit(CalibrationMethod.PLATT, name);
      double[] exact = GOLDEN.get("platt," + name);
      assertThat(line.slopes().get(0)).isCloseTo(exact[0], within(1e-8));
      assertThat(line.intercepts().get(0)).isCloseTo(exact[1], within(1e-8));
      double[] peer = GOLDEN.getOrDefault("platt_sklearn," + name, exact);
      assertThat(line.slopes().get(0)).isCloseTo(peer[0], within(1e-6));
      assertThat(line.intercepts().get(0)).isCloseTo(peer[1], within(1e-6));
    }
  }

  @Test
  void temperatureIsTheBest() {
    for (String name : CASES) {
      Calibrator.Linear line = (Calibrator.Linear) fit(CalibrationMethod.TEMPERATURE, name);
      assertThat(line.slopes().get(0))
          .isCloseTo(GOLDEN.get("temperature," + name)[0], within(1e-8));
      assertThat(line.intercepts()).containsExactly(0.0);
    }
  }

  @Test
  void poolsAreThoseOfScikitLearnAndTheCurveGoesThroughTheirMiddles() {
    for (String name : CASES) {
      List<IsotonicFit.Pool> pools = IsotonicFit.pools(rows(name));
      for (int i = 0; i < pools.size(); i++) {
        double[] golden = GOLDEN.get("pool," + name + "/" + i);
        assertThat(pools.get(i).weight()).isCloseTo(golden[0], within(1e-9));
        assertThat(pools.get(i).rate()).isCloseTo(golden[1], within(1e-12));
        assertThat(pools.get(i).middle()).isCloseTo(golden[2], within(1e-12));
      }
      assertThat(GOLDEN).doesNotContainKey("pool," + name + "/" + pools.size());

      Calibrator.Curve curve = (Calibrator.Curve) fit(CalibrationMethod.ISOTONIC, name);
      double[] golden = GOLDEN.get("curve," + name);
      int points = curve.scores().size();
      assertThat(points).isEqualTo((int) golden[0]);
      double first = curve.scores().get(0);
      double last = curve.scores().get(points - 1);
      for (int i = 0; i < 7; i++) {
        assertThat(curve.apply(0, first + (last - first) * i / 6))
            .isCloseTo(golden[1 + i], within(1e-9));
      }
      assertThat(curve.apply(0, first - 8)).isCloseTo(golden[1] - 0.5, within(1e-9));
      assertThat(curve.apply(0, last + 8)).isCloseTo(golden[7] + 0.5, within(1e-9));
    }
  }

  private static EvaluationRows classes() {
    double[] logits = Arrays.stream(GoldenValues.numbers(20000, 3 * N)).map(x -> 2 * x).toArray();
    double[] noise = noise(30000, 3 * N);
    double[] labels = new double[N];
    for (int i = 0; i < N; i++) {
      double most = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < 3; c++) {
        double found = logits[3 * i + c] + 2.5 * noise[3 * i + c];
        if (found > most) {
          most = found;
          labels[i] = c;
        }
      }
    }
    return new EvaluationRows(logits, 3, labels, weights(), Optional.empty());
  }

  @Test
  void temperatureOfClassesIsTheBest() {
    CalibrationResult result = CalibrationFit.of(CalibrationMethod.TEMPERATURE, classes(), 0);
    Calibrator.Linear line = (Calibrator.Linear) result.calibrator().orElseThrow();
    assertThat(line.slopes().get(0)).isCloseTo(GOLDEN.get("temperature,classes")[0], within(1e-8));
    assertThat(result.after()).isLessThan(result.before());
  }

  /** Rows whose scores say something, some of them tied, with weights and a few of them 0. */
  private static EvaluationRows random(Random random, int n) {
    double[] scores = new double[n];
    double[] labels = new double[n];
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      scores[i] = Math.rint(random.nextGaussian() * 8) / 4;
      labels[i] = random.nextDouble() < 1 / (1 + Math.exp(1 - 0.5 * scores[i])) ? 1 : 0;
      weights[i] = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(3);
    }
    labels[0] = 1;
    labels[1] = 0;
    weights[0] = 1;
    weights[1] = 1;
    return new EvaluationRows(scores, 1, labels, weights, Optional.empty());
  }

  /** By definition: the largest of the lows of intervals, over all that end at or after a score. */
  @Test
  void poolsAreIsotonicRegressionByItsMinMaxFormula() {
    Random random = TestSeed.random();
    for (int round = 0; round < 50; round++) {
      EvaluationRows rows = random(random, 2 + random.nextInt(30));
      for (IsotonicFit.Pool pool : IsotonicFit.pools(rows)) {
        double at = nearest(rows, pool.middle());
        assertThat(pool.rate())
            .as("seed %d, round %d", TestSeed.value(), round)
            .isCloseTo(minMax(rows, at), within(1e-12));
      }
    }
  }

  /** The score of a row that counts, nearest to a pool's middle: it lies in the pool. */
  private static double nearest(EvaluationRows rows, double middle) {
    return IntStream.range(0, rows.size())
        .filter(row -> rows.weight(row) > 0)
        .mapToDouble(row -> rows.predictions().get(row))
        .boxed()
        .min((a, b) -> Double.compare(Math.abs(a - middle), Math.abs(b - middle)))
        .orElseThrow();
  }

  private static double minMax(EvaluationRows rows, double at) {
    double most = Double.NEGATIVE_INFINITY;
    for (double from : rows.predictions().toArray()) {
      double least = Double.POSITIVE_INFINITY;
      for (double to : rows.predictions().toArray()) {
        if (from <= at && to >= at) {
          double rate = rate(rows, from, to);
          least = Double.isNaN(rate) ? least : Math.min(least, rate);
        }
      }
      most = from <= at && Double.isFinite(least) ? Math.max(most, least) : most;
    }
    return most;
  }

  private static double rate(EvaluationRows rows, double from, double to) {
    double weight = 0;
    double positives = 0;
    for (int row = 0; row < rows.size(); row++) {
      double score = rows.predictions().get(row);
      if (score >= from && score <= to) {
        weight += rows.weight(row);
        positives += rows.weight(row) * rows.labels().get(row);
      }
    }
    return positives / weight;
  }

  @Test
  void noRowsChangePlacesAndTheLogLossIsNeverWorse() {
    Random random = TestSeed.random();
    for (CalibrationMethod method : CalibrationMethod.values()) {
      assertNoRowsChangePlaces(method, random);
    }
  }

  private static void assertNoRowsChangePlaces(CalibrationMethod method, Random random) {
    for (int round = 0; round < 100; round++) {
      EvaluationRows rows = random(random, 2 + random.nextInt(60));
      double offset = -2 * random.nextDouble();
      CalibrationResult result = CalibrationFit.of(method, rows, offset);
      String as = "%s, seed %d, round %d".formatted(method, TestSeed.value(), round);
      assertThat(result.after()).as(as).isLessThanOrEqualTo(result.before());
      if (result.calibrator().isEmpty()) {
        assertThat(result.warnings()).as(as).hasSize(1);
        continue;
      }
      double[] calibrated =
          Arrays.stream(rows.predictions().toArray())
              .map(score -> result.calibrator().get().apply(0, score))
              .toArray();
      double[] weights = IntStream.range(0, rows.size()).mapToDouble(rows::weight).toArray();
      EvaluationRows after =
          new EvaluationRows(calibrated, 1, rows.labels().toArray(), weights, Optional.empty());
      assertThat(new Auc().compute(after)).as(as).isEqualTo(new Auc().compute(rows));
      assertThat(result.after()).as(as).isCloseTo(logLoss(after, offset), within(1e-12));
      assertThat(result.before()).as(as).isCloseTo(logLoss(rows, offset), within(1e-12));
    }
  }

  private static double logLoss(EvaluationRows rows, double offset) {
    double sum = 0;
    double weight = 0;
    for (int row = 0; row < rows.size(); row++) {
      double p = 1 / (1 + Math.exp(-(rows.predictions().get(row) + offset)));
      sum -= rows.weight(row) * Math.log(rows.labels().get(row) == 1 ? p : 1 - p);
      weight += rows.weight(row);
    }
    return sum / weight;
  }

  private static EvaluationRows of(double[] scores, double... labels) {
    double[] weights = new double[labels.length];
    Arrays.fill(weights, 1);
    return new EvaluationRows(
        scores, scores.length / labels.length, labels, weights, Optional.empty());
  }

  private static List<String> warnings(CalibrationMethod method, EvaluationRows rows) {
    CalibrationResult result = CalibrationFit.of(method, rows, 0);
    assertThat(result.calibrator()).isEmpty();
    assertThat(result.after()).isEqualTo(result.before());
    return result.warnings();
  }

  @Test
  void outputThatCannotBeCalibratedStaysAsItIs() {
    double[] scores = {-1, 0, 1};
    assertThat(warnings(CalibrationMethod.ISOTONIC, of(scores, 1, 1, 1)))
        .containsExactly("all rows have the same label");
    String useless =
        "its scores do not tell the labels apart as a model's should: the best slope is not from"
            + " 0.001 to 16.0";
    assertThat(warnings(CalibrationMethod.PLATT, of(scores, 1, 0, 0))).containsExactly(useless);
    assertThat(warnings(CalibrationMethod.PLATT, of(new double[] {0, 0, 3, 1}, 0, 0, 0, 1)))
        .as("both labels have the same mean: a slope of 0 would tie them")
        .containsExactly(useless);
    assertThat(warnings(CalibrationMethod.TEMPERATURE, of(scores, 1, 0, 0)))
        .containsExactly(useless);
    assertThat(warnings(CalibrationMethod.TEMPERATURE, of(scores, 0, 1, 1)))
        .as("no finite factor is the best") // Each positive's log odds may grow for ever.
        .containsExactly(useless);
    assertThat(warnings(CalibrationMethod.PLATT, of(new double[] {-9, -8, 8, 9}, 0, 0, 1, 1)))
        .as("certain of the truth; Platt's targets are not")
        .containsExactly("the log loss is lower without it");
    EvaluationRows none =
        new EvaluationRows(
            new double[] {1}, 1, new double[] {1}, new double[] {0}, Optional.empty());
    CalibrationResult nothing = CalibrationFit.of(CalibrationMethod.PLATT, none, 0);
    assertThat(nothing.calibrator()).isEmpty();
    assertThat(nothing.warnings()).containsExactly("no row has a label and a weight");
  }

  /** Middles a thousandth apart, rates a half: as one pool the curve is its shift alone. */
  @Test
  void curveIsNowhereSteeperThanItMayBe() {
    double[] scores = {0, 0, 0, 0, 0.001, 0.001, 0.001, 0.001};
    Calibrator found =
        CalibrationFit.of(CalibrationMethod.ISOTONIC, of(scores, 0, 0, 0, 1, 0, 1, 1, 1), -1)
            .calibrator()
            .orElseThrow();
    Calibrator.Curve curve = (Calibrator.Curve) found;
    assertThat(curve.scores()).containsExactly(0.0005);
    assertThat(curve.logits()).containsExactly(1.0);
    assertThat(curve.apply(0, 1.0005)).isCloseTo(1.0625, within(1e-15));
    assertThat(curve.apply(0, -0.9995)).isCloseTo(0.9375, within(1e-15));
  }

  @Test
  void eachClassOfASetHasALineOfItsOwn() {
    EvaluationRows plain = rows("plain");
    double[] scores = new double[3 * N];
    double[] labels = new double[3 * N];
    for (int i = 0; i < N; i++) {
      for (int c = 0; c < 3; c++) {
        scores[3 * i + c] = plain.predictions().get(i) * (c == 1 ? 2 : 1);
        labels[3 * i + c] = c == 2 ? 1 : plain.labels().get(i);
      }
    }
    double[] weights = new double[N];
    Arrays.fill(weights, 1);
    CalibrationResult result =
        CalibrationFit.of(
            CalibrationMethod.PLATT,
            new EvaluationRows(scores, 3, labels, weights, Optional.empty()),
            0);
    Calibrator.Linear lines = (Calibrator.Linear) result.calibrator().orElseThrow();
    double[] golden = GOLDEN.get("platt,plain");
    assertThat(lines.slopes().get(0)).isCloseTo(golden[0], within(1e-8));
    assertThat(lines.slopes().get(1)).isCloseTo(golden[0] / 2, within(1e-8));
    assertThat(lines.intercepts().get(1)).isCloseTo(golden[1], within(1e-8));
    assertThat(lines.slopes().get(2)).isEqualTo(1);
    assertThat(lines.intercepts().get(2)).isEqualTo(0);
    assertThat(result.warnings())
        .containsExactly("1 of 3 classes stay, as all rows have the same label");
    assertThat(result.after()).isLessThan(result.before());
  }

  @Test
  void methodThatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> CalibrationFit.of(CalibrationMethod.PLATT, classes(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("platt calibrates no output of 3 classes");
  }
}
