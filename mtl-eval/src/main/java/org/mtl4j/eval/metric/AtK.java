package org.mtl4j.eval.metric;

/** A figure of the first K ranks of each group. */
interface AtK extends GroupMean {
  /** The figure's name, before the {@code @}. */
  String name();

  /** Number of ranks that count. */
  int k();

  /** Checks the cut-off. */
  static void checkCutOff(String name, int k) {
    if (k < 1) {
      throw new IllegalArgumentException(name + "@K: expected K of at least 1, found " + k);
    }
  }

  @Override
  default String key() {
    return name() + "@" + k();
  }
}
