package org.mtl4j.testkit;

import java.util.Random;

/**
 * The seed of a test run's random inputs and of the order of its tests, {@code -Dmtl.test.seed=N}.
 * The build takes a new one each time; a run under an editor takes 1. Say it in the failure
 * messages of tests with random inputs.
 */
public final class TestSeed {
  private TestSeed() {}

  /** The seed. */
  public static long value() {
    return Long.getLong("mtl.test.seed", 1L);
  }

  /** A new generator, which starts at the seed: a test gets the same numbers in any order. */
  public static Random random() {
    return new Random(value());
  }
}
