package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.core.model.Predictor;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;

/**
 * What every {@link Predictor} promises that treats each row by itself. Subclass it for a predictor
 * of your own, over a baseline say; evaluation and ranking trust in no more than this.
 */
public abstract class PredictorContractTest {
  /** A predictor, opened at each call; the contract closes it. */
  protected abstract Predictor predictor();

  /** Rows that it understands, the same at each call: at least 11, not all alike. */
  protected abstract RawBatch rows();

  /** How far apart the numbers of a row may be that is predicted in another company. */
  protected float tolerance() {
    return 1e-6f;
  }

  @Test
  void everyOutputHasFiniteNumbersForEveryRow() {
    RawBatch rows = rows();
    Predictions predictions = predict(rows);
    assertThat(rows.rowCount()).as("rows of the contract").isGreaterThan(10);
    assertThat(predictions.rowCount()).isEqualTo(rows.rowCount());
    assertThat(predictions.values()).isNotEmpty();
    predictions
        .values()
        .forEach(
            (output, values) -> {
              assertThat(values).as(output).isNotEmpty();
              assertThat(values.length % rows.rowCount()).as("odd numbers of " + output).isZero();
              for (float value : values) {
                assertThat(value).as(output).isFinite();
              }
            });
  }

  @Test
  void someRowsDifferFromOthers() {
    Predictions predictions = predict(rows());
    assertThat(predictions.values().keySet())
        .anyMatch(output -> !Arrays.equals(row(predictions, output, 0), last(predictions, output)));
  }

  private static float[] last(Predictions predictions, String output) {
    return row(predictions, output, predictions.rowCount() - 1);
  }

  @Test
  void sameRowsGiveTheSameNumbersAgain() {
    try (Predictor predictor = predictor()) {
      Map<String, float[]> first = predictor.predict(rows()).values();
      Map<String, float[]> again = predictor.predict(rows()).values();
      assertThat(again.keySet()).containsExactlyElementsOf(first.keySet());
      first.forEach((output, values) -> assertThat(again.get(output)).as(output).isEqualTo(values));
    }
  }

  @Test
  void rowHasTheSameNumbersAloneAndAmongOthers() {
    RawBatch rows = rows();
    try (Predictor predictor = predictor()) {
      Predictions together = predictor.predict(rows);
      for (int r = 0; r < rows.rowCount(); r++) {
        assertRow(predictor.predict(rows.select(new int[] {r})), 0, together, r);
      }
    }
  }

  @Test
  void rowsInAnotherOrderGivePredictionsInThatOrder() {
    RawBatch rows = rows();
    int[] order = RandomRows.permutation(rows.rowCount(), TestSeed.random());
    try (Predictor predictor = predictor()) {
      Predictions straight = predictor.predict(rows);
      Predictions permuted = predictor.predict(rows.select(order));
      for (int r = 0; r < order.length; r++) {
        assertRow(permuted, r, straight, order[r]);
      }
    }
  }

  @Test
  void columnsThatItDoesNotKnowChangeNothing() {
    RawBatch rows = rows();
    double[] numbers = new double[rows.rowCount()];
    String[] texts = new String[rows.rowCount()];
    for (int r = 0; r < numbers.length; r++) {
      numbers[r] = r;
      texts[r] = "row " + r;
    }
    Columns more =
        new Columns(
            List.of(
                new Columns.Column("a number nobody asked for", ColumnType.NUMBER),
                new Columns.Column("a text nobody asked for", ColumnType.TEXT)));
    Map<String, float[]> expected = predict(rows).values();
    Map<String, float[]> found = predict(rows.with(more, List.of(numbers, texts))).values();
    assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
    expected.forEach((output, v) -> assertThat(found.get(output)).as(output).isEqualTo(v));
  }

  @Test
  void rowsAreLeftAsTheyWere() {
    RawBatch rows = rows();
    predict(rows);
    assertThat(spell(rows)).isEqualTo(spell(rows()));
  }

  @Test
  void closedPredictorRefusesToPredict() {
    Predictor predictor = predictor();
    predictor.close();
    predictor.close();
    assertThatThrownBy(() -> predictor.predict(rows())).isInstanceOf(IllegalStateException.class);
  }

  private Predictions predict(RawBatch rows) {
    try (Predictor predictor = predictor()) {
      return predictor.predict(rows);
    }
  }

  private void assertRow(Predictions found, int foundRow, Predictions expected, int expectedRow) {
    assertThat(found.values().keySet()).containsExactlyElementsOf(expected.values().keySet());
    for (String output : expected.values().keySet()) {
      assertThat(row(found, output, foundRow))
          .as("%s of row %d, seed %d", output, expectedRow, TestSeed.value())
          .containsExactly(row(expected, output, expectedRow), within(tolerance()));
    }
  }

  private static float[] row(Predictions predictions, String output, int row) {
    float[] values = predictions.values().get(output);
    int width = values.length / predictions.rowCount();
    return Arrays.copyOfRange(values, row * width, (row + 1) * width);
  }

  private static List<String> spell(RawBatch rows) {
    List<String> cells = new ArrayList<>();
    for (int r = 0; r < rows.rowCount(); r++) {
      for (int c = 0; c < rows.columns().size(); c++) {
        cells.add(rows.text(c, r));
      }
    }
    return cells;
  }
}
