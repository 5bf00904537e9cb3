package org.mtl4j.experiment.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.model.Predictions;

/** Conversion rates beside the truth, on four rows of which two were clicked. */
class FunnelRowsTest {
  private static final RawBatch ROWS = rows();

  private static RawBatch rows() {
    double[][] rows = {{1, 0.5, 0.4}, {0, 0.1, 0.05}, {1, 0.3, 0.1}, {0, 0.2, 0.02}};
    List<Map<String, Double>> maps =
        List.of(rows).stream()
            .map(row -> Map.of("click", row[0], "true_cart", row[1], "true_through_cart", row[2]))
            .toList();
    try (RawCursor cursor = BatchSource.of(maps).open()) {
      return cursor.next(rows.length).orElseThrow();
    }
  }

  private static Map<String, Double> figures(Map<String, float[]> predicted) {
    FunnelRows funnel = new FunnelRows();
    funnel.add(ROWS, new Predictions(ROWS.rowCount(), predicted));
    return funnel.figures();
  }

  @Test
  void truthItselfHasNoBiasAndNoError() {
    Map<String, Double> figures = figures(Map.of("cart", new float[] {0.5f, 0.1f, 0.3f, 0.2f}));
    assertThat(figures.get("cvr_bias_all")).isCloseTo(0, within(1e-7));
    assertThat(figures.get("cvr_bias_clicked")).isCloseTo(0, within(1e-7));
    assertThat(figures.get("cvr_error_all")).isCloseTo(0, within(1e-7));
    assertThat(figures).doesNotContainKey("ctcvr_auc_all");
  }

  /**
   * All rows: truth 1.1, predicted 2.2. Those that were clicked: .8 and 1. Among these the pair is
   * in the wrong order: .3 * .5 of .5 * .7 + .3 * .5.
   */
  @Test
  void figuresByHand() {
    Map<String, Double> figures = figures(Map.of("cart", new float[] {0.4f, 0.6f, 0.6f, 0.6f}));
    assertThat(figures.get("cvr_bias_all")).isCloseTo(2.2 / 1.1 - 1, within(1e-6));
    assertThat(figures.get("cvr_bias_clicked")).isCloseTo(1 / 0.8 - 1, within(1e-6));
    assertThat(figures.get("cvr_auc_clicked")).isCloseTo(0.15 / 0.5, within(1e-6));
    assertThat(figures.get("cvr_error_all"))
        .isCloseTo(Math.sqrt((0.01 + 0.25 + 0.09 + 0.16) / 4), within(1e-6));
  }

  @Test
  void wholeConversionIsTheModelsOwnOrTheProduct() {
    float[] conversion = {0.5f, 0.1f, 0.3f, 0.2f};
    Map<String, float[]> product = new LinkedHashMap<>();
    product.put("click", new float[] {0.1f, 0.9f, 0.5f, 0.2f}); // .05, .09, .15, .04
    product.put("cart", conversion);
    Map<String, float[]> own = new LinkedHashMap<>(product);
    own.put("through_cart", new float[] {0.05f, 0.09f, 0.15f, 0.04f});
    assertThat(figures(own).get("ctcvr_auc_all"))
        .isEqualTo(figures(product).get("ctcvr_auc_all"))
        .isLessThan(0.5);
  }
}
