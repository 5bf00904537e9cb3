package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.feature.EncodedFeatures;
import org.mtl4j.core.model.Baseline;
import org.mtl4j.core.model.FittingRows;
import org.mtl4j.core.model.TaskPredictor;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.TaskType;

/**
 * What every {@link Baseline} promises. Subclass it for one of your own; the return type of {@link
 * #baseline} says what is tested.
 */
public abstract class BaselineContractTest {
  private static final int ROWS = 600;

  private final SmallProblem problem = SmallProblem.withFunnel("click", "buy");

  /** The baseline. */
  protected abstract Baseline baseline();

  @Test
  void predictionsAreProbabilitiesOrNumbersOfTheOutputsWidth() {
    EncodedRows rows = rows();
    for (FittedTask task : problem.tasks()) {
      float[] found = fit(task, rows).predict(features(rows));
      int width = task.encoding().width();
      assertThat(found).as(task.name()).hasSize(rows.rowCount() * width);
      for (int r = 0; r < rows.rowCount(); r++) {
        float[] row = Arrays.copyOfRange(found, r * width, (r + 1) * width);
        assertRow(task, row);
      }
    }
  }

  private static void assertRow(FittedTask task, float... row) {
    double sum = 0;
    for (float value : row) {
      assertThat(value).as(task.name()).isFinite();
      if (!(task.task().type() instanceof TaskType.Regression)) {
        assertThat(value).as(task.name()).isBetween(0f, 1f);
      }
      sum += value;
    }
    if (task.task().type().isClass()) {
      assertThat(sum).as("probabilities of " + task.name()).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void sameRowsAndSeedGiveTheSameBytes() {
    EncodedRows rows = rows();
    for (FittedTask task : problem.tasks()) {
      assertThat(bytes(fit(task, rows))).as(task.name()).isEqualTo(bytes(fit(task, rows)));
    }
  }

  @Test
  void whatIsReadAgainPredictsTheSame() throws IOException {
    EncodedRows rows = rows();
    for (FittedTask task : problem.tasks()) {
      TaskPredictor written = fit(task, rows);
      byte[] bytes = bytes(written);
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      TaskPredictor read = baseline().read(problem.pipeline(), in);
      assertThat(in.read()).as("bytes left of " + task.name()).isEqualTo(-1);
      assertThat(bytes(read)).as(task.name()).isEqualTo(bytes);
      assertThat(read.predict(features(rows)))
          .as(task.name())
          .isEqualTo(written.predict(features(rows)));
    }
  }

  @Test
  void rowsWithoutASayChangeNothing() {
    EncodedRows rows = rows();
    Random random = TestSeed.random();
    boolean[] silent = new boolean[rows.rowCount()];
    int[] others = new int[rows.rowCount()];
    int count = 0;
    for (int r = 0; r < silent.length; r++) {
      silent[r] = random.nextInt(3) == 0;
      if (!silent[r]) {
        others[count++] = r;
      }
    }
    EncodedRows littered = RowEdits.litter(RowEdits.silence(rows, silent), random);
    EncodedRows without = RowEdits.select(rows, Arrays.copyOf(others, count));
    for (FittedTask task : problem.tasks()) {
      assertThat(bytes(fit(task, littered)))
          .as("%s, seed %d", task.name(), TestSeed.value())
          .isEqualTo(bytes(fit(task, without)));
    }
  }

  @Test
  void theUnitOfExampleWeightsDoesNotMatterButTheirRatiosDo() {
    EncodedRows rows = rows();
    FittedTask task = problem.tasks().get(0);
    byte[] bytes = bytes(fit(task, rows));
    assertThat(bytes(fit(task, RowEdits.scaleWeights(rows, 4)))).isEqualTo(bytes);
    double mean = mean(fit(task, rows), rows);
    LabelColumn labels = rows.labels().get(task.name());
    for (int r = 0; r < rows.rowCount(); r++) {
      labels.weights()[r] *= labels.labels()[r] == 1 ? 3 : 1;
    }
    assertThat(mean(fit(task, rows), rows)).isGreaterThan(mean);
  }

  private static double mean(TaskPredictor predictor, EncodedRows rows) {
    double sum = 0;
    for (float value : predictor.predict(features(rows))) {
      sum += value;
    }
    return sum / rows.rowCount();
  }

  @Test
  void itRanksRowsAsTheirLabelsAre() {
    EncodedRows rows = rows();
    FittedTask task = problem.tasks().get(0);
    assertThat(auc(fit(task, rows).predict(features(rows)), rows.labels().get(task.name())))
        .as("seed %d", TestSeed.value())
        .isGreaterThan(.85);
  }

  /** How often a row of label 1 is above one of label 0, pair by pair. */
  private static double auc(float[] scores, LabelColumn labels) {
    double above = 0;
    long pairs = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        if (labels.labels()[i] == 1 && labels.labels()[j] == 0) {
          above += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? .5 : 0;
          pairs++;
        }
      }
    }
    return above / pairs;
  }

  @Test
  void rowHasTheSameNumbersAloneAndAmongOthers() {
    EncodedRows rows = rows();
    for (FittedTask task : problem.tasks()) {
      TaskPredictor predictor = fit(task, rows);
      float[] together = predictor.predict(features(rows));
      int width = task.encoding().width();
      for (int r = 0; r < rows.rowCount(); r += 50) {
        assertThat(predictor.predict(features(RowEdits.select(rows, r))))
            .as(task.name())
            .isEqualTo(Arrays.copyOfRange(together, r * width, (r + 1) * width));
      }
    }
  }

  private EncodedRows rows() {
    return problem.rows(ROWS, baseline(), TestSeed.random());
  }

  private TaskPredictor fit(FittedTask task, EncodedRows rows) {
    return baseline().fit(task, new FittingRows(problem.pipeline(), rows, new Seed(7), 2));
  }

  private static EncodedFeatures features(EncodedRows rows) {
    return new EncodedFeatures(rows.rowCount(), rows.ids(), rows.dense());
  }

  private static byte[] bytes(TaskPredictor predictor) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      predictor.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
