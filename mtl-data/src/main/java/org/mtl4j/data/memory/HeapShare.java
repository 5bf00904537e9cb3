package org.mtl4j.data.memory;

import java.util.Locale;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/**
 * The part of the heap that something which grows with the data may take. It asks before it grows,
 * so that data it cannot hold is refused with figures and a remedy: an OutOfMemoryError strikes
 * whichever thread asks next, after minutes of collecting garbage. Not for use by several threads
 * at a time.
 */
public final class HeapShare {
  /**
   * Bytes of a different text that is counted, a bound: 40 for the text's objects, 48 measured for
   * its places in the tables just after they have grown, and room for the tables that they outgrow.
   * Two a character come on top.
   */
  private static final int TEXT_BYTES = 104;

  private final long limit;
  private final double share;
  private long taken;

  /**
   * A share of a heap.
   *
   * @param share above 0, at most 1
   * @param heap in bytes
   */
  public HeapShare(double share, long heap) {
    this.share = share;
    this.limit = (long) (share * heap);
  }

  /** A share of this process's heap, as {@code -Xmx} or the JVM limits it. */
  public static HeapShare of(double share) {
    return new HeapShare(share, Runtime.getRuntime().maxMemory());
  }

  /** Takes bytes; false if there are not so many left. */
  public boolean take(long bytes) {
    if (bytes > limit - taken) {
      return false;
    }
    taken += bytes;
    return true;
  }

  /** Takes what a different text costs that is counted; false if there is not so much left. */
  public boolean takeText(String text) {
    return take(TEXT_BYTES + 2L * text.length());
  }

  /** Gives bytes back. */
  public void give(long bytes) {
    taken -= bytes;
  }

  /**
   * Why more cannot be held.
   *
   * @param place the key that asks for it
   * @param what that is held, and how many of it, as a sentence's subject
   * @param remedy besides a larger heap
   */
  public MtlException refusal(String place, String what, String remedy) {
    return new MtlException(
        new Problem(
            ErrorCode.MEMORY,
            place,
            String.format(
                Locale.ROOT,
                "Expected what fits into %.0f %% of the heap, %,.1f MB; found that %s more.",
                100 * share,
                limit / 1e6,
                what),
            remedy + " Or give Java a larger heap: MTL_HEAP=8g for ./mtl, -Xmx8g elsewhere."));
  }
}
