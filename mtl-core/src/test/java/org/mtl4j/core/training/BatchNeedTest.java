package org.mtl4j.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.BatchBytes;
import org.mtl4j.core.batch.BatchLayout;
import org.mtl4j.core.batch.LabelShape;
import org.mtl4j.core.batch.ListColumns;
import org.mtl4j.core.batch.StoreColumns;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

class BatchNeedTest {
  private static final BatchNeed.Room PLENTY =
      new BatchNeed.Room(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

  /** Two stores, of three id columns and of one and a list of two; five dense inputs, an output. */
  private static BatchLayout layout(int capacity) {
    return new BatchLayout(
        capacity,
        List.of(
            new StoreColumns(List.of(0, 1, 2), List.of(0L, 5L, 5L)),
            new StoreColumns(List.of(3), List.of(0L), List.of(new ListColumns(4, 2, 0, false)))),
        5,
        List.of(LabelShape.number("click")));
  }

  private static Problem refusal(BatchLayout layout, BatchNeed.Room room) {
    MtlException failure =
        catchThrowableOfType(MtlException.class, () -> BatchNeed.check(layout, room));
    assertThat(failure).isNotNull();
    return failure.problems().get(0);
  }

  @Test
  void bytesOutsideTheHeapAreThoseOfTheBuffersThatAreMade() {
    Batch batch = new Batch(layout(100));
    long floats =
        batch.dense().capacity()
            + batch.labels("click").capacity()
            + (long) batch.weights("click").capacity();
    long bytes = floats * Float.BYTES;
    for (var ids : batch.ids()) {
      bytes += (long) ids.unique().capacity() * Long.BYTES;
      bytes += (long) ids.inverse().capacity() * Integer.BYTES;
      for (var list : ids.lists()) {
        bytes += (long) list.inverse().capacity() * Integer.BYTES;
        bytes += (long) list.weights().capacity() * Float.BYTES;
      }
    }
    assertThat(layout(100).bytes().direct()).isEqualTo(3 * bytes);
  }

  /**
   * Records of 6 ids, 5 dense inputs, a label and its weight; two hash tables of 1024 places, the
   * power of two from twice the 300 ids on, with a key and a number each.
   */
  @Test
  void bytesInTheHeapAreThoseOfRecordsAndHashTables() {
    assertThat(layout(100).bytes().heap()).isEqualTo(3 * (100 * 13 * 4 + 2 * 1024 * 12));
  }

  /** The record is longer by two weights; the buffers are those of lists without weights. */
  @Test
  void weightsOfAListTakeRoomInTheRecords() {
    ListColumns plain = new ListColumns(0, 2, 0, false);
    ListColumns weighted = new ListColumns(0, 2, 0, false, OptionalInt.of(5));
    BatchBytes without = listsAlone(plain).bytes();
    BatchBytes with = listsAlone(weighted).bytes();
    assertThat(with.heap() - without.heap()).isEqualTo(3 * 100 * 2 * 4);
    assertThat(with.direct()).isEqualTo(without.direct());
  }

  private static BatchLayout listsAlone(ListColumns list) {
    StoreColumns store = new StoreColumns(List.of(), List.of(), List.of(list));
    return new BatchLayout(100, List.of(store), 5, List.of());
  }

  /** A record of two words of classes and a weight; 40 labels and a weight a row. */
  @Test
  void setOfFortyClassesIsTwoWordsInARecordAndFortyNumbersInABatch() {
    BatchLayout layout = new BatchLayout(100, List.of(), 0, List.of(new LabelShape("moods", 40)));
    assertThat(layout.bytes().heap()).isEqualTo(3 * 100 * 3 * 4);
    Batch batch = new Batch(layout);
    long floats = batch.labels("moods").capacity() + (long) batch.weights("moods").capacity();
    assertThat(floats).isEqualTo(4100);
    assertThat(layout.bytes().direct()).isEqualTo(3 * 4 * floats);
  }

  @Test
  void batchesThatJustFitAreAllowedAndOneByteMoreIsRefused() {
    BatchLayout layout = layout(100);
    BatchBytes bytes = layout.bytes();
    long all = bytes.direct() + bytes.heap();
    assertThatCode(
            () -> BatchNeed.check(layout, new BatchNeed.Room(all, bytes.direct(), bytes.heap())))
        .doesNotThrowAnyException();
    for (BatchNeed.Room room :
        List.of(
            new BatchNeed.Room(all - 1, bytes.direct(), bytes.heap()),
            new BatchNeed.Room(all, bytes.direct() - 1, bytes.heap()),
            new BatchNeed.Room(all, bytes.direct(), bytes.heap() - 1))) {
      Problem problem = refusal(layout, room);
      assertThat(problem.code()).isEqualTo(ErrorCode.MEMORY);
      assertThat(problem.where()).isEqualTo("training.batch_size");
    }
  }

  @Test
  void messageHasTheArithmetic() {
    assertThat(refusal(layout(10_000_000), new BatchNeed.Room(1_000_000_000, 0, 0)).what())
        .isEqualTo(
            "Expected batches that fit into memory, 1.00 GB at most; found batches of 10,000,000"
                + " rows: 3.24 GB outside the heap + 6.39 GB in it = 9.63 GB.");
  }

  @Test
  void batchLargerThanABufferIsRefusedWhateverThereIsOfMemory() {
    for (int rows : new int[] {89_478_486, 200_000_000, Integer.MAX_VALUE}) {
      Problem problem = refusal(layout(rows), PLENTY);
      assertThat(problem.code()).as("%d rows", rows).isEqualTo(ErrorCode.CONFIG_VALUE);
      assertThat(problem.what()).contains("Java's buffers of 2,147,483,647 bytes each; found");
    }
    // Three ids of 8 bytes a row.
    assertThatCode(() -> BatchNeed.check(layout(89_478_485), PLENTY)).doesNotThrowAnyException();
  }

  @Test
  void thisMachineHasRoomForASmallBatch() {
    BatchNeed.Room room = BatchNeed.Room.left();
    assertThat(room.direct()).isPositive();
    assertThatCode(() -> BatchNeed.check(layout(100), room)).doesNotThrowAnyException();
  }
}
