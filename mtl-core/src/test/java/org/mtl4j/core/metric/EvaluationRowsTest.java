package org.mtl4j.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationRowsTest {
  private static final long SEED = 5;

  private final EvaluationRows rows =
      new EvaluationRows(
          new double[] {.4, .9, .4, .1},
          1,
          new double[] {1, 1, 0, 0},
          new double[] {1, 2, 3, 4},
          Optional.of(new int[] {-5, 9, 9, -5}));

  @Test
  void ordersAreSharedWithRowsThatDifferInWeights() {
    EvaluationRows heavier = rows.withWeights(5, 6, 7, 8);
    EvaluationRows drawn = rows.resampled(0, 2);

    assertThat(heavier.ranking()).isSameAs(rows.ranking()).isSameAs(drawn.ranking());
    assertThat(drawn.withWeights(1, 1, 1, 1).groupedRanking()).isSameAs(rows.groupedRanking());
  }

  @Test
  void scoresAreVisitedFromTheHighestWithWhatTheyWeigh() {
    assertThat(visited(rows)).containsExactly("0.9 2.0 0.0", "0.4 1.0 3.0", "0.1 0.0 4.0");
  }

  /** The first group is 9, as -5 is a large number without its sign. */
  @Test
  void resampleWeighsRowsByTheirGroup() {
    assertThat(visited(rows.resampled(3, 0))).containsExactly("0.9 6.0 0.0", "0.4 0.0 9.0");
    assertThat(rows.resampled(3, 2).groupCount(1)).isEqualTo(2);
    assertThat(rows.groupCount(1)).isEqualTo(1);
  }

  @Test
  void someRowsAreRowsOfTheirOwn() {
    EvaluationRows some = rows.select(3, 1, 0);

    assertThat(some.predictions().toArray()).containsExactly(.1, .9, .4);
    assertThat(some.labels().toArray()).containsExactly(0, 1, 1);
    assertThat(some.groups().orElseThrow().toArray()).containsExactly(-5, 9, -5);
    assertThat(visited(some)).containsExactly("0.9 2.0 0.0", "0.4 1.0 0.0", "0.1 0.0 4.0");
    assertThat(rows.select().size()).isZero();
    assertThatThrownBy(() -> rows.resampled(1, 1).select(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("expected rows as they came, found a resample of them");
  }

  @Test
  void someRowsKeepAllTheirClasses() {
    EvaluationRows sets =
        new EvaluationRows(
            Numbers.of(new float[] {.1f, .2f, .3f, .4f, .5f, .6f}, 6),
            2,
            Numbers.of(1, 0, 0, 1, 1, 1),
            Numbers.same(2, 3),
            Optional.empty());
    EvaluationRows some = sets.select(2, 0);

    assertThat(some.predictions().toArray()).containsExactly(.5f, .6f, .1f, .2f);
    assertThat(some.labels().toArray()).containsExactly(1, 1, 1, 0);
    assertThat(some.weight(1)).isEqualTo(2);
    assertThat(some.hasSets()).isTrue();
  }

  @Test
  void resampleWithoutGroupsIsOfRows() {
    EvaluationRows single =
        new EvaluationRows(
            new double[] {.4, .9}, 1, new double[] {1, 0}, new double[] {.5, 1}, Optional.empty());

    assertThat(single.unitCount()).isEqualTo(2);
    assertThat(visited(single.resampled(2, 0))).containsExactly("0.4 1.0 0.0");
  }

  @Test
  void unitsAreGroupsInTheOrderOfTheirNumbersOrRows() {
    assertThat(IntStream.range(0, 4).map(rows.units())).containsExactly(1, 0, 0, 1);
    EvaluationRows single =
        new EvaluationRows(new double[3], 1, new double[3], new double[3], Optional.empty());
    assertThat(IntStream.range(0, 3).map(single.units())).containsExactly(0, 1, 2);
  }

  /** Weights 1 to 4 of rows 0 to 3; the first group is rows 1 and 2. */
  @Test
  void valuesOfRowsAreComputedOnceForAllResamples() {
    List<Integer> computed = new ArrayList<>();
    IntToDoubleFunction square =
        row -> {
          computed.add(row);
          return row * row;
        };

    assertThat(rows.weightedSum("square", square)).isEqualTo(2 + 3 * 4 + 4 * 9);
    computed.clear();
    assertThat(rows.resampled(3, 0).weightedSum("square", square)).isEqualTo(3 * (2 + 3 * 4));
    assertThat(rows.resampled(1, 2).weightedSum("square", square)).isEqualTo(2 + 3 * 4 + 2 * 4 * 9);
    assertThat(computed).containsExactly(0, 1, 2, 3);
    assertThat(rows.resampled(0, 2).weightedSum("half", row -> row / 2.0)).isEqualTo(2 * 4 * 1.5);
    assertThat(rows.resampled(0, 2).totalWeight()).isEqualTo(10);
    assertThat(rows.withWeights(1, 1, 1, 0).resampled(1, 2).weightedSum("square", square))
        .isEqualTo(1 + 4);
  }

  /** The second group is not drawn in one and drawn twice in the other: it is asked for once. */
  @Test
  void valuesOfGroupsAreComputedOnceForAllResamples() {
    List<EvaluationRows> asked = new ArrayList<>();
    Function<EvaluationRows, IntToDoubleFunction> weights =
        undrawn -> {
          asked.add(undrawn);
          return i -> i % 2 == 0 ? undrawn.groupCount(i / 2) : undrawn.weight(i);
        };

    assertThat(rows.groupValues("weights", 2, weights).applyAsDouble(3)).isEqualTo(4);
    assertThat(rows.resampled(1, 0).groupValues("weights", 2, weights).applyAsDouble(1))
        .isEqualTo(2);
    assertThat(rows.resampled(1, 2).groupValues("weights", 2, weights).applyAsDouble(2))
        .isEqualTo(1);
    assertThat(asked).hasSize(2).first().isSameAs(rows);
  }

  @Test
  void itemsGoWithTheirRows() {
    RowItems items =
        RowItems.of(new int[] {4, 5, 6, 5}, Optional.empty(), List.of(new int[] {0, 1, 2, 1}));
    EvaluationRows some = rows.withItems(items).withWeights(1, 1, 1, 1).select(2, 1);

    assertThat(some.items().orElseThrow().ofRow().toArray()).containsExactly(6, 5);
    assertThat(some.items().orElseThrow().content().get(0).toArray()).containsExactly(2, 1);
    assertThat(some.parts()).containsExactly(RowPart.GROUPS, RowPart.ITEMS, RowPart.CONTENT);
    assertThat(rows.parts()).containsExactly(RowPart.GROUPS);
    EvaluationRows drawn = rows.resampled(0, 2).withItems(items);
    assertThat(drawn.weight(3)).isEqualTo(rows.resampled(0, 2).weight(3)).isPositive();
    assertThat(drawn.weight(1)).isZero();
    assertThat(drawn.items()).contains(items);
    assertThatThrownBy(() -> some.withItems(items))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected the items of 2 rows, found 4");
  }

  @Test
  void groupsAreRankedWithinThemselves() {
    assertThat(positions(rows.groupedRanking())).containsExactly(List.of(1, 2), List.of(0, 3));
  }

  /** Small numbers are marked, large ones sorted; a plain map says what comes out. */
  @Test
  void groupsCountInTheOrderOfTheirNumbers() {
    Random random = new Random(SEED);
    for (int bound : new int[] {3, 300, Integer.MAX_VALUE}) {
      int[] numbers = random.ints(200, 0, bound).toArray();
      double[] scores = random.ints(200, 0, 6).asDoubleStream().toArray();
      TreeMap<Integer, List<Integer>> expected = new TreeMap<>(Integer::compareUnsigned);
      IntStream.range(0, 200)
          .forEach(i -> expected.computeIfAbsent(numbers[i], n -> new ArrayList<>()).add(i));
      expected.values().forEach(g -> g.sort((a, b) -> Double.compare(scores[b], scores[a])));

      GroupedRanking ranking =
          new EvaluationRows(
                  scores, 1, new double[200], new double[200], Optional.of(numbers.clone()))
              .groupedRanking();

      assertThat(positions(ranking))
          .as("numbers below %d, seed %d", bound, SEED)
          .isEqualTo(List.copyOf(expected.values()));
    }
  }

  /** Floats have a sort of their own: enough rows for its threads and for large buckets. */
  @Test
  void floatsAndDoublesAreRankedAlike() {
    Random random = new Random(SEED);
    for (int n : new int[] {0, 1, 2, 3000, 300_000}) {
      float[] scores = new float[n];
      for (int i = 0; i < n; i++) {
        float near = 1 + random.nextInt(60_000) * Math.ulp(1f); // One bucket, last two digits.
        scores[i] = i % 3 == 0 ? Float.intBitsToFloat(random.nextInt()) : near;
        scores[i] = Float.isNaN(scores[i]) || i % 7 == 0 ? -0f : scores[i];
      }
      KeyedRows expected = KeyedRows.byFallingScore(Numbers.of(scores, n));
      Ranking ranking = ArrayRanking.of(Numbers.of(scores, n));

      assertThat(IntStream.range(0, n).map(ranking::row).toArray())
          .as("%d rows, seed %d", n, SEED)
          .isEqualTo(expected.rows());
      assertThat(IntStream.range(0, n).map(ranking::endOfTie).toArray())
          .as("%d rows, seed %d", n, SEED)
          .isEqualTo(IntStream.range(0, n).map(expected::endOfTie).toArray());
    }
  }

  @Test
  void tiesEndWithTheirGroup() {
    GroupedRanking ranking =
        new EvaluationRows(
                new double[] {0.0, .5, -0.0, .5},
                1,
                new double[4],
                new double[4],
                Optional.of(new int[] {1, 1, 1, 2}))
            .groupedRanking();

    assertThat(ranking.endOfTie(0)).isEqualTo(1);
    assertThat(ranking.endOfTie(1)).isEqualTo(3);
    assertThat(ranking.endOfTie(3)).isEqualTo(4);
  }

  @Test
  void classIsAnOutputOfItsOwn() {
    EvaluationRows sets =
        new EvaluationRows(
            new double[] {.1, .9, .2, .3},
            2,
            new double[] {0, 1, 0, 0},
            new double[] {1, 1},
            Optional.empty());

    assertThat(visited(sets.ofClass(1))).containsExactly("0.9 1.0 0.0", "0.3 0.0 1.0");
    assertThat(visited(sets.resampled(0, 3).ofClass(1))).containsExactly("0.3 0.0 3.0");
    assertThat(sets.ofClass(1).ranking()).isSameAs(sets.resampled(1, 0).ofClass(1).ranking());
    assertThatThrownBy(sets::ranking)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("expected one prediction a row to rank by, found 2");
  }

  @Test
  void floatsAreReadAsTheyStand() {
    Numbers few = Numbers.of(new float[] {.5f, 2, 3}, 2);

    assertThat(few.toArray()).containsExactly(.5, 2);
  }

  @Test
  void countsAndWeightsOfAnotherLengthAreRefused() {
    assertThatThrownBy(() -> rows.resampled(1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a count for each of 2 groups, found 3");
    assertThatThrownBy(() -> rows.withWeights(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 4 weights, found 1");
  }

  @Test
  void whatIsNoNumberAndWeightsBelowZeroAreRefused() {
    double nan = Double.NaN;
    for (double[][] bad :
        new double[][][] {
          {{1, 1, nan, 1}, {0, 1}, {1, 1}}, {{1, 1, 1, 1}, {0, nan}, {1, 1}},
          {{1, 1, 1, 1}, {0, 1}, {1, -1}}, {{1, 1, 1, 1}, {0, 1}, {1, nan}}
        }) {
      assertThatThrownBy(() -> new EvaluationRows(bad[0], 2, bad[1], bad[2], Optional.empty()))
          .isInstanceOf(IllegalArgumentException.class)
          .message()
          .isIn(
              "expected predictions that are numbers, found NaN in row 1 (from 0)",
              "expected labels that are numbers, found NaN in row 1 (from 0)",
              "expected weights of at least 0, found -1.0 in row 1 (from 0)",
              "expected weights of at least 0, found NaN in row 1 (from 0)");
    }
  }

  private static List<String> visited(EvaluationRows rows) {
    List<String> visited = new ArrayList<>();
    rows.byFallingScore((score, yes, no) -> visited.add(score + " " + yes + " " + no));
    return visited;
  }

  private static List<List<Integer>> positions(GroupedRanking ranking) {
    return IntStream.range(0, ranking.count())
        .mapToObj(
            g -> IntStream.range(ranking.start(g), ranking.end(g)).mapToObj(ranking::row).toList())
        .toList();
  }
}
