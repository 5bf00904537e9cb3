package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.serving.model.MtlModel;

/**
 * The area under the curve of {@code click} by another way than a run's own: what its export
 * predicts for the raw rows of a split, and then every pair of a click and none.
 */
final class CountedArea {
  private static final int ROWS = 10_000;

  private CountedArea() {}

  static double of(Run run, Split split) {
    ExperimentService service = MtlServices.standard();
    ExperimentPlan plan = service.read(ConfigFile.read(run.files().experiment()));
    BatchSource rows = service.datasets().splits(plan).rows(split);
    try (MtlModel model = run.model();
        RawCursor cursor = rows.open()) {
      RawBatch block = cursor.next(ROWS).orElseThrow();
      assertThat(cursor.next(1)).as("more than one block").isEmpty();
      return area(model.predict(block).values().get("click"), block);
    }
  }

  private static double area(float[] scores, RawBatch rows) {
    int click = rows.columns().indexOf("click");
    double right = 0;
    double pairs = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        if (rows.number(click, i) == 1 && rows.number(click, j) == 0) {
          pairs++;
          right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }
    assertThat(pairs).as("pairs").isGreaterThan(1000);
    return right / pairs;
  }
}
