package org.mtl4j.models.taskrelationship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.testkit.TestSeed;

class SymmetricRootTest {
  /** A' A of a random A with so many rows: of that rank. */
  private static double[][] gram(int size, int rank, Random random) {
    double[][] a = new double[rank][size];
    for (double[] row : a) {
      for (int i = 0; i < size; i++) {
        row[i] = random.nextGaussian();
      }
    }
    double[][] gram = new double[size][size];
    for (double[] row : a) {
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          gram[i][j] += row[i] * row[j];
        }
      }
    }
    return gram;
  }

  @Test
  void rootTimesItselfIsTheMatrixAlsoWhereThatIsSingular() {
    Random random = TestSeed.random();
    for (int size : new int[] {1, 2, 3, 7, 20}) {
      for (int rank : new int[] {1, size, 2 * size}) {
        double[][] matrix = gram(size, rank, random);
        double[][] root = SymmetricRoot.of(matrix);
        for (int i = 0; i < size; i++) {
          for (int j = 0; j < size; j++) {
            double product = 0;
            for (int k = 0; k < size; k++) {
              product += root[i][k] * root[k][j];
            }
            assertThat(product)
                .as("%d of rank %d, seed %d", size, rank, TestSeed.value())
                .isCloseTo(matrix[i][j], within(1e-10 * size * rank));
            assertThat(root[i][j]).isEqualTo(root[j][i]);
          }
        }
      }
    }
  }

  /** [[5, 4], [4, 5]] has the eigenvalues 9 and 1 along the diagonals: the root has 3 and 1. */
  @Test
  void rootOfAMatrixWhoseEigenvaluesAreKnown() {
    double[][] root = SymmetricRoot.of(new double[][] {{5, 4}, {4, 5}});
    assertThat(root[0]).containsExactly(new double[] {2, 1}, within(1e-14));
    assertThat(root[1]).containsExactly(new double[] {1, 2}, within(1e-14));
  }

  @Test
  void zerosAndIdentityStay() {
    assertThat(SymmetricRoot.of(new double[2][2])).isDeepEqualTo(new double[2][2]);
    double[][] identity = {{1, 0}, {0, 1}};
    assertThat(SymmetricRoot.of(identity)).isDeepEqualTo(identity);
  }
}
