package org.mtl4j.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.mtl4j.eval.interval.Interval;

class FigureTextTest {
  @Test
  void figuresHaveFourDecimalsAndDifferencesASign() {
    assertThat(FigureText.of(0.12345)).isEqualTo("0.1235");
    assertThat(FigureText.of(OptionalDouble.of(27))).isEqualTo("27.0000");
    assertThat(FigureText.signed(0.5)).isEqualTo("+0.5000");
    assertThat(FigureText.signed(OptionalDouble.of(-0.25))).isEqualTo("-0.2500");
    assertThat(FigureText.of(new Interval(-0.5, 0.25, Interval.LEVEL, Interval.Method.DELONG)))
        .isEqualTo("[-0.5000, 0.2500]");
  }

  @Test
  void whatIsNotDefinedIsADash() {
    assertThat(FigureText.of(Double.NaN)).isEqualTo("-");
    assertThat(FigureText.of(OptionalDouble.empty())).isEqualTo("-");
    assertThat(FigureText.signed(OptionalDouble.empty())).isEqualTo("-");
  }

  @Test
  void smallPValuesAreNotSpeltOut() {
    assertThat(FigureText.ofP(0.0001)).isEqualTo("0.0001");
    assertThat(FigureText.ofP(0.00009)).isEqualTo("< 0.0001");
  }
}
