package org.mtl4j.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.Goal;
import org.mtl4j.core.metric.MetricReport;

class CriterionTest {
  private static final Goal AUC = new Goal("click/auc", true);
  private static final Goal LOSS = new Goal("buy/log_loss", false);
  private static final Goal ERROR = new Goal("dwell/mae", false);

  /** A report of these figures; NaN is one that is not defined. */
  private static MetricReport report(List<Goal> goals, double... figures) {
    Map<String, MetricReport.OutputMetrics> outputs = new LinkedHashMap<>();
    for (int i = 0; i < figures.length; i++) {
      String[] key = goals.get(i).metric().split("/", -1);
      OptionalDouble value =
          Double.isNaN(figures[i]) ? OptionalDouble.empty() : OptionalDouble.of(figures[i]);
      outputs.put(key[0], new MetricReport.OutputMetrics(9, Map.of(key[1], value), List.of()));
    }
    return new MetricReport(outputs);
  }

  /** What is best after each epoch, of ten steps; figures by epoch. */
  private static List<Progress.Best> run(Criterion criterion, double[]... figures) {
    List<Progress.Best> run = new ArrayList<>();
    Progress.Best best = Progress.start().best();
    for (int epoch = 1; epoch <= figures.length; epoch++) {
      best =
          criterion.after(
              best,
              new Criterion.State(
                  10L * epoch, epoch, report(criterion.goals(), figures[epoch - 1])));
      run.add(best);
    }
    return run;
  }

  @Test
  void aMetricHasItsOwnDirectionAndItsLeastGain() {
    double[][] figures = {{.5}, {.46}, {.44}, {.6}, {.40}};
    assertThat(run(new Criterion.ByMetric(LOSS, .05), figures))
        .extracting(Progress.Best::step)
        .containsExactly(10L, 10L, 30L, 30L, 30L);
    assertThat(run(new Criterion.ByMetric(LOSS, 0), figures))
        .extracting(Progress.Best::epochsWithoutGain)
        .containsExactly(0, 0, 0, 1, 0);
    assertThat(run(new Criterion.ByMetric(AUC, .05), figures))
        .extracting(Progress.Best::value)
        .containsExactly(.5, .5, .5, .6, .6);
  }

  /** .3 auc - .7 log loss: -.2, -.16, -.185, undefined, -.09. */
  @Test
  void aWeightedSumTakesLowerIsBetterWithAMinus() {
    Criterion sum =
        new Criterion.ByWeightedSum(
            List.of(
                new Criterion.ByWeightedSum.Part(AUC, .3),
                new Criterion.ByWeightedSum.Part(LOSS, .7)),
            .01);
    List<Progress.Best> run =
        run(sum, new double[][] {{.5, .5}, {.4, .4}, {.9, .65}, {.9, Double.NaN}, {.4, .3}});
    assertThat(run).extracting(Progress.Best::step).containsExactly(10L, 20L, 20L, 20L, 50L);
    assertThat(run.get(1).value()).isEqualTo(.3 * .4 - .7 * .4);
    assertThat(run).extracting(Progress.Best::epochsWithoutGain).containsExactly(0, 0, 1, 2, 0);
  }

  @Test
  void withoutFiguresTheFirstStateIsKeptUntilThereAreSome() {
    double nan = Double.NaN;
    Criterion pareto = new Criterion.ByDominance(List.of(AUC, LOSS), 3);
    List<Progress.Best> run =
        run(
            pareto,
            new double[][] {{nan, .2}, {.5, nan}, {.1, .9}, {.2, Double.POSITIVE_INFINITY}});
    assertThat(run).extracting(Progress.Best::step).containsExactly(10L, 10L, 30L, 30L);
    assertThat(run).extracting(Progress.Best::epochsWithoutGain).containsExactly(0, 1, 0, 1);
    assertThat(run.get(1).front()).isEmpty();
    assertThat(run.get(3).front()).containsExactly(new FrontState(30, 3, List.of(.1, .9), true));
  }

  /** By hand: the third is in the middle of both ends, the fourth beats it, the fifth is equal. */
  @Test
  void dominatedStatesGoAndEqualOnesAreNoGain() {
    Criterion pareto = new Criterion.ByDominance(List.of(AUC, LOSS), 2);
    List<Progress.Best> run =
        run(pareto, new double[][] {{.9, .9}, {.5, .5}, {.7, .6}, {.8, .6}, {.8, .6}});
    assertThat(run).extracting(Progress.Best::step).containsExactly(10L, 10L, 30L, 40L, 40L);
    assertThat(run).extracting(Progress.Best::epochsWithoutGain).containsExactly(0, 0, 0, 0, 1);
    assertThat(run.get(2).front())
        .containsExactly(
            new FrontState(10, 1, List.of(.9, .9), false),
            new FrontState(20, 2, List.of(.5, .5), true),
            new FrontState(30, 3, List.of(.7, .6), true));
    assertThat(run.get(4).front())
        .extracting(FrontState::step, FrontState::kept)
        .containsExactly(tuple(10L, false), tuple(20L, true), tuple(40L, true));
    assertThat(run.get(4).keeps(40) && run.get(4).keeps(20)).isTrue();
    assertThat(run.get(4).keeps(10) || run.get(4).keeps(30)).isFalse();
  }

  /** Random runs, many of equal figures, against all pairs of all epochs. */
  @Test
  void dominanceIsThatOfAllPairsOfAllEpochs() {
    long seed = Long.getLong("mtl.test.seed", 1L);
    Random random = new Random(seed);
    List<Goal> goals = List.of(AUC, LOSS, ERROR);
    for (int trial = 0; trial < 300; trial++) {
      int keep = 1 + random.nextInt(5);
      int values = 2 + random.nextInt(12);
      double[][] figures = new double[1 + random.nextInt(30)][3];
      for (double[] epoch : figures) {
        epoch[0] = random.nextInt(values);
        epoch[1] = random.nextInt(values) / 7.0;
        epoch[2] = random.nextInt(20) == 0 ? Double.NaN : 100 * random.nextInt(values);
      }
      String what = "trial %d, seed %d".formatted(trial, seed);
      List<Progress.Best> run = run(new Criterion.ByDominance(goals, keep), figures);
      PlainFront plain = new PlainFront(figures, keep);
      for (int epoch = 1; epoch <= figures.length; epoch++) {
        plain.add(epoch);
        Progress.Best best = run.get(epoch - 1);
        assertThat(best.step()).as(what).isEqualTo(10L * plain.best);
        assertThat(best.epochsWithoutGain()).as(what).isEqualTo(epoch - plain.lastGain);
        assertThat(best.front()).as(what).extracting(FrontState::epoch).isEqualTo(plain.front);
        assertThat(best.front().stream().filter(FrontState::kept).map(FrontState::epoch))
            .as(what)
            .containsExactlyElementsOf(plain.kept);
      }
    }
  }

  /** The rules in plain loops over epochs from 1; auc up, the other two down. */
  private static final class PlainFront {
    private final double[][] up;
    private final int keep;
    private List<Integer> front = new ArrayList<>();
    private List<Integer> kept = new ArrayList<>();
    private int best;
    private int lastGain = 1;

    PlainFront(double[][] figures, int keep) {
      this.keep = keep;
      this.up = new double[figures.length + 1][];
      for (int e = 1; e < up.length; e++) {
        up[e] = new double[] {figures[e - 1][0], -figures[e - 1][1], -figures[e - 1][2]};
      }
    }

    private boolean asGood(int a, int b) {
      return up[a][0] >= up[b][0] && up[a][1] >= up[b][1] && up[a][2] >= up[b][2];
    }

    void add(int now) {
      boolean gain = !Double.isNaN(up[now][2]);
      for (int earlier = 1; earlier < now; earlier++) {
        gain &= !asGood(earlier, now);
      }
      if (now == 1) {
        best = 1;
      }
      if (!gain) {
        return;
      }
      lastGain = now;
      front.removeIf(e -> asGood(now, e));
      kept.removeIf(e -> asGood(now, e));
      front.add(now);
      kept.add(now);
      best = nearest();
      while (kept.size() > keep) {
        int most = 0;
        for (int e : kept) {
          if (e != best && (most == 0 || room(e) < room(most))) {
            most = e;
          }
        }
        kept.remove(Integer.valueOf(most));
      }
    }

    private int nearest() {
      int nearest = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int e : kept) {
        double distance = 0;
        for (int goal = 0; goal < 3; goal++) {
          double high = high(front, goal);
          double range = high - low(front, goal);
          distance += range > 0 ? Math.pow((high - up[e][goal]) / range, 2) : 0;
        }
        if (distance < least) {
          least = distance;
          nearest = e;
        }
      }
      return nearest;
    }

    private double room(int e) {
      double room = 0;
      for (int goal = 0; goal < 3; goal++) {
        List<Integer> order = new ArrayList<>(kept);
        int of = goal;
        order.sort((a, b) -> goals(a, b, of));
        int place = order.indexOf(e);
        if (place == 0 || place == order.size() - 1) {
          return Double.POSITIVE_INFINITY;
        }
        double range = high(kept, goal) - low(kept, goal);
        double gap = up[order.get(place + 1)][goal] - up[order.get(place - 1)][goal];
        room += range > 0 ? Math.abs(gap) / range : 0;
      }
      return room;
    }

    /** Ascending figures as they are measured, as equal ones keep the order of their epochs. */
    private int goals(int a, int b, int goal) {
      return goal == 0
          ? Double.compare(up[a][0], up[b][0])
          : Double.compare(-up[a][goal], -up[b][goal]);
    }

    private double high(List<Integer> of, int goal) {
      return of.stream().mapToDouble(e -> up[e][goal]).max().orElseThrow();
    }

    private double low(List<Integer> of, int goal) {
      return of.stream().mapToDouble(e -> up[e][goal]).min().orElseThrow();
    }
  }

  @Test
  void whatIsNoCriterionIsRefused() {
    List<Runnable> wrong =
        List.of(
            () -> new Criterion.ByMetric(AUC, -1),
            () -> new Criterion.ByMetric(AUC, Double.NaN),
            () -> new Criterion.ByWeightedSum(List.of(), 0),
            () -> new Criterion.ByWeightedSum.Part(AUC, 0),
            () -> new Criterion.ByDominance(List.of(AUC), 2),
            () -> new Criterion.ByDominance(List.of(AUC, AUC), 2),
            () -> new Criterion.ByDominance(List.of(AUC, LOSS), 0));
    for (Runnable each : wrong) {
      IllegalArgumentException refusal =
          catchThrowableOfType(IllegalArgumentException.class, each::run);
      assertThat(refusal).hasMessageMatching("[a-z_]+: expected .*, found .*");
    }
  }
}
