package org.mtl4j.core.training;

import java.util.Locale;
import org.mtl4j.core.batch.BatchBytes;
import org.mtl4j.core.batch.BatchLayout;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/** What the batches of a run will take in memory, beside the model that is there already. */
public final class BatchNeed {
  private static final String WHERE = "training.batch_size";

  private BatchNeed() {}

  /**
   * Refuses batches that cannot be made.
   *
   * @throws MtlException CONFIG_VALUE if one is larger than Java's buffers; MEMORY, with the
   *     arithmetic, if all do not fit
   */
  public static void check(TrainingSession session, TrainingPlan plan) {
    check(session.batchLayout(plan.largestBatch()), Room.left());
  }

  /**
   * What there is room for, in bytes.
   *
   * @param all in and outside the heap
   * @param direct outside it
   * @param heap in it
   */
  record Room(long all, long direct, long heap) {
    static Room left() {
      return new Room(
          ProcessMemory.limit() - ProcessMemory.anonymous().orElse(0),
          ProcessMemory.directLimit(),
          Runtime.getRuntime().maxMemory());
    }
  }

  static void check(BatchLayout layout, Room room) {
    BatchBytes bytes = layout.bytes();
    if (!bytes.addressable()) {
      throw refusal(
          ErrorCode.CONFIG_VALUE,
          layout,
          "whose ids, dense inputs and labels fit into Java's buffers of 2,147,483,647 bytes each",
          bytes);
    }
    if (bytes.total() > room.all()) {
      throw refusal(ErrorCode.MEMORY, layout, "that fit into memory, " + left(room.all()), bytes);
    }
    if (bytes.direct() > room.direct()) {
      String limit = left(room.direct()) + " by -XX:MaxDirectMemorySize";
      throw refusal(ErrorCode.MEMORY, layout, "that fit outside the Java heap, " + limit, bytes);
    }
    if (bytes.heap() > room.heap()) {
      throw refusal(
          ErrorCode.MEMORY, layout, "that fit into the Java heap, " + left(room.heap()), bytes);
    }
  }

  private static String left(long bytes) {
    return MemoryNeed.gigabytes(bytes) + " at most";
  }

  private static MtlException refusal(
      ErrorCode code, BatchLayout layout, String expected, BatchBytes found) {
    return new MtlException(
        new Problem(
            code,
            WHERE,
            String.format(
                Locale.ROOT,
                "Expected batches %s; found batches of %,d rows: %s outside the heap + %s in it = %s.",
                expected,
                layout.capacity(),
                MemoryNeed.gigabytes(found.direct()),
                MemoryNeed.gigabytes(found.heap()),
                MemoryNeed.gigabytes(found.total())),
            "Lower " + WHERE + "."));
  }
}
