package org.mtl4j.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CalibratorTest {
  private static void assertNoLine(List<Double> slopes, List<Double> intercepts, String found) {
    assertThatThrownBy(() -> new Calibrator.Linear(CalibrationMethod.PLATT, slopes, intercepts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "expected slopes above 0, at most 16.0, and as many finite intercepts, found " + found);
  }

  private static void assertNoCurve(List<Double> scores, List<Double> logits, String found) {
    assertThatThrownBy(() -> new Calibrator.Curve(scores, logits))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected points that rise, by 16.0 at most, found " + found);
  }

  @Test
  void lineThatWouldReverseOrTearApartIsNone() {
    assertNoLine(List.of(0.0), List.of(0.0), "[0.0] and [0.0]");
    assertNoLine(List.of(16.5), List.of(0.0), "[16.5] and [0.0]");
    assertNoLine(List.of(1.0), List.of(Double.NaN), "[1.0] and [NaN]");
    assertNoLine(List.of(1.0, 2.0), List.of(1.0), "[1.0, 2.0] and [1.0]");
    assertNoLine(List.of(), List.of(), "[] and []");
  }

  @Test
  void curveThatDoesNotRiseOrIsTooSteepIsNone() {
    assertNoCurve(List.of(), List.of(), "scores [] and logits []");
    assertNoCurve(List.of(0.0, 1.0), List.of(1.0, 1.0), "scores [0.0, 1.0] and logits [1.0, 1.0]");
    assertNoCurve(List.of(0.0, 0.0), List.of(1.0, 2.0), "scores [0.0, 0.0] and logits [1.0, 2.0]");
    assertNoCurve(
        List.of(0.0, 1.0), List.of(0.0, 17.0), "scores [0.0, 1.0] and logits [0.0, 17.0]");
    assertNoCurve(List.of(0.0), List.of(0.0, 1.0), "scores [0.0] and logits [0.0, 1.0]");
  }

  /** Ranking takes the two for one score: they may not be parted behind the curve. */
  @Test
  void negativeZeroIsZeroAtAPointOfTheCurveToo() {
    Calibrator curve =
        new Calibrator.Curve(List.of(-0.7, 0.0, 1.0), List.of(-0.123456789, 0.1, 1.2345));

    assertThat(curve.apply(0, -0.0)).isEqualTo(curve.apply(0, 0.0)).isEqualTo(0.1);
  }
}
