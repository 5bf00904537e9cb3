package org.mtl4j.models.unsupervised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.testkit.TestSeed;

class KMeansTest {
  /** Of four squares of side 2 the corners' means are their middles. */
  @Test
  void centroidsAreTheMiddlesOfClustersThatLieApart() {
    double[][] middles = {{0, 0}, {0, 100}, {100, 0}, {100, 100}};
    double[][] rows = new double[16][];
    for (int row = 0; row < rows.length; row++) {
      double[] middle = middles[row / 4];
      rows[row] = new double[] {middle[0] + row % 2 * 2 - 1, middle[1] + row / 2 % 2 * 2 - 1};
    }
    double[][] found = new KMeans(4, 2, TestSeed.value()).of(rows);
    Arrays.sort(found, Comparator.<double[]>comparingDouble(c -> c[0]).thenComparing(c -> c[1]));
    assertThat(found).as("seed %d", TestSeed.value()).isDeepEqualTo(middles);
  }

  @Test
  void sameSeedGivesTheSameCentroidsEachTheMeanOfItsRows() {
    Random random = TestSeed.random();
    double[][] rows = new double[60][];
    Arrays.setAll(rows, row -> new double[] {random.nextGaussian(), random.nextGaussian()});
    KMeans means = new KMeans(3, 2, 5);
    double[][] found = means.of(rows);
    assertThat(means.of(rows)).isDeepEqualTo(found);
    for (int c = 0; c < found.length; c++) {
      int own = c;
      double[][] members =
          Arrays.stream(rows)
              .filter(row -> KMeans.nearest(row, found) == own)
              .toArray(double[][]::new);
      for (int d = 0; d < 2; d++) {
        int dim = d;
        assertThat(Arrays.stream(members).mapToDouble(row -> row[dim]).average().orElseThrow())
            .as("seed %d", TestSeed.value())
            .isCloseTo(found[c][d], within(1e-9));
      }
    }
  }

  @Test
  void rowsThatAreAllEqualGiveThatRow() {
    double[][] rows = {{1, 2}, {1, 2}, {1, 2}};
    assertThat(new KMeans(2, 2, 1).of(rows)).isDeepEqualTo(new double[][] {{1, 2}, {1, 2}});
  }
}
