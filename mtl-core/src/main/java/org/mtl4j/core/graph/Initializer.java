package org.mtl4j.core.graph;

import java.util.SplittableRandom;

/**
 * The values a variable starts from. Drawn in Java, one generator for every row of a table and for
 * every dense variable, so that the values depend on seed and name only, never on how many are
 * written at a time.
 */
public sealed interface Initializer {
  /** The value at a position, in row-major order; drawn, where it is random, from the generator. */
  double next(SplittableRandom random, int position);

  /**
   * All values equal.
   *
   * @param value each of them
   */
  record Constant(double value) implements Initializer {
    @Override
    public double next(SplittableRandom random, int position) {
      return value;
    }
  }

  /**
   * Uniform in [-limit, limit).
   *
   * @param limit above 0
   */
  record Uniform(double limit) implements Initializer {
    @Override
    public double next(SplittableRandom random, int position) {
      return (2 * random.nextDouble() - 1) * limit;
    }
  }

  /**
   * A square matrix that mixes n things, rows summing to 1.
   *
   * @param size n
   * @param own the value on the diagonal; elsewhere it is (1 - own) / (n - 1)
   */
  record Diagonal(int size, double own) implements Initializer {
    @Override
    public double next(SplittableRandom random, int position) {
      boolean diagonal = position / size == position % size;
      return size == 1 ? 1 : diagonal ? own : (1 - own) / (size - 1);
    }
  }

  /**
   * A square matrix of zeros but for its diagonal.
   *
   * @param size its rows
   * @param value on the diagonal
   */
  record Identity(int size, double value) implements Initializer {
    @Override
    public double next(SplittableRandom random, int position) {
      return position / size == position % size ? value : 0;
    }
  }

  /** Zeros. */
  static Initializer zeros() {
    return new Constant(0);
  }

  /**
   * Uniform with limit sqrt(6 / (fanIn + fanOut)): Glorot and Bengio, "Understanding the difficulty
   * of training deep feedforward neural networks", AISTATS 2010, equation 16.
   */
  static Initializer glorotUniform(long fanIn, long fanOut) {
    return new Uniform(Math.sqrt(6.0 / (fanIn + fanOut)));
  }
}
