package org.mtl4j.eval.interval;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Corrected by hand. */
class HolmTest {
  @Test
  void theSmallestIsMultipliedByAllTheNextByOneLess() {
    // 4 x .01 = .04; 3 x .03 = .09; 2 x .04 = .08, raised to the .09 before it; 1 x .9.
    assertThat(Holm.corrected(new double[] {0.04, 0.01, 0.03, 0.9}))
        .containsExactly(new double[] {0.09, 0.04, 0.09, 0.9}, Offset.offset(1e-15));
    assertThat(Holm.corrected(new double[] {0.5, 0.6})).containsExactly(1, 1);
    assertThat(Holm.corrected(new double[0])).isEmpty();
  }
}
