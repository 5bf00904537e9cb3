package org.mtl4j.eval.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.metric.Fusion;
import org.mtl4j.eval.metric.Auc;
import org.mtl4j.testkit.TestSeed;

/** Against all weights of a grid. */
class FusionSearchTest {
  private static final int N = 600;
  private static final List<String> OUTPUTS = List.of("click", "buy");
  private static final FusionRows.Goal BUY = new FusionRows.Goal("buy/auc", "buy", new Auc());
  private static final FusionRows.Goal CLICK = new FusionRows.Goal("click/auc", "click", new Auc());

  /**
   * Two tastes, a hidden one each; a purchase needs a bit of both, and one row in ten is unknown.
   */
  private static FusionRows rows() {
    Random random = TestSeed.random();
    Map<String, float[]> predictions = new LinkedHashMap<>();
    Map<String, LabelColumn> labels = new LinkedHashMap<>();
    for (String output : OUTPUTS) {
      predictions.put(output, new float[N]);
      labels.put(output, new LabelColumn(new float[N], new boolean[N], new float[N]));
    }
    for (int row = 0; row < N; row++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      predictions.get("click")[row] = (float) (1 / (1 + Math.exp(-a)));
      predictions.get("buy")[row] = (float) (0.001 / (1 + Math.exp(-b)));
      label(labels.get("click"), row, a - 0.3 * b + random.nextGaussian() > 0, true);
      label(labels.get("buy"), row, a + b + random.nextGaussian() > 1, random.nextInt(10) > 0);
    }
    return new FusionRows(predictions, labels, Optional.empty());
  }

  private static void label(LabelColumn labels, int row, boolean yes, boolean known) {
    labels.labels()[row] = yes ? 1 : 0;
    labels.mask()[row] = known;
    labels.weights()[row] = 1 + row % 3;
  }

  private static Fusion at(Fusion.Kind kind, double click) {
    Map<String, Double> weights = new LinkedHashMap<>();
    weights.put("click", click);
    weights.put("buy", 1 - click);
    return new Fusion(kind, weights);
  }

  /** The best figure of the grid, fine near 0 where a rate of a thousandth weighs in. */
  private static double grid(FusionRows rows, Fusion.Kind kind, double leastClick) {
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i <= 400; i++) {
      double click = kind == Fusion.Kind.WEIGHTED_SUM ? Math.pow(10, -i / 50.0) : i / 400.0;
      double[] scores = at(kind, click).scores(rows.predictions(), rows.groups());
      if (rows.figure(CLICK, scores).orElseThrow() >= leastClick) {
        best = Math.max(best, rows.figure(BUY, scores).orElseThrow());
      }
    }
    return best;
  }

  /** What a constraint can ask for depends on the rows that were drawn. */
  private static double mostClicks(FusionRows rows, Fusion.Kind kind) {
    double[] scores = at(kind, 1).scores(rows.predictions(), rows.groups());
    return rows.figure(CLICK, scores).orElseThrow();
  }

  @Test
  void weightsAreAsGoodAsTheBestOfAGridAndKeepConstraints() {
    FusionRows rows = rows();
    for (Fusion.Kind kind : Fusion.Kind.values()) {
      for (double least : new double[] {0, mostClicks(rows, kind) - 0.04}) {
        FusionSearch search =
            new FusionSearch(
                rows,
                kind,
                OUTPUTS,
                new FusionSearch.Target(BUY, List.of(new FusionSearch.Constraint(CLICK, least))));
        FusionSearch.Found found = search.best(1, 120);
        String as = "%s, click at least %s, seed %d".formatted(kind, least, TestSeed.value());
        assertThat(found.shortfall()).as(as).isZero();
        assertThat(found.figure()).as(as).isGreaterThan(grid(rows, kind, least) - 0.003);
        assertThat(found.figure()).as(as).isGreaterThan(search.alone("click").figure());
        double[] scores = found.fusion().scores(rows.predictions(), rows.groups());
        assertThat(rows.figure(BUY, scores)).as(as).hasValue(found.figure());
        assertThat(rows.figure(CLICK, scores)).as(as).hasValue(found.constrained().get(0));
        assertThat(found.constrained().get(0)).as(as).isGreaterThanOrEqualTo(least);
      }
    }
  }

  @Test
  void equalSearchesFindTheSame() {
    FusionSearch.Target target = new FusionSearch.Target(BUY, List.of());
    FusionRows rows = rows();
    FusionSearch.Found found =
        new FusionSearch(rows, Fusion.Kind.PRODUCT, OUTPUTS, target).best(5, 40);
    FusionSearch again = new FusionSearch(rows, Fusion.Kind.PRODUCT, OUTPUTS, target);
    assertThat(again.best(5, 40)).isEqualTo(found);
    assertThat(again.tried()).isBetween(20, 46);
    again.alone("click");
    assertThat(again.best(5, 40)).isEqualTo(found);
    assertThat(again.tried()).isBetween(20, 46);
  }

  @Test
  void constraintThatNothingKeepsHasAShortfall() {
    FusionRows rows = rows();
    FusionSearch.Target target =
        new FusionSearch.Target(BUY, List.of(new FusionSearch.Constraint(CLICK, 0.99)));
    FusionSearch search = new FusionSearch(rows, Fusion.Kind.WEIGHTED_SUM, OUTPUTS, target);
    FusionSearch.Found found = search.best(1, 60);
    assertThat(found.shortfall()).isEqualTo(0.99 - found.constrained().get(0)).isPositive();
    // Whoever cannot keep it comes as near as can be.
    assertThat(found.constrained().get(0))
        .isGreaterThanOrEqualTo(search.alone("click").constrained().get(0));
  }

  @Test
  void outputThatIsConstantIsOfNoUseAndDoesNoHarm() {
    FusionRows rows = rows();
    Map<String, float[]> predictions = new LinkedHashMap<>(rows.predictions());
    float[] constant = new float[N];
    Arrays.fill(constant, 0.5f);
    predictions.put("click", constant);
    FusionSearch.Found found =
        new FusionSearch(
                new FusionRows(predictions, rows.labels(), Optional.empty()),
                Fusion.Kind.WEIGHTED_SUM,
                OUTPUTS,
                new FusionSearch.Target(BUY, List.of()))
            .best(1, 40);
    double[] alone = at(Fusion.Kind.WEIGHTED_SUM, 0).scores(rows.predictions(), Optional.empty());
    assertThat(found.figure()).isEqualTo(rows.figure(BUY, alone).orElseThrow());
  }
}
