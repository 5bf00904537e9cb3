package org.mtl4j.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FourSumsTest {
  @Test
  void partsAddUpToTheBitsOfTheWhole() {
    Random random = new Random(5);
    for (int n : new int[] {0, 3, 4, 8, 50, 103}) {
      int[] drawn = random.ints(n, 0, 4).toArray();
      double[] values = random.doubles(n).toArray();
      double whole = new FourSums(drawn).add(values, n).total();
      FourSums parts = new FourSums(drawn);
      for (int start = 0; start < n; start += 8) {
        int count = Math.min(8, n - start);
        parts.add(Arrays.copyOfRange(values, start, start + 8), count);
      }
      assertThat(parts.total()).as("%d units", n).isEqualTo(whole);
      double expected = IntStream.range(0, n).mapToDouble(i -> drawn[i] * values[i]).sum();
      assertThat(whole).isCloseTo(expected, within(1e-12));
    }
  }
}
