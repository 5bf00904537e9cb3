package org.mtl4j.eval.report;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Bars over categories.
 *
 * @param caption the words around it
 * @param categories a name for each place to the right
 * @param y the axis upwards
 * @param series bars beside each other in each place
 */
public record BarChart(Caption caption, List<String> categories, Axis y, List<Series> series)
    implements Chart {
  /**
   * Copies and checks the lists.
   *
   * @throws IllegalArgumentException if a series has not a value a category
   */
  public BarChart {
    categories = List.copyOf(categories);
    series = List.copyOf(series);
    int places = categories.size();
    series.forEach(bars -> bars.check(places));
  }

  /**
   * The bars of one colour.
   *
   * @param name in the legend
   * @param values a height for each category; NaN for none
   */
  public record Series(String name, List<Double> values) {
    /** Copies the values. */
    public Series {
      values = List.copyOf(values);
    }

    /** The same of an array. */
    public static Series of(String name, double... values) {
      return new Series(name, DoubleStream.of(values).boxed().toList());
    }

    private void check(int places) {
      if (values.size() != places) {
        throw new IllegalArgumentException(
            "series %s: expected %d values, one a category, found %d"
                .formatted(name, places, values.size()));
      }
    }
  }
}
