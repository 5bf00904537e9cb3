package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.feature.FittedNumeric;
import org.mtl4j.core.feature.FittedPretrained;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.NumericFeature;
import org.mtl4j.core.schema.NumericTransform;
import org.mtl4j.core.schema.PretrainedFeature;
import org.mtl4j.core.schema.PretrainedVectors;
import org.mtl4j.core.schema.Vocabulary;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.training.CheckpointStore;
import org.mtl4j.core.training.EpochLosses;
import org.mtl4j.core.training.Progress;
import org.mtl4j.core.training.StateTensor;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingSession;

/** Tables whose first values a file has, trained and not, beside one that is drawn. */
class PretrainedTableTest {
  private static final int ROWS = 40;
  private static final List<String> IDS = List.of("a", "b", "c", "d", "e");

  /** In the rows, with a missing and an unknown one; the others' vectors nobody touches. */
  private static final List<String> USED = List.of("a", "b", "", "nobody");

  @TempDir Path folder;

  private final Random random = TestSeed.random();
  private final Map<String, List<float[]>> files = new LinkedHashMap<>();

  private FittedFeature pretrained(String name, int dim, boolean trainable) {
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < IDS.size(); i++) {
      float[] vector = new float[dim];
      for (int k = 0; k < dim; k++) {
        vector[k] = random.nextFloat() - 0.5f;
      }
      vectors.add(vector);
    }
    files.put(name, vectors);
    return FittedPretrained.of(
        new PretrainedFeature(name, name, Optional.empty(), name + ".txt", trainable),
        new Vocabulary(IDS),
        new PretrainedVectors(vectors.stream().map(float[]::clone).toList()),
        Set.of("?"));
  }

  private FeaturePipeline pipeline() {
    CategoricalFeature user =
        new CategoricalFeature(
            "user", "user", Optional.empty(), "user", 4, new CategoricalFeature.Hashed(3));
    NumericFeature age =
        new NumericFeature("age", "age", Optional.empty(), NumericTransform.NONE, false);
    return new FeaturePipeline(
        List.of(
            pretrained("still", 4, false),
            new FittedCategorical(user, Optional.empty()),
            new FittedNumeric(age, 0, 0, 1),
            pretrained("tuned", 4, true),
            pretrained("narrow", 2, false)));
  }

  private static TrainingSession session(FeaturePipeline pipeline, long seed) {
    List<FittedTask> tasks = SmallProblem.withFunnel("click").tasks().subList(0, 1);
    TrainerSpec small = SmallProblem.withFunnel("click").trainer(new LinearModel(), seed);
    return new TrainingSession(
        new TrainerSpec(pipeline, tasks, small.model(), small.updates(), small.execution()));
  }

  private List<Map<String, Object>> raw() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int r = 0; r < ROWS; r++) {
      Map<String, Object> row = new LinkedHashMap<>();
      for (String name : List.of("still", "tuned", "narrow")) {
        row.put(name, USED.get(random.nextInt(USED.size())));
      }
      row.put("user", "u" + random.nextInt(5));
      row.put("age", random.nextGaussian());
      rows.add(row);
    }
    return rows;
  }

  private EncodedRows labelled(FeaturePipeline pipeline, List<Map<String, Object>> raw) {
    EncodedRows rows = SmallExport.encode(pipeline, SmallExport.batch(raw));
    float[] labels = new float[ROWS];
    float[] weights = new float[ROWS];
    boolean[] mask = new boolean[ROWS];
    Arrays.fill(weights, 1);
    Arrays.fill(mask, true);
    for (int r = 0; r < ROWS; r++) {
      labels[r] = random.nextInt(2);
    }
    LabelColumn click = new LabelColumn(labels, mask, weights, 0);
    return new EncodedRows(
        ROWS, rows.ids(), rows.dense(), Map.of("click", click), Optional.empty());
  }

  private static void train(TrainingSession session, EncodedRows rows) {
    Batch batch = new Batch(session.batchLayout(ROWS));
    batch.fill(rows, IntStream.range(0, ROWS).toArray(), 0, ROWS);
    for (int step = 1; step <= 5; step++) {
      session.step(batch, step);
    }
  }

  /** The table as the file has it, behind two rows of zeros. */
  private double[] table(String name) {
    int dim = files.get(name).get(0).length;
    double[] table = new double[(IDS.size() + 2) * dim];
    for (int i = 0; i < IDS.size(); i++) {
      for (int k = 0; k < dim; k++) {
        table[(i + 2) * dim + k] = files.get(name).get(i)[k];
      }
    }
    return table;
  }

  /** Logits in plain arrays: trained tables, then frozen ones by width, then the number. */
  private void assertPredictions(
      TrainingSession session, EncodedRows rows, List<Map<String, Object>> raw) {
    Map<String, double[]> state = StateValues.of(session.state());
    double[] kernel = state.get("head_click/logit/kernel");
    float[] found = session.predict(rows).values().get("click");
    assertThat(kernel).hasSize(4 + 4 + 2 + 4 + 1);
    for (int r = 0; r < ROWS; r++) {
      double logit = state.get("head_click/logit/bias")[0];
      int at = 0;
      int user = rows.ids().get(1)[r];
      for (int k = 0; k < 4; k++) {
        logit += kernel[at++] * state.get("embedding/user")[user * 4 + k];
      }
      int tuned = row(raw.get(r).get("tuned"));
      for (int k = 0; k < 4; k++) {
        logit += kernel[at++] * state.get("embedding/tuned")[tuned * 4 + k];
      }
      for (String name : List.of("narrow", "still")) {
        int dim = files.get(name).get(0).length;
        for (int k = 0; k < dim; k++) {
          logit += kernel[at++] * table(name)[row(raw.get(r).get(name)) * dim + k];
        }
      }
      logit += kernel[at] * ((Number) raw.get(r).get("age")).floatValue();
      assertThat((double) found[r])
          .as("row %d, seed %d", r, TestSeed.value())
          .isEqualTo(1 / (1 + Math.exp(-logit)), within(1e-6));
    }
  }

  private static int row(Object id) {
    return id.equals("") ? 0 : IDS.contains(id) ? 2 + IDS.indexOf(id) : 1;
  }

  @Test
  void frozenVectorsStayAndOthersChangeWhereRowsTouchThem() {
    FeaturePipeline pipeline = pipeline();
    List<Map<String, Object>> raw = raw();
    EncodedRows rows = labelled(pipeline, raw);
    try (TrainingSession session = session(pipeline, 1)) {
      Map<String, double[]> before = StateValues.of(session.state());
      for (String name : files.keySet()) {
        assertThat(before.get("embedding/" + name)).as(name).isEqualTo(table(name));
      }
      assertPredictions(session, rows, raw);
      train(session, rows);
      Map<String, double[]> after = StateValues.of(session.state());
      assertPredictions(session, rows, raw);
      assertThat(after.get("embedding/still")).isEqualTo(table("still"));
      assertThat(after.get("embedding/narrow")).isEqualTo(table("narrow"));
      double[] tuned = after.get("embedding/tuned");
      for (int i = 0; i < tuned.length; i++) {
        boolean touched = i / 4 < 2 + List.of("a", "b").size();
        assertThat(tuned[i] != table("tuned")[i]).as("element %d", i).isEqualTo(touched);
      }
      assertThat(session.state().tensors())
          .extracting(StateTensor::name)
          .contains("optimizer/adagrad/embedding/tuned", "optimizer/adagrad/embedding/user")
          .doesNotContain(
              "optimizer/adagrad/embedding/still", "optimizer/adagrad/embedding/narrow");
    }
  }

  @Test
  void checkpointHoldsThemToo() throws Exception {
    FeaturePipeline pipeline = pipeline();
    CheckpointStore store = new CheckpointStore(folder);
    try (TrainingSession first = session(pipeline, 1);
        TrainingSession second = session(pipeline, 2)) {
      train(first, labelled(pipeline, raw()));
      store.save(
          first.state(), new Progress(5, 1, EpochLosses.none(), new Progress.Best(5, 0.5, 1)));
      second.restore(store.latest().orElseThrow());
      assertThat(StateValues.bytes(second.state())).isEqualTo(StateValues.bytes(first.state()));
    }
  }

  @Test
  void modelOfFrozenVectorsAloneLearns() {
    FeaturePipeline pipeline = new FeaturePipeline(List.of(pretrained("still", 3, false)));
    EncodedRows rows = labelled(pipeline, raw());
    try (TrainingSession session = session(pipeline, 1)) {
      double[] kernel = StateValues.of(session.state()).get("head_click/logit/kernel");
      train(session, rows);
      Map<String, double[]> after = StateValues.of(session.state());
      assertThat(after.get("embedding/still")).isEqualTo(table("still"));
      assertThat(after.get("head_click/logit/kernel")).isNotEqualTo(kernel);
    }
  }

  @Test
  void markersOfTheSourceAreMissingAndServedIdsAreInTheFile() {
    FeaturePipeline pipeline = pipeline();
    Map<String, Object> row = new LinkedHashMap<>(raw().get(0));
    row.put("still", "?");
    assertThat(pipeline.encode(SmallExport.batch(List.of(row))).ids().get(0)).containsExactly(0);
    List<FittedFeature> features = pipeline.features();
    new FeaturePipeline(features, Map.of("still", "c"));
    assertThatThrownBy(() -> new FeaturePipeline(features, Map.of("still", "z")))
        .isInstanceOf(MtlException.class)
        .hasMessage(
            "features.still.serve_as: Expected an id that has a vector in still.txt, found \"z\"."
                + " Serving would give zeros: \"\", a missing id, says so.");
  }
}
