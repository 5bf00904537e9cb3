package org.mtl4j.eval.report;

import java.util.List;

/**
 * Lines or points over two axes of numbers.
 *
 * @param caption the words around it
 * @param x the axis to the right
 * @param y the axis upwards
 * @param series what is drawn, each with a name of its own
 */
public record LineChart(Caption caption, Axis x, Axis y, List<Series> series) implements Chart {
  /** Copies the list. */
  public LineChart {
    series = List.copyOf(series);
  }

  /** How a series is drawn. */
  public enum Style {
    /** A line through the points. */
    LINE,
    /** A broken line: what is compared with. */
    REFERENCE,
    /** A line with its points. */
    MARKED,
    /** Points alone, each with its label. */
    POINTS
  }

  /**
   * One line.
   *
   * @param name in the legend
   * @param style how it is drawn
   * @param points in the order of drawing; a y of NaN parts the line
   */
  public record Series(String name, Style style, List<Point> points) {
    /** Copies the points. */
    public Series {
      points = List.copyOf(points);
    }
  }

  /**
   * One point.
   *
   * @param x its place on the axis to the right
   * @param y its place on the axis upwards; NaN for none
   * @param label what it stands for; empty where its numbers say it all
   */
  public record Point(double x, double y, String label) {
    /** A point whose numbers say it all. */
    public static Point of(double x, double y) {
      return new Point(x, y, "");
    }
  }
}
