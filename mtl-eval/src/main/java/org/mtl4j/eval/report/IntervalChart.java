package org.mtl4j.eval.report;

import java.util.List;

/**
 * Figures with their intervals, one below the other, say gains over a single-task model.
 *
 * @param caption the words around it
 * @param x the axis that all share
 * @param reference a line to read them against, say 0
 * @param figures what is shown, from top to bottom
 */
public record IntervalChart(Caption caption, Axis x, double reference, List<Figure> figures)
    implements Chart {
  /** Copies the list. */
  public IntervalChart {
    figures = List.copyOf(figures);
  }

  /**
   * One figure and from where to where it may be.
   *
   * @param name what is measured
   * @param value the figure itself
   * @param low the interval's beginning; NaN where there is none
   * @param high the interval's end; NaN where there is none
   */
  public record Figure(String name, double value, double low, double high) {}
}
