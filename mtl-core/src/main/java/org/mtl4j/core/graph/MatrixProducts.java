package org.mtl4j.core.graph;

/**
 * How networks of equal shape that run beside each other, as experts do, take their matrix
 * products. The variables are the same, and so are the results but for rounding.
 */
public enum MatrixProducts {
  /**
   * Each network its own: on a processor the faster way, where what one network has computed stays
   * in a core's cache.
   */
  SEPARATE,

  /**
   * All networks together, as few operations as can be: on a GPU the faster way, where a step of
   * small operations waits for each to be launched.
   */
  MERGED;

  /**
   * The faster way where sessions of this process run: merged where a GPU was asked for by the
   * system property {@code mtl.gpu}, as the launcher sets it for {@code MTL_GPU=1}.
   */
  public static MatrixProducts preferred() {
    return Boolean.getBoolean(RequestedGpu.PROPERTY) ? MERGED : SEPARATE;
  }
}
