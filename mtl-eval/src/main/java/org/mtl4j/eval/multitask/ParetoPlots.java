package org.mtl4j.eval.multitask;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.mtl4j.core.metric.Goal;
import org.mtl4j.eval.report.Axis;
import org.mtl4j.eval.report.Chart;
import org.mtl4j.eval.report.LineChart;

/**
 * Candidates by their figures, of each two goals a plot with the front of these two.
 *
 * @param what a candidate is, with its article: {@code A run}
 * @param goals what counts; a goal's metric is the name that plots show
 * @param candidates what is compared
 */
public record ParetoPlots(String what, List<Goal> goals, List<Candidate> candidates) {
  /** Copies the lists. */
  public ParetoPlots {
    goals = List.copyOf(goals);
    candidates = List.copyOf(candidates);
  }

  /**
   * One of those that are compared.
   *
   * @param label what a plot calls it
   * @param figures a figure a goal, none NaN
   */
  public record Candidate(String label, List<Double> figures) {
    /** Copies the list. */
    public Candidate {
      figures = List.copyOf(figures);
    }
  }

  /** The candidates that no other one dominates, as indices in ascending order. */
  public List<Integer> front() {
    return front(IntStream.range(0, goals.size()).toArray());
  }

  private List<Integer> front(int... of) {
    double[][] figures = new double[candidates.size()][of.length];
    boolean[] higherIsBetter = new boolean[of.length];
    for (int goal = 0; goal < of.length; goal++) {
      higherIsBetter[goal] = goals.get(of[goal]).higherIsBetter();
      for (int i = 0; i < figures.length; i++) {
        figures[i][goal] = candidates.get(i).figures().get(of[goal]);
      }
    }
    return new Goals(figures, higherIsBetter).paretoFront();
  }

  /**
   * A plot of each two goals.
   *
   * @param most so many plots at most
   */
  public List<Chart> plots(int most) {
    List<Chart> plots = new ArrayList<>();
    for (int y = 1; y < goals.size(); y++) {
      for (int x = 0; x < y && plots.size() < most; x++) {
        plots.add(plot(x, y));
      }
    }
    return plots;
  }

  private Chart plot(int x, int y) {
    List<Integer> front = front(x, y);
    List<Integer> others =
        IntStream.range(0, candidates.size()).boxed().filter(i -> !front.contains(i)).toList();
    List<LineChart.Series> series = new ArrayList<>();
    if (front.size() > 1) {
      series.add(new LineChart.Series("front", LineChart.Style.REFERENCE, points(x, y, front)));
    }
    series.add(new LineChart.Series("on the front", LineChart.Style.POINTS, points(x, y, front)));
    if (!others.isEmpty()) {
      series.add(new LineChart.Series("beaten", LineChart.Style.POINTS, points(x, y, others)));
    }
    Goal right = goals.get(x);
    Goal up = goals.get(y);
    return new LineChart(
        new Chart.Caption(
            right.metric() + " and " + up.metric(),
            "%s a point, of these two figures alone; better is further to the %s and further %s."
                .formatted(
                    what,
                    right.higherIsBetter() ? "right" : "left",
                    up.higherIsBetter() ? "up" : "down")),
        Axis.of(right.metric()),
        Axis.of(up.metric()),
        series);
  }

  private List<LineChart.Point> points(int x, int y, List<Integer> of) {
    return of.stream()
        .map(candidates::get)
        .map(c -> new LineChart.Point(c.figures().get(x), c.figures().get(y), c.label()))
        .sorted(Comparator.comparingDouble(LineChart.Point::x))
        .toList();
  }
}
