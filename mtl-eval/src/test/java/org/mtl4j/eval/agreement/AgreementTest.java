package org.mtl4j.eval.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.testkit.TestSeed;

/**
 * Golden values are scikit-learn 1.9's: {@code cohen_kappa_score(LABELS, OTHERS,
 * weights='quadratic', sample_weight=WEIGHTS)}, {@code normalized_mutual_info_score(LABELS,
 * OTHERS)}, {@code silhouette_score(POINTS, CLUSTERS)}.
 */
class AgreementTest {
  private static final int[] LABELS = {0, 0, 1, 1, 2, 2, 2, 3, 3, 0};
  private static final int[] OTHERS = {0, 1, 1, 1, 2, 2, 3, 3, 2, 0};
  private static final double[] WEIGHTS = {1, 2, 1, .5, 3, 1, 1, 2, 1, 1};
  private static final double[][] POINTS = {
    {0, 0}, {1, 0}, {0, 1}, {5, 5}, {6, 5}, {5, 7}, {9, 0}, {3, 3}
  };

  @Test
  void figuresAreThoseOfScikitLearn() {
    assertThat(QuadraticKappa.of(LABELS, OTHERS, WEIGHTS).orElseThrow())
        .isCloseTo(0.8695652173913043, within(1e-12));
    assertThat(NormalisedMutualInformation.of(LABELS, OTHERS).orElseThrow())
        .isCloseTo(0.6189770040174563, within(1e-12));
    assertThat(Silhouette.mean(POINTS, 0, 0, 0, 1, 1, 1, 2, 0).orElseThrow())
        .isCloseTo(0.5364310664591071, within(1e-12));
  }

  /** The definition, by the matrix of classes. */
  @Test
  void kappaEqualsThatOfTheMatrix() {
    Random random = TestSeed.random();
    int[] labels = random.ints(50, 0, 4).toArray();
    int[] others = random.ints(50, 0, 4).toArray();
    double[] weights = random.doubles(50).toArray();
    double[][] observed = new double[4][4];
    double[] rowSums = new double[4];
    double[] columnSums = new double[4];
    double total = 0;
    for (int i = 0; i < 50; i++) {
      observed[labels[i]][others[i]] += weights[i];
      rowSums[labels[i]] += weights[i];
      columnSums[others[i]] += weights[i];
      total += weights[i];
    }
    double apart = 0;
    double byChance = 0;
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        apart += observed[i][j] * (i - j) * (i - j);
        byChance += rowSums[i] * columnSums[j] / total * (i - j) * (i - j);
      }
    }

    assertThat(QuadraticKappa.of(labels, others, weights).orElseThrow())
        .as("seed %d", TestSeed.value())
        .isCloseTo(1 - apart / byChance, within(1e-12));
  }

  @Test
  void namesOfClustersDoNotMatter() {
    int[] renamed = {7, 7, -1, -1, 4, 4, 4, 0, 0, 7};

    assertThat(NormalisedMutualInformation.of(LABELS, renamed).orElseThrow())
        .isCloseTo(1, within(1e-12));
    assertThat(NormalisedMutualInformation.of(new int[] {1, 1}, new int[] {2, 2})).hasValue(1);
    assertThat(NormalisedMutualInformation.of(new int[] {0, 1}, new int[] {2, 2})).hasValue(0);
  }

  @Test
  void whatHasNothingToTellIsUndefined() {
    assertThat(QuadraticKappa.of(new int[] {2, 2}, new int[] {2, 2}, new double[] {1, 1}))
        .isEmpty();
    assertThat(NormalisedMutualInformation.of(new int[0], new int[0])).isEmpty();
    assertThat(Silhouette.mean(new double[][] {{1}, {2}}, 3, 3)).isEmpty();
    assertThat(Silhouette.mean(new double[0][])).isEmpty();
  }

  @Test
  void lengthsAndClassesThatCannotBeAreRefused() {
    assertThatThrownBy(() -> QuadraticKappa.of(new int[2], new int[3], new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected arrays of 2 rows throughout, found one of 3");
    assertThatThrownBy(() -> Silhouette.mean(new double[][] {{1}, {2}}, 0, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected classes from 0 on, found -1 in row 1 (from 0)");
  }
}
