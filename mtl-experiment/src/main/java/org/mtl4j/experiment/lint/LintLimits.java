package org.mtl4j.experiment.lint;

/**
 * How much the checks hold, of a heap of 512 MB and more; of a smaller one as much less.
 *
 * @param heap in bytes
 */
record LintLimits(long heap) {
  private static final long FULL_HEAP = 512L << 20;
  private static final int LEAST = 1000;

  /** Those of this process's heap. */
  static LintLimits ofHeap() {
    return new LintLimits(Runtime.getRuntime().maxMemory());
  }

  /** Of a number at full size. */
  int of(int full) {
    return heap >= FULL_HEAP ? full : Math.max(LEAST, (int) (full * (heap / (double) FULL_HEAP)));
  }

  /** Rows of so many values each: at most {@code rows}, and at most {@code cells} values. */
  int rows(int rows, int cells, int columns) {
    return Math.max(LEAST, Math.min(of(rows), of(cells) / Math.max(1, columns)));
  }
}
