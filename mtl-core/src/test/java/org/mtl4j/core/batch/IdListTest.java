package org.mtl4j.core.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class IdListTest {
  private static final int NONE = ListColumns.PADDING;

  /** One id column at offset 0 of its table, and a list of up to three in a table behind it. */
  private static Batch batch(int... rows) {
    EncodedRows data =
        new EncodedRows(
            4,
            List.of(
                new int[] {5, 6, 5, 7},
                new int[] {2, NONE, 3, NONE},
                new int[] {2, NONE, NONE, NONE},
                new int[] {NONE, NONE, NONE, 4}),
            List.of(),
            Map.of(),
            Optional.empty());
    StoreColumns store =
        new StoreColumns(List.of(0), List.of(0L), List.of(new ListColumns(1, 3, 100, false)));
    Batch batch = new Batch(new BatchLayout(4, List.of(store), 0, List.of()));
    batch.fill(data, rows, 0, rows.length);
    return batch;
  }

  private static long[] unique(Batch batch) {
    LongBuffer unique = batch.ids().get(0).unique();
    long[] ids = new long[unique.remaining()];
    unique.get(ids);
    return ids;
  }

  private static int[] inverse(IdList list) {
    IntBuffer inverse = list.inverse();
    int[] positions = new int[inverse.remaining()];
    inverse.get(positions);
    return positions;
  }

  private static float[] weights(IdList list) {
    FloatBuffer weights = list.weights();
    float[] values = new float[weights.remaining()];
    weights.get(values);
    return values;
  }

  @Test
  void listsAreAsLongAsTheLongestOfTheBatch() {
    Batch batch = batch(0, 1, 2);
    IdList list = batch.ids().get(0).lists().get(0);
    assertThat(unique(batch)).containsExactly(5, 6, 102, 103);
    assertThat(list.length()).isEqualTo(2);
    assertThat(inverse(list)).containsExactly(2, 2, 0, 0, 3, 0);
    assertThat(weights(list)).containsExactly(1, 1, 0, 0, 1, 0);
    batch = batch(2, 1);
    list = batch.ids().get(0).lists().get(0);
    assertThat(list.length()).isEqualTo(1);
    assertThat(inverse(list)).containsExactly(2, 0);
    assertThat(weights(list)).containsExactly(1, 0);
  }

  @Test
  void paddingMayStandAmongTheValues() {
    Batch batch = batch(3, 2);
    IdList list = batch.ids().get(0).lists().get(0);
    assertThat(unique(batch)).containsExactly(7, 5, 104, 103);
    assertThat(inverse(list)).containsExactly(0, 0, 2, 3, 0, 0);
    assertThat(weights(list)).containsExactly(0, 0, 1, 1, 0, 0);
  }

  @Test
  void paddingTouchesNoRowOfATable() {
    assertThat(unique(batch(1, 1))).containsExactly(6);
  }

  @Test
  void wholeListsHaveEveryPlace() {
    EncodedRows data =
        new EncodedRows(
            2,
            List.of(new int[] {3, 4}, new int[] {NONE, NONE}),
            List.of(),
            Map.of(),
            Optional.empty());
    StoreColumns store =
        new StoreColumns(List.of(), List.of(), List.of(new ListColumns(0, 2, 0, true)));
    Batch batch = new Batch(new BatchLayout(2, List.of(store), 0, List.of()));
    batch.fill(data, new int[] {0, 1}, 0, 2);
    IdList list = batch.ids().get(0).lists().get(0);
    assertThat(list.length()).isEqualTo(2);
    assertThat(inverse(list)).containsExactly(0, 0, 1, 0);
    assertThat(weights(list)).containsExactly(1, 0, 1, 0);
  }

  /**
   * Weights of columns 1 and 2 stand behind a dense input; padding weighs nothing whatever is
   * there.
   */
  @Test
  void valuesWeighWhatStandsBehindTheDenseInputs() {
    EncodedRows data =
        new EncodedRows(
            3,
            List.of(new int[] {5, 6, 7}, new int[] {2, 3, NONE}, new int[] {4, NONE, NONE}),
            List.of(new float[] {9, 9, 9}, new float[] {0.5f, 3, 8}, new float[] {2, 8, 8}),
            Map.of(),
            Optional.empty());
    StoreColumns store =
        new StoreColumns(
            List.of(0), List.of(0L), List.of(new ListColumns(1, 2, 100, false, OptionalInt.of(1))));
    Batch batch = new Batch(new BatchLayout(3, List.of(store), 1, List.of()));
    batch.fill(data, new int[] {2, 0, 1}, 0, 3);
    assertThat(weights(batch.ids().get(0).lists().get(0))).containsExactly(0, 0, 0.5f, 2, 3, 0);
    batch.fill(data, new int[] {1, 2}, 0, 2);
    assertThat(weights(batch.ids().get(0).lists().get(0))).containsExactly(3, 0);
    assertThat(batch.dense().limit()).isEqualTo(2);
    assertThat(batch.dense().get(1)).isEqualTo(9);
  }

  /** A graph cannot gather from nothing. */
  @Test
  void batchOfEmptyListsAloneTouchesTheRowOfMissingValues() {
    EncodedRows data =
        new EncodedRows(1, List.of(new int[] {NONE}), List.of(), Map.of(), Optional.empty());
    StoreColumns store =
        new StoreColumns(List.of(), List.of(), List.of(new ListColumns(0, 1, 100, false)));
    Batch batch = new Batch(new BatchLayout(1, List.of(store), 0, List.of()));
    batch.fill(data, new int[] {0}, 0, 1);
    assertThat(unique(batch)).containsExactly(100);
    assertThat(inverse(batch.ids().get(0).lists().get(0))).containsExactly(0);
    assertThat(weights(batch.ids().get(0).lists().get(0))).containsExactly(0);
  }
}
