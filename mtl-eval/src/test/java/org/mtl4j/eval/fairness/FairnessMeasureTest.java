package org.mtl4j.eval.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.eval.interval.Bootstrap;
import org.mtl4j.testkit.TestSeed;

/** Fairness on lists whose figures follow by hand, and on random ones by plain loops. */
class FairnessMeasureTest {
  private static final Offset<Double> EXACT = within(1e-12);

  /** What the second place is worth where the first is worth 1. */
  private static final double SECOND = Math.log(2) / Math.log(3);

  /** A row of a list: its protected group, 0 or 1. */
  private record Row(int list, int group, double score, int label) {}

  private static FairnessFigures measured(List<Row> rows, int places, boolean grouped) {
    EvaluationRows evaluated =
        new EvaluationRows(
            rows.stream().mapToDouble(Row::score).toArray(),
            1,
            rows.stream().mapToDouble(Row::label).toArray(),
            rows.stream().mapToDouble(row -> 1).toArray(),
            grouped ? Optional.of(rows.stream().mapToInt(Row::list).toArray()) : Optional.empty());
    return new FairnessMeasure(new Bootstrap(1000), places)
        .measure(
            "click",
            evaluated,
            List.of("a", "b"),
            rows.stream().mapToInt(Row::group).toArray(),
            0.5);
  }

  private static CriterionFigures of(FairnessFigures figures, Criterion criterion) {
    return figures.criteria().stream()
        .filter(c -> c.criterion() == criterion)
        .findFirst()
        .orElseThrow();
  }

  private static double ratio(CriterionFigures figures, int group) {
    return figures.groups().get(group).ratio().value().getAsDouble();
  }

  /** Forty lists of two rows; {@code first} says whose score is higher in each. */
  private static List<Row> pairs(IntUnaryOperator first) {
    List<Row> rows = new ArrayList<>();
    for (int list = 0; list < 40; list++) {
      int leader = first.applyAsInt(list);
      rows.add(new Row(list, leader, 0.9, 0));
      rows.add(new Row(list, 1 - leader, 0.2, 1));
    }
    return rows;
  }

  @Test
  void whoTakesTurnsHasParityAndNoGap() {
    CriterionFigures parity =
        of(measured(pairs(list -> list % 2), 10, true), Criterion.EXPOSURE_PARITY);
    assertThat(ratio(parity, 0)).isCloseTo(1, EXACT);
    assertThat(ratio(parity, 1)).isCloseTo(1, EXACT);
    assertThat(parity.gaps()).hasSize(1);
    assertThat(parity.gaps().get(0).value()).isCloseTo(0, EXACT);
    Gap gap = parity.gaps().get(0);
    assertThat(gap.interval().orElseThrow().low()).isNegative();
    assertThat(gap.interval().orElseThrow().high()).isPositive();
  }

  @Test
  void whoAlwaysComesSecondHasTheSecondPlacesShare() {
    FairnessFigures figures = measured(pairs(list -> 0), 10, true);
    CriterionFigures parity = of(figures, Criterion.EXPOSURE_PARITY);
    assertThat(parity.groups().get(1).amount()).isCloseTo(SECOND / (1 + SECOND), EXACT);
    assertThat(parity.groups().get(1).reference()).isCloseTo(.5, EXACT);
    assertThat(ratio(parity, 1)).isCloseTo(2 * SECOND / (1 + SECOND), EXACT);
    Gap gap = parity.gaps().get(0);
    assertThat(List.of(gap.less(), gap.more())).containsExactly("b", "a");
    assertThat(gap.value()).isCloseTo(2 * (1 - SECOND) / (1 + SECOND), EXACT);
    // All positives are of b: by relevance it has what it has, and a has no share to compare with.
    CriterionFigures relevance = of(figures, Criterion.EXPOSURE_BY_RELEVANCE);
    assertThat(ratio(relevance, 1)).isCloseTo(SECOND / (1 + SECOND), EXACT);
    assertThat(relevance.groups().get(0).ratio().value()).isEmpty();
    assertThat(relevance.gaps()).isEmpty();
  }

  @Test
  void whatNobodySeesHasNoExposureAndTiesShareIt() {
    CriterionFigures first = of(measured(pairs(list -> 0), 1, true), Criterion.EXPOSURE_PARITY);
    assertThat(ratio(first, 0)).isCloseTo(2, EXACT);
    assertThat(ratio(first, 1)).isCloseTo(0, EXACT);
    List<Row> tied =
        pairs(list -> 0).stream().map(r -> new Row(r.list(), r.group(), .3, 0)).toList();
    assertThat(ratio(of(measured(tied, 1, true), Criterion.EXPOSURE_PARITY), 1))
        .isCloseTo(1, EXACT);
  }

  /** 100 positives of each: of a 80 reach the threshold, one of them just so, of b 30. */
  @Test
  void opportunityIsTheTruePositiveRateOfEachGroup() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      rows.add(new Row(0, 0, i == 0 ? 0.5 : i < 80 ? 0.7 : 0.49, 1));
      rows.add(new Row(0, 1, i < 30 ? 0.9 : 0.1, 1));
      rows.add(new Row(0, i % 2, 0.9, 0));
    }
    FairnessFigures figures = measured(rows, 10, false);
    assertThat(figures.criteria()).hasSize(1);
    CriterionFigures rates = of(figures, Criterion.EQUAL_OPPORTUNITY);
    assertThat(ratio(rates, 0)).isCloseTo(.8, EXACT);
    assertThat(ratio(rates, 1)).isCloseTo(.3, EXACT);
    Gap gap = rates.gaps().get(0);
    assertThat(gap.value()).isCloseTo(.5, EXACT);
    double error = Math.sqrt((.8 * .2 + .3 * .7) / 100);
    assertThat((gap.interval().orElseThrow().low() - .5) / error).isCloseTo(-1.96, within(.3));
    assertThat((gap.interval().orElseThrow().high() - .5) / error).isCloseTo(1.96, within(.3));
  }

  @Test
  void smallGroupsAreMarkedAndHaveNoGap() {
    CriterionFigures rates =
        of(measured(pairs(list -> list < 20 ? 0 : 1), 10, false), Criterion.EQUAL_OPPORTUNITY);
    assertThat(rates.groups()).extracting(g -> g.size().count()).containsExactly(20, 20);
    assertThat(rates.groups()).allMatch(g -> g.size().small());
    assertThat(rates.gaps()).isEmpty();
  }

  @Test
  void randomListsAgreeWithPlainLoops() {
    SplittableRandom random = new SplittableRandom(TestSeed.value());
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      int group = random.nextInt(3) == 0 ? 1 : 0;
      rows.add(
          new Row(
              random.nextInt(60),
              group,
              random.nextInt(5000) / 5000.0 + i * 1e-9,
              random.nextInt(2)));
    }
    FairnessFigures figures = measured(rows, 4, true);
    Map<Integer, List<Row>> lists = new TreeMap<>();
    rows.forEach(row -> lists.computeIfAbsent(row.list(), l -> new ArrayList<>()).add(row));
    double[] sums = new double[4];
    for (List<Row> list : lists.values()) {
      list.sort((x, y) -> Double.compare(y.score(), x.score()));
      double all = 0;
      double ofB = 0;
      for (int place = 1; place <= Math.min(4, list.size()); place++) {
        double worth = 1 / (Math.log(place + 1) / Math.log(2));
        all += worth;
        ofB += list.get(place - 1).group() * worth;
      }
      double positives = list.stream().mapToInt(Row::label).sum();
      sums[0] += ofB / all;
      sums[1] += list.stream().mapToInt(Row::group).sum() / (double) list.size();
      if (positives > 0) {
        sums[2] += ofB / all;
        sums[3] += list.stream().mapToInt(r -> r.group() * r.label()).sum() / positives;
      }
    }
    assertThat(ratio(of(figures, Criterion.EXPOSURE_PARITY), 1))
        .as("seed %d", TestSeed.value())
        .isCloseTo(sums[0] / sums[1], within(1e-9));
    assertThat(ratio(of(figures, Criterion.EXPOSURE_BY_RELEVANCE), 1))
        .as("seed %d", TestSeed.value())
        .isCloseTo(sums[2] / sums[3], within(1e-9));
  }
}
