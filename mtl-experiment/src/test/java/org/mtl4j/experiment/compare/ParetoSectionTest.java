package org.mtl4j.experiment.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.eval.report.LineChart;
import org.mtl4j.eval.report.Paragraph;
import org.mtl4j.eval.report.Report.Section;

class ParetoSectionTest {
  /** A figure of runs x/a, x/b, x/c, ...; NaN where it is not defined. */
  private static Comparison.Figure figure(
      String output, String metric, boolean higherIsBetter, double... values) {
    List<Comparison.Entry> entries = new ArrayList<>();
    for (int run = 0; run < values.length; run++) {
      OptionalDouble value =
          Double.isNaN(values[run]) ? OptionalDouble.empty() : OptionalDouble.of(values[run]);
      entries.add(
          new Comparison.Entry(
              "x/" + (char) ('a' + run),
              value,
              Optional.empty(),
              Optional.empty(),
              OptionalDouble.empty(),
              Comparison.Verdict.NO_DIFFERENCE_SHOWN));
    }
    return new Comparison.Figure(output, metric, higherIsBetter, 10, entries);
  }

  private static Optional<Section> section(Comparison.Figure... figures) {
    return ParetoSection.of(new Comparison("a", List.of(figures), List.of()));
  }

  /** a beats c, and b beats d, in both outputs; a and b are each better in one. */
  @Test
  void aRunIsBeatenWhereAnotherIsNoWorseInAnything() {
    Section found =
        section(
                figure("click", "auc", true, .7, .8, .6, .75),
                figure("click", "log_loss", false, 9, 1, 1, 1),
                figure("stars", "rmse", false, 1.0, 1.2, 1.1, 1.3))
            .orElseThrow();
    assertThat(found.elements().get(0))
        .isEqualTo(
            Paragraph.of(
                "By click auc, stars rmse, no other run is at least as good in all and better in"
                    + " one: x/a, x/b."));
    LineChart plot = (LineChart) found.elements().get(1);
    assertThat(plot.caption().reading()).endsWith("further to the right and further down.");
    List<LineChart.Point> front =
        List.of(new LineChart.Point(.7, 1.0, "a"), new LineChart.Point(.8, 1.2, "b"));
    assertThat(plot.series())
        .containsExactly(
            new LineChart.Series("front", LineChart.Style.REFERENCE, front),
            new LineChart.Series("on the front", LineChart.Style.POINTS, front),
            new LineChart.Series(
                "beaten",
                LineChart.Style.POINTS,
                List.of(new LineChart.Point(.6, 1.1, "c"), new LineChart.Point(.75, 1.3, "d"))));
  }

  @Test
  void eachTwoOutputsHaveAPlotUpToTen() {
    Comparison.Figure[] figures =
        IntStream.range(0, 6)
            .mapToObj(o -> figure("o" + o, "auc", true, .5, .6))
            .toArray(Comparison.Figure[]::new);
    assertThat(section(figures[0], figures[1], figures[2]).orElseThrow().elements()).hasSize(1 + 3);
    assertThat(section(figures).orElseThrow().elements()).hasSize(1 + 10);
  }

  @Test
  void oneOutputOrFiguresThatNotAllHaveMakeNoFront() {
    Comparison.Figure click = figure("click", "auc", true, .7, .8);
    assertThat(section(click, figure("click", "log_loss", false, .3, .2))).isEmpty();
    assertThat(section(click, figure("cart", "auc", true, .7, Double.NaN))).isEmpty();
  }
}
