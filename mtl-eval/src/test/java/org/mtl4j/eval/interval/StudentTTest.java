package org.mtl4j.eval.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StudentTTest {
  @Test
  void theIntervalIsTheMeanAndItsErrorTimesTheQuantile() {
    assertThat(StudentT.interval(1)).isEmpty();
    // By hand: mean 2, deviation 1, half 4.3027 / sqrt(3).
    Interval interval = StudentT.interval(1, 2, 3).orElseThrow();
    assertThat(interval.low()).isCloseTo(2 - 4.3027 / Math.sqrt(3), within(1e-12));
    assertThat(interval.high()).isCloseTo(2 + 4.3027 / Math.sqrt(3), within(1e-12));
    assertThat(interval.method()).isEqualTo(Interval.Method.REPEATS);
  }

  @Test
  void beyondTheTableQuantilesAreThoseOfAnotherProgram() {
    // scipy.stats.t.ppf(0.975, 39) and (0.975, 199).
    assertThat(StudentT.quantile(39)).isCloseTo(2.022691, within(1e-4));
    assertThat(StudentT.quantile(199)).isCloseTo(1.971957, within(1e-4));
  }

  /** By the density's integral, the one of a degree being the arc tangent's derivative over pi. */
  @Test
  void betweenAQuantileAndItsOppositeAreNineteenTwentieths() {
    for (int degrees = 1; degrees <= 60; degrees++) {
      assertThat(2 * integral(degrees, StudentT.quantile(degrees)))
          .as("%d degrees", degrees)
          .isCloseTo(0.95, within(1e-5));
    }
  }

  /** From 0 to an end, by Simpson's rule. */
  private static double integral(int degrees, double end) {
    int steps = 2000;
    double width = end / steps;
    double sum =
        IntStream.rangeClosed(0, steps)
            .mapToDouble(
                i -> (i == 0 || i == steps ? 1 : 2 + 2 * (i % 2)) * shape(degrees, i * width))
            .sum();
    return peak(degrees) * sum * width / 3;
  }

  private static double shape(int degrees, double t) {
    return Math.pow(1 + t * t / degrees, -(degrees + 1) / 2.0);
  }

  /** The density at 0: 1 / pi of one degree, 1 / sqrt(8) of two, and by recursion. */
  private static double peak(int degrees) {
    if (degrees < 3) {
      return degrees == 1 ? 1 / Math.PI : 1 / Math.sqrt(8);
    }
    double ofGammas = (degrees - 1.0) / (degrees - 2);
    return peak(degrees - 2) * ofGammas * Math.sqrt((degrees - 2.0) / degrees);
  }
}
