package org.mtl4j.eval.report;

/** A plot: what is shown, with no word on how it is drawn. */
public sealed interface Chart extends Element permits LineChart, BarChart, HeatMap, IntervalChart {
  /** What it shows, and for whom to read it. */
  Caption caption();

  /**
   * The words around a plot.
   *
   * @param title what is shown
   * @param reading how to read it, in a sentence or two
   */
  record Caption(String title, String reading) {}
}
