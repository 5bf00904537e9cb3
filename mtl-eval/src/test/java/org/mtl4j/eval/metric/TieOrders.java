package org.mtl4j.eval.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.mtl4j.core.metric.EvaluationRows;

/** The definition of ranking metrics, one ranking at a time: slow, and plain to see. */
final class TieOrders {
  private TieOrders() {}

  /** 12 groups of 6 rows with scores of 0, 1, 2 or 3, so that most rows are tied. */
  static EvaluationRows randomRows(Random random) {
    int n = 72;
    return TestRows.grouped(
        random.ints(n, 0, 4).asDoubleStream().toArray(),
        random.ints(n, 0, 2).asDoubleStream().toArray(),
        IntStream.range(0, n).map(i -> i % 12).toArray());
  }

  /** For each group its labels from the top of the ranking down, in every order of its ties. */
  static List<List<double[]>> rankingsByGroup(EvaluationRows rows) {
    return ordersByGroup(rows).stream()
        .map(
            orders ->
                orders.stream()
                    .map(
                        order ->
                            IntStream.of(order).mapToDouble(i -> rows.labels().get(i)).toArray())
                    .toList())
        .toList();
  }

  /** For each group its rows from the top of the ranking down, in every order of its ties. */
  static List<List<int[]>> ordersByGroup(EvaluationRows rows) {
    int[] groups = rows.groups().orElseThrow().toArray();
    return IntStream.of(groups)
        .distinct()
        .mapToObj(g -> IntStream.range(0, rows.size()).filter(i -> groups[i] == g).toArray())
        .map(
            members ->
                permutations(members, 0).stream()
                    .filter(order -> scoresNeverRise(rows, order))
                    .toList())
        .toList();
  }

  /** The mean over groups that have a positive of a figure's mean over the orders of their ties. */
  static double meanOverGroupsWithAPositive(
      EvaluationRows rows, ToDoubleFunction<double[]> figure) {
    return rankingsByGroup(rows).stream()
        .filter(rankings -> DoubleStream.of(rankings.get(0)).sum() > 0)
        .mapToDouble(rankings -> mean(rankings, figure))
        .average()
        .orElseThrow();
  }

  /** The mean of a figure over rankings that are as likely as each other. */
  static double mean(List<double[]> rankings, ToDoubleFunction<double[]> figure) {
    return rankings.stream().mapToDouble(figure).average().orElseThrow();
  }

  private static List<int[]> permutations(int[] values, int fixed) {
    if (fixed == values.length) {
      return List.of(values);
    }
    List<int[]> all = new ArrayList<>();
    for (int i = fixed; i < values.length; i++) {
      int[] chosen = values.clone();
      chosen[fixed] = values[i];
      chosen[i] = values[fixed];
      all.addAll(permutations(chosen, fixed + 1));
    }
    return all;
  }

  private static boolean scoresNeverRise(EvaluationRows rows, int[] order) {
    return IntStream.range(1, order.length)
        .allMatch(i -> rows.predictions().get(order[i - 1]) >= rows.predictions().get(order[i]));
  }
}
