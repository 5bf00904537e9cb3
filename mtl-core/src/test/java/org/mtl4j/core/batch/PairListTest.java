package org.mtl4j.core.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairListTest {
  private static final long SEED = Long.getLong("mtl.test.seed", 1L);

  @Test
  void eachRowOfLabelOneMeetsEachOfLabelZeroInItsQueryOnce() {
    Random random = new Random(SEED);
    int n = 60;
    int[] queries = random.ints(n, 0, 5).toArray();
    float[] labels = new float[n];
    float[] weights = new float[n];
    Set<String> expected = new HashSet<>();
    for (int r = 0; r < n; r++) {
      labels[r] = random.nextInt(2);
      weights[r] = random.nextInt(3);
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (queries[i] == queries[j]
            && weights[i] * weights[j] > 0
            && labels[i] == 1
            && labels[j] == 0) {
          expected.add(i + ">" + j);
        }
      }
    }
    PairList pairs =
        PairList.of(
            IntBuffer.wrap(queries),
            FloatBuffer.wrap(labels),
            FloatBuffer.wrap(weights),
            new SplittableRandom(SEED));
    Set<String> found = new HashSet<>();
    float[] counts = new float[n];
    for (int p = 0; p < pairs.better().length; p++) {
      found.add(pairs.better()[p] + ">" + pairs.worse()[p]);
      counts[pairs.better()[p]]++;
    }
    assertThat(found).as("seed %d", SEED).isEqualTo(expected);
    assertThat(pairs.worse()).hasSize(expected.size());
    assertThat(pairs.counts()).as("seed %d", SEED).containsExactly(counts);
  }

  /** A row of label 1 and 150 of label 0. */
  @Test
  void ofTooManyThereIsADrawThatFavoursNone() {
    int others = 150;
    float[] labels = new float[others + 1];
    labels[0] = 1;
    float[] weights = new float[others + 1];
    Arrays.fill(weights, 1);
    int[] drawn = new int[others + 1];
    SplittableRandom random = new SplittableRandom(SEED);
    int draws = 15_000;
    for (int i = 0; i < draws; i++) {
      PairList pairs =
          PairList.of(
              IntBuffer.wrap(new int[others + 1]),
              FloatBuffer.wrap(labels),
              FloatBuffer.wrap(weights),
              random);
      assertThat(pairs.counts()[0]).isEqualTo(others);
      assertThat(Arrays.stream(pairs.worse()).distinct()).hasSize(PairList.MOST);
      Arrays.stream(pairs.worse()).forEach(row -> drawn[row]++);
    }
    // Binomial, a deviation of 60: eight of them on either side.
    double expected = (double) draws * PairList.MOST / others;
    for (int row = 1; row <= others; row++) {
      assertThat(drawn[row]).as("row %d, seed %d", row, SEED).isBetween(5920, 6880);
    }
    assertThat(expected).isEqualTo(6400);
  }

  @Test
  void theSameSeedDrawsTheSame() {
    float[] labels = new float[200];
    labels[3] = 1;
    float[] weights = new float[200];
    Arrays.fill(weights, 1);
    int[][] worse = new int[2][];
    for (int i = 0; i < 2; i++) {
      worse[i] =
          PairList.of(
                  IntBuffer.wrap(new int[200]),
                  FloatBuffer.wrap(labels),
                  FloatBuffer.wrap(weights),
                  new SplittableRandom(SEED))
              .worse();
    }
    assertThat(worse[0]).isEqualTo(worse[1]);
  }
}
