package org.mtl4j.serving.ranking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The best of scored candidates, taken one after another as long as there is room for their kind.
 */
final class Selection {
  private final CandidatePool pool;
  private final int[] rows;
  private final RankingRequest.Choice choice;
  private final int[] columns;
  private final List<Map<String, Integer>> taken = new ArrayList<>();
  private final Map<String, Integer> passedOver = new LinkedHashMap<>();

  /**
   * A selection among rows.
   *
   * @param rows the candidates', in their order
   */
  Selection(CandidatePool pool, int[] rows, RankingRequest.Choice choice) {
    this.pool = pool;
    this.rows = rows;
    this.choice = choice;
    this.columns =
        choice.atMost().stream()
            .mapToInt(most -> pool.rows().columns().indexOf(most.column()))
            .toArray();
    choice.atMost().forEach(most -> taken.add(new HashMap<>()));
  }

  /**
   * Places among the rows, best first.
   *
   * @param scores of the rows
   */
  List<Integer> best(double[] scores) {
    Comparator<Integer> order =
        Comparator.comparingDouble((Integer i) -> Double.isNaN(scores[i]) ? 1 : 0)
            .thenComparing((a, b) -> compareDown(scores[a], scores[b]))
            .thenComparingInt(i -> pool.tie(rows[i], i));
    int[] ranked = IntStream.range(0, rows.length).boxed().sorted(order).mapToInt(i -> i).toArray();
    List<Integer> best = new ArrayList<>();
    for (int candidate : ranked) {
      if (best.size() == choice.k()) {
        break;
      }
      Optional<String> full = full(rows[candidate]);
      if (full.isPresent()) {
        passedOver.merge(full.get(), 1, Integer::sum);
      } else {
        take(rows[candidate]);
        best.add(candidate);
      }
    }
    return best;
  }

  /** 0.0 and -0.0 are equal scores. */
  private static int compareDown(double a, double b) {
    return a > b ? -1 : a < b ? 1 : 0;
  }

  /** The first reason for which there is no room. */
  private Optional<String> full(int row) {
    for (int i = 0; i < columns.length; i++) {
      String value = pool.rows().text(columns[i], row);
      RankingRequest.AtMost most = choice.atMost().get(i);
      if (value != null && taken.get(i).getOrDefault(value, 0) >= most.items()) {
        return Optional.of("at_most " + most.column());
      }
    }
    return Optional.empty();
  }

  private void take(int row) {
    for (int i = 0; i < columns.length; i++) {
      String value = pool.rows().text(columns[i], row);
      if (value != null) {
        taken.get(i).merge(value, 1, Integer::sum);
      }
    }
  }

  /** How many were passed over since there was no room, by reason. */
  Map<String, Integer> passedOver() {
    return passedOver;
  }
}
