package org.mtl4j.serving.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.ListColumns;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.feature.EncodedFeatures;
import org.mtl4j.core.graph.WideOps;
import org.mtl4j.core.head.TaskHead;
import org.mtl4j.core.manifest.Explanation;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.testkit.LinearModel;
import org.mtl4j.testkit.SmallExport;
import org.mtl4j.testkit.SmallProblem;
import org.mtl4j.testkit.StateValues;
import org.mtl4j.testkit.TestSeed;
import org.tensorflow.ndarray.Shape;

/** Of a linear model, whose attributions are weights times values, from plain arrays. */
class IntegratedGradientsTest {
  private static final SmallProblem PROBLEM = SmallProblem.withFunnel("click");
  private static final int STEPS = 64;

  @TempDir Path folder;

  private Path export;

  @BeforeEach
  void export() {
    export = folder.resolve("1");
    SmallExport.write(PROBLEM, new LinearModel(), export);
  }

  /** The numbers that {@link SmallExport} exports, which follow from its seed. */
  private static Map<String, double[]> state() {
    try (TrainingSession session =
        new TrainingSession(PROBLEM.trainer(new LinearModel(), SmallExport.SEED))) {
      return StateValues.of(session.state());
    }
  }

  /** A column of a kernel [W, columns], W being hour, tags, user, item, last item, numbers. */
  private static double[] weights(double[] kernel, int column, int columns) {
    double[] weights = new double[kernel.length / columns];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = kernel[i * columns + column];
    }
    return weights;
  }

  private static double product(double[] table, int id, double[] weights, int first, int dim) {
    double sum = 0;
    for (int d = 0; d < dim; d++) {
      sum += table[id * dim + d] * weights[first + d];
    }
    return sum;
  }

  private static Map<String, Double> expected(
      Map<String, double[]> state, EncodedFeatures row, double[] w) {
    Map<String, Double> adds = new LinkedHashMap<>();
    List<int[]> ids = row.ids();
    double[] items = state.get("embedding/item");
    adds.put("hour", product(state.get("embedding/hour"), ids.get(1)[0], w, 0, 2));
    double tags = 0;
    int count = 0;
    for (int[] tag : ids.subList(4, 7)) {
      if (tag[0] != ListColumns.PADDING) {
        tags += product(state.get("embedding/tag"), tag[0], w, 2, 2);
        count++;
      }
    }
    adds.put("tags", count == 0 ? 0 : tags / count);
    adds.put("user", product(state.get("embedding/user"), ids.get(0)[0], w, 4, 4));
    adds.put("item", product(items, ids.get(2)[0], w, 8, 4));
    adds.put("last_item", product(items, ids.get(3)[0], w, 12, 4));
    adds.put("age", row.dense().get(0)[0] * w[16]);
    adds.put("price", row.dense().get(1)[0] * w[17] + row.dense().get(2)[0] * w[18]);
    return adds;
  }

  private static Map<String, Double> values(Attribution attribution) {
    Map<String, Double> values = new LinkedHashMap<>();
    attribution.features().forEach(feature -> values.put(feature.name(), feature.value()));
    return values;
  }

  private static RawBatch row(Random random) {
    return SmallExport.batch(SmallExport.rows(1, random));
  }

  @Test
  void ofALinearModelTheyAreWeightsTimesValues() {
    Map<String, double[]> state = state();
    Random random = TestSeed.random();
    try (IntegratedGradients gradients = IntegratedGradients.load(export)) {
      for (int i = 0; i < 10; i++) {
        RawBatch row = row(random);
        EncodedFeatures encoded = PROBLEM.pipeline().encodeServed(row);
        for (int c = 0; c < SmallProblem.GENRES; c++) {
          double[] w = weights(state.get("head_genre/logit/kernel"), c, SmallProblem.GENRES);
          Attribution found = gradients.of(row, new Attribution.Target("genre", c), STEPS);
          assertSame(values(found), expected(state, encoded, w), 1);
          assertThat(found.steps()).isEqualTo(STEPS);
          assertThat(found.isComplete()).isTrue();
        }
        Attribution click = gradients.of(row, new Attribution.Target("click", 0), STEPS);
        double[] w = state.get("head_click/logit/kernel");
        assertSame(values(click), expected(state, encoded, w), 1);
        assertThat(click.gap()).isCloseTo(0, within(1e-5));
        // In the label's own unit: the logit is in deviations.
        assertSame(
            values(gradients.of(row, new Attribution.Target("rating", 0), STEPS)),
            expected(state, encoded, state.get("head_rating/logit/kernel")),
            1.5);
      }
    }
  }

  /**
   * Gradients are the weights to the bit, but for lists (by n) and regressions (by a deviation).
   */
  private static void assertSame(
      Map<String, Double> found, Map<String, Double> expected, double scale) {
    assertThat(found).containsOnlyKeys(expected.keySet());
    expected.forEach(
        (feature, value) ->
            assertThat(found.get(feature))
                .as("%s, seed %d", feature, TestSeed.value())
                .isCloseTo(
                    scale * value, within(scale == 1 && !feature.equals("tags") ? 1e-14 : 1e-6)));
  }

  /** The linear model again: what it is given in one piece it takes feature by feature. */
  @Test
  void ofFeaturesTakenByNameTheyAreTheSame() {
    MultiTaskModel byName =
        (inputs, context) -> {
          var features = inputs.features();
          var names = features.specs().stream().map(FeatureSpec::name).toList();
          var all =
              WideOps.concat(
                  context.graph().tf(), names.stream().map(features::feature).toList(), 1);
          List<OutputTensor> logits = new ArrayList<>();
          context.tasks().forEach(t -> logits.add(TaskHead.logit(context.graph(), t, all)));
          return ModelOutputs.of(logits, Set.of());
        };
    SmallExport.write(PROBLEM, byName, folder.resolve("by_name"));
    RawBatch row = row(TestSeed.random());
    try (IntegratedGradients gradients = IntegratedGradients.load(folder.resolve("by_name"))) {
      Attribution click = gradients.of(row, new Attribution.Target("click", 0), STEPS);
      double[] w = state().get("head_click/logit/kernel");
      assertSame(values(click), expected(state(), PROBLEM.pipeline().encodeServed(row), w), 1);
    }
  }

  @Test
  void theRowIsWhatTheModelPredicts() {
    Random random = TestSeed.random();
    try (IntegratedGradients gradients = IntegratedGradients.load(export);
        MtlModel model = MtlModel.load(export)) {
      RawBatch row = row(random);
      Map<String, float[]> predicted = model.predict(row).values();
      Attribution click = gradients.of(row, new Attribution.Target("click", 0), STEPS);
      assertThat(click.row().prediction()).isCloseTo(predicted.get("click")[0], within(1e-6));
      assertThat(1 / (1 + Math.exp(-click.row().score())))
          .isCloseTo(click.row().prediction(), within(1e-6));
      assertThat(gradients.of(row, new Attribution.Target("genre", 2), STEPS).row().prediction())
          .isCloseTo(predicted.get("genre")[2], within(1e-6));
      Attribution rating = gradients.of(row, new Attribution.Target("rating", 0), STEPS);
      assertThat(rating.row().score()).isEqualTo(rating.row().prediction());
      // Biases begin at 0: a linear model of nothing says the mean.
      assertThat(rating.baseline().score()).isCloseTo(3, within(1e-6));
      assertThat(click.baseline().prediction()).isCloseTo(0.5, within(1e-6));
    }
  }

  @Test
  void featuresHaveTheirGroupsAndStandInTheirOrder() {
    try (IntegratedGradients gradients = IntegratedGradients.load(export)) {
      Attribution click =
          gradients.of(row(TestSeed.random()), new Attribution.Target("click", 0), STEPS);
      assertThat(click.features())
          .extracting(feature -> feature.name() + " " + feature.group().orElseThrow())
          .containsExactly(
              "user user",
              "hour context",
              "age user",
              "item item",
              "last_item user",
              "price item",
              "tags item");
    }
  }

  @Test
  void whatIsNotThereIsRefused() {
    try (IntegratedGradients gradients = IntegratedGradients.load(export)) {
      RawBatch row = row(TestSeed.random());
      assertThatThrownBy(() -> gradients.of(row, new Attribution.Target("clik", 0), STEPS))
          .hasMessage("expected one of the outputs [click, genre, rating], found \"clik\"");
      assertThatThrownBy(() -> gradients.of(row, new Attribution.Target("genre", 3), STEPS))
          .hasMessage("genre: expected a column of 0 to 2, found 3");
      assertThatThrownBy(() -> gradients.of(row, new Attribution.Target("click", 0), 0))
          .hasMessage("expected one row and 1 to 16384 steps, found 1 and 0");
    }
  }

  @Test
  void anExportOfAnEarlierReleaseSaysSo() throws IOException {
    ModelManifest now = ManifestFile.read(export);
    Files.delete(export.resolve(ModelManifest.FILE));
    ManifestFile.write(
        export,
        new ModelManifest(
            now.format(),
            now.name(),
            now.mtl4j(),
            now.inputs(),
            now.served(),
            now.outputs(),
            Explanation.NONE,
            now.lookups(),
            now.provenance(),
            now.certificate(),
            now.files()));
    MtlException failure =
        catchThrowableOfType(MtlException.class, () -> IntegratedGradients.load(export).close());
    assertThat(failure.code()).isEqualTo(ErrorCode.EXPORT_INVALID);
    assertThat(failure)
        .hasMessage(
            export
                + ": The export does not say where explanations begin: it was written by an"
                + " earlier release. Train the run again.");
    MtlModel.load(export).close();
  }

  private static int points(Shape... shapes) {
    Map<String, SeenRow.Values> values = new LinkedHashMap<>();
    for (Shape shape : shapes) {
      values.put("v" + values.size(), new SeenRow.Values(new float[(int) shape.size()], shape));
    }
    return ExplainedGraph.points(new SeenRow(values, Optional.empty(), Optional.empty()));
  }

  /** An encoder of a list of L compares each of its places with each: points times L x L. */
  @Test
  void rowsOfLongListsAreRunInFewerPointsAtOnce() {
    assertThat(points()).isEqualTo(256);
    assertThat(points(Shape.of(2000))).isEqualTo(256);
    assertThat(points(Shape.of(7), Shape.of(64, 4))).isEqualTo(256);
    assertThat(points(Shape.of(1000, 8), Shape.of(3, 4), Shape.of(7))).isEqualTo(16);
    assertThat(points(Shape.of(20_000, 1))).isEqualTo(1);
  }
}
