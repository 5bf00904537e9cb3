package org.mtl4j.core.batch;

/**
 * What a batch takes in memory, known before it is there.
 *
 * @param direct bytes outside the heap
 * @param heap bytes in the heap
 * @param addressable whether Java can address each of its buffers and arrays: a direct buffer has
 *     at most 2^31 - 1 bytes, an array about so many elements
 */
public record BatchBytes(long direct, long heap, boolean addressable) {
  /** Some virtual machines keep the last elements for themselves. */
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  static BatchBytes direct(long elements, int width) {
    return new BatchBytes(elements * width, 0, elements * width <= Integer.MAX_VALUE);
  }

  static BatchBytes heap(long elements, int width) {
    return new BatchBytes(0, elements * width, elements <= LONGEST_ARRAY);
  }

  BatchBytes plus(BatchBytes other) {
    return new BatchBytes(
        direct + other.direct, heap + other.heap, addressable && other.addressable);
  }

  /** In and outside the heap. */
  public long total() {
    return direct + heap;
  }

  /** Of so many batches. */
  public BatchBytes times(int batches) {
    return new BatchBytes(direct * batches, heap * batches, addressable);
  }
}
