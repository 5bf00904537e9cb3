package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.StaticWeights;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.MatrixProducts;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.core.optimizer.Adagrad;
import org.mtl4j.core.optimizer.Adam;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.training.StateTensor;
import org.mtl4j.core.training.StepLosses;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingSession;

class TrainingSessionTest {
  private static final SmallProblem PROBLEM = SmallProblem.withFunnel("click");
  private static final LinearModel MODEL = new LinearModel();

  /** More rows of width 16 than one slice of 8 MiB holds, which is 131,072 in float32. */
  private static final int MANY_IDS = 200_000;

  private static EncodedRows rows(int n) {
    return PROBLEM.rows(n, MODEL, TestSeed.random());
  }

  private static StepLosses step(TrainingSession session, EncodedRows rows, long number) {
    Batch batch = new Batch(session.batchLayout(rows.rowCount()));
    batch.fill(rows, IntStream.range(0, rows.rowCount()).toArray(), 0, rows.rowCount());
    return session.step(batch, number);
  }

  private static void assertSamePredictions(
      TrainingSession actual, TrainingSession expected, EncodedRows rows) {
    Predictions predictions = actual.predict(rows);
    expected
        .predict(rows)
        .values()
        .forEach(
            (output, values) -> assertThat(predictions.values().get(output)).isEqualTo(values));
  }

  @Test
  void restoredSessionGoesOnAsTheFirstWouldHave() throws IOException {
    EncodedRows rows = rows(60);
    try (TrainingSession first = new TrainingSession(PROBLEM.trainer(MODEL, 1));
        TrainingSession second = new TrainingSession(PROBLEM.trainer(MODEL, 2))) {
      for (int number = 1; number <= 5; number++) {
        step(first, rows, number);
      }
      step(second, rows, 1);
      second.restore(first.state());
      assertThat(StateValues.bytes(second.state())).isEqualTo(StateValues.bytes(first.state()));
      assertSamePredictions(second, first, rows);
      for (int number = 6; number <= 10; number++) {
        assertThat(step(second, rows, number)).isEqualTo(step(first, rows, number));
      }
      assertThat(StateValues.bytes(second.state())).isEqualTo(StateValues.bytes(first.state()));
    }
  }

  @Test
  void stateNamesEveryVariableTableAndSlot() {
    try (TrainingSession session = new TrainingSession(PROBLEM.trainer(MODEL, 1))) {
      assertThat(session.state().tensors())
          .extracting(StateTensor::name)
          .contains(
              "head_click/logit/kernel",
              "head_click/logit/bias",
              "optimizer/adam_m/head_click/logit/kernel",
              "optimizer/adam_v/head_click/logit/kernel",
              "embedding/user",
              "embedding/item",
              "embedding/hour",
              "optimizer/adagrad/embedding/user")
          .doesNotHaveDuplicates();
      assertThat(session.state().tensors())
          .filteredOn(tensor -> tensor.name().equals("embedding/user"))
          .containsExactly(
              new StateTensor("embedding/user", List.of(11L, 4L), FloatType.FLOAT32, true));
    }
  }

  @Test
  void stateOfAnotherModelIsRefused() {
    SmallProblem other = SmallProblem.withFunnel("click", "purchase");
    try (TrainingSession first = new TrainingSession(PROBLEM.trainer(MODEL, 1));
        TrainingSession second = new TrainingSession(other.trainer(MODEL, 1))) {
      assertThatThrownBy(() -> second.restore(first.state()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("head_purchase/logit/kernel");
    }
  }

  @Test
  void morePredictionsThanOneRunHoldsComeInOrder() {
    EncodedRows few = rows(10);
    int repeats = 900;
    int[] again = IntStream.range(0, 10 * repeats).map(i -> i % 10).toArray();
    try (TrainingSession session = new TrainingSession(PROBLEM.trainer(MODEL, 1))) {
      float[] once = session.predict(few).values().get("genre");
      float[] many = session.predict(RowEdits.select(few, again)).values().get("genre");
      assertThat(many).hasSize(once.length * repeats);
      for (int i = 0; i < many.length; i++) {
        assertThat(Math.abs(many[i] - once[i % once.length])).as("value %d", i).isLessThan(1e-6f);
      }
    }
  }

  @Test
  void tableOfSeveralSlicesIsReadAndRestoredWhole() throws IOException {
    EncodedRows rows = largeRows(500);
    try (TrainingSession first = new TrainingSession(largeTrainer(1));
        TrainingSession second = new TrainingSession(largeTrainer(2))) {
      for (int number = 1; number <= 3; number++) {
        step(first, rows, number);
      }
      assertThat(piecesOf(first, "embedding/item")).isGreaterThan(1);
      Map<String, ByteBuffer> expected = StateValues.bytes(first.state());
      assertThat(StateValues.bytes(second.state())).isNotEqualTo(expected);
      second.restore(first.state());
      assertThat(StateValues.bytes(second.state())).isEqualTo(expected);
      assertSamePredictions(second, first, rows);
      assertThat(step(second, rows, 4)).isEqualTo(step(first, rows, 4));
    }
  }

  private static int piecesOf(TrainingSession session, String name) throws IOException {
    StateTensor tensor =
        session.state().tensors().stream()
            .filter(t -> t.name().equals(name))
            .findFirst()
            .orElseThrow();
    List<Integer> sizes = new ArrayList<>();
    session.state().read(tensor, piece -> sizes.add(piece.remaining()));
    return sizes.size();
  }

  @Test
  void addingATableChangesNoOtherTablesFirstValues() {
    try (TrainingSession alone = new TrainingSession(trainer(List.of(item(50)), 3));
        TrainingSession joined =
            new TrainingSession(trainer(List.of(categorical("brand", 20), item(50)), 3))) {
      assertThat(StateValues.of(joined.state()).get("embedding/item"))
          .isEqualTo(StateValues.of(alone.state()).get("embedding/item"));
    }
  }

  private static TrainerSpec largeTrainer(long seed) {
    return trainer(List.of(categorical("user", 30), item(MANY_IDS)), seed);
  }

  private static FittedFeature item(int ids) {
    return categorical("item", ids);
  }

  private static FittedFeature categorical(String name, int ids) {
    return new FittedCategorical(
        new CategoricalFeature(
            name, name, Optional.empty(), name, 16, new CategoricalFeature.Hashed(ids - 1)),
        Optional.empty());
  }

  private static TrainerSpec trainer(List<FittedFeature> features, long seed) {
    List<FittedTask> click = PROBLEM.tasks().subList(0, 1);
    return new TrainerSpec(
        new FeaturePipeline(features),
        click,
        MODEL,
        new TrainerSpec.Updates(
            new StaticWeights(), new Adam(0.01, 0.9, 0.999, 1e-7), new Adagrad(0.1, 0.1, 1e-7)),
        new TrainerSpec.Execution(new Seed(seed), FloatType.FLOAT32, 2, MatrixProducts.SEPARATE));
  }

  /** Rows over the users and the many items, the very last of which among them. */
  private static EncodedRows largeRows(int n) {
    Random random = TestSeed.random();
    int[] items = random.ints(n, 0, MANY_IDS).toArray();
    items[0] = MANY_IDS - 1;
    float[] labels = new float[n];
    boolean[] mask = new boolean[n];
    float[] weights = new float[n];
    for (int r = 0; r < n; r++) {
      labels[r] = items[r] % 2;
      mask[r] = true;
      weights[r] = 1;
    }
    return new EncodedRows(
        n,
        List.of(random.ints(n, 0, 30).toArray(), items),
        List.of(),
        Map.of("click", new LabelColumn(labels, mask, weights)),
        Optional.empty());
  }
}
