package org.mtl4j.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedRowsTest {
  private static final long SEED = Long.getLong("mtl.test.seed", 1L);

  private static EncodedRows grouped(int n) {
    EncodedRows rows = TestEncoded.random(n, SEED);
    int[] groups = new Random(SEED).ints(n, 0, 7).toArray();
    return new EncodedRows(n, rows.ids(), rows.dense(), rows.labels(), Optional.of(groups));
  }

  private static PackedRows packed(EncodedRows rows) {
    int[] records = PackedRows.records(rows.layout(), rows);
    return new PackedRows(rows.layout(), rows.rowCount(), List.of(IntBuffer.wrap(records)));
  }

  @Test
  void blockOfPackedRowsIsWhatTheArraysHold() {
    EncodedRows rows = grouped(50);
    EncodedRows block = packed(rows).block(20, 13);
    for (int i = 0; i < 13; i++) {
      int row = 20 + i;
      for (int c = 0; c < 3; c++) {
        assertThat(block.ids().get(c)[i]).isEqualTo(rows.ids().get(c)[row]);
      }
      for (int c = 0; c < 2; c++) {
        assertThat(block.dense().get(c)[i]).isEqualTo(rows.dense().get(c)[row]);
      }
      LabelColumn click = rows.labels().get("click");
      LabelColumn found = block.labels().get("click");
      assertThat(found.mask()[i]).isEqualTo(click.mask()[row]);
      assertThat(found.labels()[i]).isEqualTo(click.labels()[row]);
      assertThat(found.weights()[i]).isEqualTo(click.mask()[row] ? click.weights()[row] : 0);
      assertThat(block.groups().orElseThrow()[i]).isEqualTo(rows.groups().orElseThrow()[row]);
    }
    assertThat(block.rowCount()).isEqualTo(13);
  }

  @Test
  void batchIsTheSameFromRecordsAndFromArrays() {
    EncodedRows rows = grouped(40);
    int[] order = new Random(SEED).ints(40, 0, 40).toArray();
    Batch fromArrays = new Batch(TestEncoded.layout(40));
    Batch fromRecords = new Batch(TestEncoded.layout(40));
    fromArrays.fill(rows, order, 5, 30);
    fromRecords.fill(packed(rows), order, 5, 30);
    assertThat(fromRecords.dense()).as("seed %d", SEED).isEqualTo(fromArrays.dense());
    assertThat(fromRecords.labels("click")).isEqualTo(fromArrays.labels("click"));
    assertThat(fromRecords.weights("click")).isEqualTo(fromArrays.weights("click"));
    assertThat(fromRecords.ids().get(0).unique()).isEqualTo(fromArrays.ids().get(0).unique());
    assertThat(fromRecords.ids().get(0).inverse()).isEqualTo(fromArrays.ids().get(0).inverse());
  }

  @Test
  void rowIsFoundInItsSegmentWhateverTheOrder() {
    EncodedRows rows = grouped(19);
    int[] records = PackedRows.records(rows.layout(), rows);
    int words = rows.layout().words();
    List<IntBuffer> segments = new ArrayList<>();
    for (int first = 0; first < 19; first += 8) {
      int count = Math.min(8, 19 - first);
      segments.add(
          IntBuffer.wrap(Arrays.copyOfRange(records, first * words, (first + count) * words)));
    }
    PackedRows packed = new PackedRows(rows.layout(), 19, segments);
    int[] order = new Random(SEED).ints(200, 0, 19).toArray();
    int[] found = new int[200 * words];
    packed.read(order, 0, 200, found);
    for (int i = 0; i < 200; i++) {
      assertThat(Arrays.copyOfRange(found, i * words, (i + 1) * words))
          .as("row %d, seed %d", order[i], SEED)
          .isEqualTo(Arrays.copyOfRange(records, order[i] * words, (order[i] + 1) * words));
    }
  }

  @Test
  void segmentsHoldAPowerOfTwoOfRows() {
    assertThat(
            PackedRows.segmentRows(new RowLayout(3, 2, List.of(LabelShape.number("click")), true)))
        .isEqualTo(1 << 24);
    assertThat(PackedRows.segmentRows(new RowLayout(1 << 28, 0, List.of(), false))).isEqualTo(1);
    RowLayout layout = new RowLayout(1, 0, List.of(), false);
    List<IntBuffer> odd = List.of(IntBuffer.allocate(3), IntBuffer.allocate(3));
    assertThatThrownBy(() -> new PackedRows(layout, 6, odd))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("power of two");
  }

  private static EncodedRows weighted(float weight, boolean mask) {
    LabelColumn click =
        new LabelColumn(new float[] {1}, new boolean[] {mask}, new float[] {weight});
    return new EncodedRows(1, List.of(), List.of(), Map.of("click", click), Optional.empty());
  }

  @Test
  void weightOfNothingIsNotTheSameAsNoSay() {
    assertThat(packed(weighted(0, true)).block(0, 1).labels().get("click").mask()[0]).isTrue();
    assertThat(packed(weighted(-0f, true)).block(0, 1).labels().get("click").mask()[0]).isTrue();
    assertThat(packed(weighted(0, false)).block(0, 1).labels().get("click").mask()[0]).isFalse();
    assertThatThrownBy(() -> packed(weighted(-1, true)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 0");
  }

  @Test
  void tooFewRecordsAreRefused() {
    RowLayout layout = new RowLayout(2, 0, List.of(), false);
    assertThatThrownBy(() -> new PackedRows(layout, 3, List.of(IntBuffer.allocate(5))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 records of 2 words");
  }
}
