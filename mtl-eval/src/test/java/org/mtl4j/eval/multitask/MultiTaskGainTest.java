package org.mtl4j.eval.multitask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.eval.multitask.MultiTaskGain.Pair;

class MultiTaskGainTest {
  /** An AUC from .8 to .84 gains 5 %, an RMSE from 1 to 1.1 loses 10 %. */
  @Test
  void isTheMeanOfRelativeGainsByTheirDirection() {
    List<Pair> tasks = List.of(new Pair(.84, .8, true), new Pair(1.1, 1, false));

    assertThat(MultiTaskGain.mean(tasks).orElseThrow()).isCloseTo(-.025, within(1e-15));
  }

  @Test
  void negativeFiguresGainByRising() {
    assertThat(new Pair(-.5, -1, true).gain()).hasValue(.5);
  }

  @Test
  void nothingToCompareWithGivesNone() {
    assertThat(MultiTaskGain.mean(List.of())).isEmpty();
    assertThat(MultiTaskGain.mean(List.of(new Pair(.1, 0, true), new Pair(1, 1, true)))).isEmpty();
    assertThatThrownBy(() -> new Pair(Double.NaN, 1, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected figures that are finite numbers, found NaN and 1.0");
  }
}
