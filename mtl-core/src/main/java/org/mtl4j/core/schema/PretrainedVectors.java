package org.mtl4j.core.schema;

import java.util.Arrays;
import java.util.List;

/**
 * Vectors of one width, of the tokens of a {@link Vocabulary} in their order. They are held in
 * memory: 4 bytes a number and some 20 a vector.
 */
public final class PretrainedVectors {
  private final float[][] vectors;

  /**
   * Vectors in order; the arrays become its own.
   *
   * @throws IllegalArgumentException if there are none, or their widths differ or are 0
   */
  public PretrainedVectors(List<float[]> vectors) {
    this.vectors = vectors.toArray(float[][]::new);
    if (vectors.isEmpty() || dim() == 0) {
      throw new IllegalArgumentException("expected vectors of at least one number, found none");
    }
    for (int i = 0; i < this.vectors.length; i++) {
      if (this.vectors[i].length != dim()) {
        throw new IllegalArgumentException(
            "vector %d: expected %d numbers, found %d".formatted(i, dim(), this.vectors[i].length));
      }
    }
  }

  /** Number of vectors. */
  public int size() {
    return vectors.length;
  }

  /** Numbers a vector. */
  public int dim() {
    return vectors[0].length;
  }

  /** The vector of a token, by the token's number from 0. */
  public float[] vector(int token) {
    return vectors[token].clone();
  }

  /**
   * Writes what an id of the vocabulary has: zeros without a token, else the token's vector, once
   * or, in a wider row, again and again.
   */
  public void fill(long id, double[] row) {
    if (id < Vocabulary.FIRST_TOKEN) {
      Arrays.fill(row, 0);
      return;
    }
    float[] vector = vectors[Math.toIntExact(id - Vocabulary.FIRST_TOKEN)];
    for (int i = 0; i < row.length; i++) {
      row[i] = vector[i % vector.length];
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PretrainedVectors that && Arrays.deepEquals(vectors, that.vectors);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(vectors);
  }

  @Override
  public String toString() {
    return size() + " vectors of " + dim() + " numbers";
  }
}
