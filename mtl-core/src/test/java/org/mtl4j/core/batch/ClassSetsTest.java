package org.mtl4j.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Labels that are sets, from arrays into records and into batches, beside one that is a number. */
class ClassSetsTest {
  private static final long SEED = Long.getLong("mtl.test.seed", 1L);
  private static final int ROWS = 20;
  private static final int[] SIZES = {1, 31, 32, 33, 64, 300};

  private static LabelColumn sets(int classes, Random random) {
    float[] labels = new float[ROWS * classes];
    boolean[] mask = new boolean[ROWS];
    float[] weights = new float[ROWS];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(2);
    }
    for (int row = 0; row < ROWS; row++) {
      mask[row] = random.nextInt(4) > 0;
      weights[row] = random.nextInt(3);
    }
    return new LabelColumn(labels, mask, weights, classes);
  }

  /** A number stands before the sets in a record, and one behind them. */
  private static EncodedRows rows(int classes, Random random) {
    EncodedRows others = TestEncoded.random(ROWS, SEED);
    Map<String, LabelColumn> labels = new LinkedHashMap<>(others.labels());
    labels.put("moods", sets(classes, random));
    labels.put("rating", others.labels().get("click"));
    return new EncodedRows(ROWS, others.ids(), others.dense(), labels, Optional.empty());
  }

  @Test
  void recordsGiveTheSetsBack() {
    Random random = new Random(SEED);
    for (int classes : SIZES) {
      EncodedRows rows = rows(classes, random);
      RowLayout layout = rows.layout();
      assertThat(layout.words()).isEqualTo(3 + 2 + 2 + (classes + 31) / 32 + 1 + 2);
      int[] records = PackedRows.records(layout, rows);
      EncodedRows block =
          new PackedRows(layout, ROWS, List.of(IntBuffer.wrap(records))).block(3, ROWS - 3);
      LabelColumn expected = rows.labels().get("moods");
      LabelColumn found = block.labels().get("moods");
      assertThat(found.classes()).isEqualTo(classes);
      for (int row = 0; row < ROWS - 3; row++) {
        assertThat(found.mask()[row]).isEqualTo(expected.mask()[row + 3]);
        for (int c = 0; c < classes; c++) {
          boolean has = expected.mask()[row + 3] && expected.labels()[(row + 3) * classes + c] == 1;
          assertThat(found.labels()[row * classes + c])
              .as("row %d, class %d of %d, seed %d", row, c, classes, SEED)
              .isEqualTo(has ? 1 : 0);
        }
      }
      assertThat(block.labels().get("rating").mask()[0])
          .isEqualTo(rows.labels().get("rating").mask()[3]);
    }
  }

  @Test
  void batchHasTheSetsOfRowsThatHaveASay() {
    Random random = new Random(SEED);
    for (int classes : SIZES) {
      EncodedRows rows = rows(classes, random);
      BatchLayout layout =
          new BatchLayout(
              ROWS, List.of(TestEncoded.STORE), 2, List.of(new LabelShape("moods", classes)));
      Batch batch = new Batch(layout);
      int[] order = IntStream.range(0, ROWS).map(i -> ROWS - 1 - i).toArray();
      batch.fill(rows, order, 0, ROWS);
      FloatBuffer labels = batch.labels("moods");
      assertThat(labels.remaining()).isEqualTo(ROWS * classes);
      LabelColumn column = rows.labels().get("moods");
      for (int r = 0; r < ROWS; r++) {
        int row = order[r];
        float say = column.mask()[row] ? column.weights()[row] : 0;
        assertThat(batch.weights("moods").get(r)).isEqualTo(say);
        for (int c = 0; c < classes; c++) {
          float expected = say > 0 ? column.labels()[row * classes + c] : 0;
          assertThat(labels.get(r * classes + c))
              .as("row %d, class %d of %d, seed %d", row, c, classes, SEED)
              .isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void labelThatIsNeitherYesNorNoIsRefusedWhereItHasASay() {
    for (boolean say : new boolean[] {true, false}) {
      LabelColumn column =
          new LabelColumn(new float[] {1, Float.NaN}, new boolean[] {say}, new float[] {1}, 2);
      EncodedRows rows =
          new EncodedRows(1, List.of(), List.of(), Map.of("moods", column), Optional.empty());
      if (say) {
        assertThatThrownBy(() -> PackedRows.records(rows.layout(), rows))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("class 1: expected 0 or 1, found NaN");
      } else {
        assertThat(PackedRows.records(rows.layout(), rows)).containsExactly(0, RowLayout.NO_SAY);
      }
    }
  }

  @Test
  void labelsOfAnotherNumberOfClassesAreRefused() {
    assertThatThrownBy(() -> new LabelColumn(new float[3], new boolean[2], new float[2], 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected equal lengths, found 3 labels of 2 classes, 2 masks, 2 weights");
    RowLayout layout = new RowLayout(0, 0, List.of(new LabelShape("moods", 3)), false);
    assertThatThrownBy(() -> layout.labelAt(new LabelShape("moods", 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("moods");
  }
}
