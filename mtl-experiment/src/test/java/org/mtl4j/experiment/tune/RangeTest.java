package org.mtl4j.experiment.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.experiment.tune.KeyValues.Scale;

class RangeTest {
  private static double share(Range range, double below) {
    SplittableRandom random = new SplittableRandom(7);
    return IntStream.range(0, 20_000)
            .filter(i -> Double.parseDouble(range.draw(random)) < below)
            .count()
        / 20_000.0;
  }

  /** Half of the draws lie below the geometric mean on the one scale, the mean on the other. */
  @Test
  void drawsAreSpreadByTheScale() {
    assertThat(share(new Range(.0001, .01, Scale.LOG, false), .001)).isCloseTo(.5, within(.02));
    assertThat(share(new Range(2, 6, Scale.LINEAR, false), 4)).isCloseTo(.5, within(.02));
  }

  /** Of 1 to 4: a quarter each; by logarithms log(2)/log(5) are 1. */
  @Test
  void wholeNumbersHaveAPieceOfTheScaleEach() {
    assertThat(share(new Range(1, 4, Scale.LINEAR, true), 1.5)).isCloseTo(.25, within(.02));
    assertThat(share(new Range(1, 4, Scale.LINEAR, true), 3.5)).isCloseTo(.75, within(.02));
    assertThat(share(new Range(1, 4, Scale.LOG, true), 1.5))
        .isCloseTo(Math.log(2) / Math.log(5), within(.02));
  }

  @Test
  void stepsHaveTheBoundsAndEqualDistances() {
    assertThat(new Range(.001, .1, Scale.LOG, false).steps(3))
        .containsExactly("0.001", "0.01", "0.1");
    assertThat(new Range(0, 1, Scale.LINEAR, false).steps(5))
        .containsExactly("0", "0.25", "0.5", "0.75", "1");
    assertThat(new Range(1, 3, Scale.LINEAR, true).steps(9)).containsExactly("1", "2", "3");
    assertThat(new Range(.12345678, 2, Scale.LINEAR, false).steps(2)).contains("0.12345678");
  }

  @Test
  void drawsStayInTheRangeThoughTheyAreRounded() {
    Range range = new Range(.99995, 1.00004, Scale.LINEAR, false);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1000; i++) {
      assertThat(Double.parseDouble(range.draw(random))).isBetween(.99995, 1.00004);
    }
  }

  @Test
  void whatIsNoRangeIsRefused() {
    assertThatThrownBy(() -> new Range(2, 2, Scale.LINEAR, false)).hasMessageStartingWith("from:");
    assertThatThrownBy(() -> new Range(0, 2, Scale.LOG, false)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> new Range(.5, 2, Scale.LINEAR, true))
        .hasMessageStartingWith("integer:");
    assertThatThrownBy(() -> new Range(1, 2, Scale.LINEAR, true).checkSteps(Optional.of(1)))
        .hasMessageStartingWith("steps:");
  }
}
