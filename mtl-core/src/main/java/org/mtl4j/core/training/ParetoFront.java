package org.mtl4j.core.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mtl4j.core.metric.Dominance;
import org.mtl4j.core.metric.Goal;

/**
 * The states of a run of which none dominates another: none is at least as good in every goal and
 * better in one (Sener and Koltun, NeurIPS 2018). Of states with equal figures the first is there.
 *
 * @param goals what counts
 * @param states in the order of their steps
 */
record ParetoFront(List<Goal> goals, List<FrontState> states) {
  ParetoFront {
    goals = List.copyOf(goals);
    states = List.copyOf(states);
  }

  /**
   * Whether a state would be a new one on the front: all its figures are defined, and none of those
   * there is as good in all of them. As dominance is transitive, that compares it with all states
   * that ever were on the front.
   */
  boolean admits(List<Double> figures) {
    return figures.stream().allMatch(Double::isFinite)
        && states.stream().noneMatch(state -> reaches(state.figures(), figures));
  }

  /** The front with a state that it admits; those that it dominates are gone. */
  ParetoFront with(FrontState admitted) {
    List<FrontState> front = new ArrayList<>(states);
    front.removeIf(state -> reaches(admitted.figures(), state.figures()));
    front.add(admitted);
    return new ParetoFront(goals, front);
  }

  private boolean reaches(List<Double> figures, List<Double> others) {
    boolean[] directions = new boolean[goals.size()];
    for (int goal = 0; goal < directions.length; goal++) {
      directions[goal] = goals.get(goal).higherIsBetter();
    }
    return new Dominance(directions).reaches(array(figures), array(others));
  }

  private static double[] array(List<Double> figures) {
    return figures.stream().mapToDouble(f -> f).toArray();
  }

  /**
   * The kept state nearest to the ideal point, which is the best figure of the front in each goal,
   * by Euclidean distance when each goal's figures on the front are scaled to 0 and 1 (Zeleny's
   * compromise solution, 1973). The earliest of several; empty on an empty front.
   */
  Optional<FrontState> best() {
    double[] distances = new double[states.size()];
    for (int goal = 0; goal < goals.size(); goal++) {
      double[] figures = figures(states, goal);
      double low = Arrays.stream(figures).min().orElse(0);
      double high = Arrays.stream(figures).max().orElse(0);
      double range = high - low;
      double ideal = goals.get(goal).higherIsBetter() ? high : low;
      for (int i = 0; i < figures.length && range > 0; i++) {
        distances[i] += Math.pow((figures[i] - ideal) / range, 2);
      }
    }
    return IntStream.range(0, distances.length)
        .filter(i -> states.get(i).kept())
        .boxed()
        .min(Comparator.comparingDouble(i -> distances[i]))
        .map(states::get);
  }

  /**
   * The front with at most so many kept states: as long as there are more, the most crowded one but
   * the best is kept no longer, the earliest of several.
   */
  ParetoFront limited(int keep) {
    List<FrontState> kept = new ArrayList<>(states.stream().filter(FrontState::kept).toList());
    Optional<FrontState> best = best();
    while (kept.size() > keep) {
      double[] crowding = crowding(kept);
      List<FrontState> there = List.copyOf(kept);
      IntStream.range(0, there.size())
          .filter(i -> !Optional.of(there.get(i)).equals(best))
          .boxed()
          .min(Comparator.comparingDouble(i -> crowding[i]))
          .ifPresent(i -> kept.remove(there.get(i)));
    }
    return new ParetoFront(
        goals, states.stream().map(s -> kept.contains(s) ? s : s.dropped()).toList());
  }

  /**
   * How far the neighbours of each state are apart, the crowding distance of NSGA-II (Deb et al.,
   * IEEE TEC 6(2), 2002): over the goals the sum of next minus previous figure by the goal's range;
   * infinite for the first and the last of a goal.
   */
  private double[] crowding(List<FrontState> kept) {
    double[] crowding = new double[kept.size()];
    for (int goal = 0; goal < goals.size(); goal++) {
      double[] figures = figures(kept, goal);
      List<Integer> order =
          IntStream.range(0, figures.length)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> figures[i]))
              .toList();
      int last = order.size() - 1;
      double range = figures[order.get(last)] - figures[order.get(0)];
      crowding[order.get(0)] = Double.POSITIVE_INFINITY;
      crowding[order.get(last)] = Double.POSITIVE_INFINITY;
      for (int i = 1; i < last && range > 0; i++) {
        crowding[order.get(i)] += (figures[order.get(i + 1)] - figures[order.get(i - 1)]) / range;
      }
    }
    return crowding;
  }

  private static double[] figures(List<FrontState> states, int goal) {
    return states.stream().mapToDouble(state -> state.figures().get(goal)).toArray();
  }
}
