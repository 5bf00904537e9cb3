package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.feature.EncodedFeatures;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.feature.FittedNumeric;
import org.mtl4j.core.feature.RawFeeds;
import org.mtl4j.core.feature.ServingTransforms;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Variables;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.NumericFeature;
import org.mtl4j.core.schema.NumericTransform;
import org.mtl4j.core.schema.Vocabulary;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/** Training encodes in Java, an export in its graph: both must give the same for any value. */
class TransformsPropertyTest {
  private static final int ROWS = 2_000;
  private static final int TOKENS = 60;

  /** Dense inputs: as_is and its indicator, standard, log and its indicator. */
  private static final int LOG_COLUMN = 3;

  private static final float FILL = 2;
  private static final float SHIFT = 1.5f;
  private static final float SCALE = 0.7f;

  @TempDir Path assets;

  private final RandomRawValues random = new RandomRawValues(TestSeed.random());

  /** A vocabulary that needs escapes, a plain one with backslashes, hashes, and all numbers. */
  private FeaturePipeline pipeline(List<String> wild, List<String> plain) {
    List<FittedFeature> features = new ArrayList<>();
    features.add(categorical("wild", new CategoricalFeature.Learnt(1), Optional.of(wild)));
    features.add(categorical("plain", new CategoricalFeature.Learnt(1), Optional.of(plain)));
    features.add(categorical("hashed", new CategoricalFeature.Hashed(97), Optional.empty()));
    features.add(numeric("as_is", NumericTransform.NONE, true));
    features.add(numeric("standard", NumericTransform.STANDARDIZE, false));
    features.add(numeric("log", NumericTransform.LOG1P, true));
    return new FeaturePipeline(features);
  }

  private static FittedFeature categorical(
      String name, CategoricalFeature.IdRule ids, Optional<List<String>> tokens) {
    return new FittedCategorical(
        new CategoricalFeature(name, name, Optional.empty(), name, 2, ids),
        tokens.map(Vocabulary::new));
  }

  private static FittedFeature numeric(String name, NumericTransform transform, boolean indicator) {
    boolean asIs = transform == NumericTransform.NONE;
    return new FittedNumeric(
        new NumericFeature(name, name, Optional.empty(), transform, indicator),
        FILL,
        asIs ? 0 : SHIFT,
        asIs ? 1 : SCALE);
  }

  private List<String> tokens(boolean lineBreaks) {
    Set<String> tokens = new LinkedHashSet<>();
    if (lineBreaks) {
      tokens.addAll(List.of("a\nb", "a\\nb", "a\\\nb", "\r", "\\r", "\\", "\n"));
    }
    while (tokens.size() < TOKENS) {
      String token = random.token();
      tokens.add(lineBreaks ? token : token.replaceAll("[\r\n]", "\\\\"));
    }
    return List.copyOf(tokens);
  }

  private RawBatch rows(List<String> wild, List<String> plain) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int r = 0; r < ROWS; r++) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("wild", random.value(wild));
      row.put("plain", random.value(plain));
      row.put("hashed", random.value(wild));
      for (String column : List.of("as_is", "standard", "log")) {
        row.put(column, random.number());
      }
      rows.add(row);
    }
    return SmallExport.batch(rows);
  }

  @Test
  void graphGivesTheIdsAndNumbersOfJavaForAnyValue() throws IOException {
    List<String> wild = tokens(true);
    List<String> plain = tokens(false);
    FeaturePipeline pipeline = pipeline(wild, plain);
    RawBatch rows = rows(wild, plain);
    EncodedFeatures expected = pipeline.encode(rows);
    try (Graph graph = new Graph()) {
      Variables variables = new Variables(graph, FloatType.FLOAT32);
      ServingTransforms transforms =
          new ServingTransforms(GraphContext.inference(graph, variables, "inputs"), pipeline);
      try (Session session = new Session(graph)) {
        initialize(session, transforms);
        assertAgrees(session, transforms, RawFeeds.of(RawFeeds.inputs(pipeline), rows), expected);
      }
    }
  }

  private void initialize(Session session, ServingTransforms transforms) throws IOException {
    Session.Runner runner = session.runner();
    List<Tensor> paths = new ArrayList<>();
    for (ServingTransforms.Asset asset : transforms.assets()) {
      asset.write(assets);
      TString path = TString.scalarOf(assets.resolve(asset.file()).toString());
      paths.add(path);
      runner.feed(asset.path(), path);
    }
    transforms.initializers().forEach(runner::addTarget);
    runner.run().close();
    paths.forEach(Tensor::close);
  }

  private static void assertAgrees(
      Session session,
      ServingTransforms transforms,
      Map<String, Tensor> feeds,
      EncodedFeatures expected) {
    Session.Runner runner =
        session
            .runner()
            .fetch(transforms.ids().orElseThrow())
            .fetch(transforms.dense().orElseThrow());
    feeds.forEach((name, tensor) -> runner.feed(transforms.raw().get(name), tensor));
    try (Result result = runner.run()) {
      assertIds((TInt64) result.get(0), expected.ids());
      assertDense((TFloat32) result.get(1), expected.dense());
    } finally {
      feeds.values().forEach(Tensor::close);
    }
  }

  private static void assertIds(TInt64 found, List<int[]> expected) {
    assertThat(found.shape().asArray()).containsExactly(ROWS, expected.size());
    for (int c = 0; c < expected.size(); c++) {
      for (int r = 0; r < ROWS; r++) {
        assertThat(found.getLong(r, c))
            .as("row %d of categorical feature %d, seed %d", r, c, TestSeed.value())
            .isEqualTo(expected.get(c)[r]);
      }
    }
  }

  /**
   * Within 8 units in the last place. Where the logarithm is near the shift, their difference keeps
   * its absolute error and not its relative one; TensorFlow takes numbers below the normal range
   * for 0.
   */
  private static void assertDense(TFloat32 found, List<float[]> expected) {
    assertThat(found.shape().asArray()).containsExactly(ROWS, expected.size());
    for (int c = 0; c < expected.size(); c++) {
      for (int r = 0; r < ROWS; r++) {
        float value = expected.get(c)[r];
        float size = c == LOG_COLUMN ? Math.max(Math.abs(value), SHIFT * SCALE) : value;
        assertThat(Math.abs((double) found.getFloat(r, c) - value))
            .as("row %d of dense input %d: %s, seed %d", r, c, value, TestSeed.value())
            .isLessThanOrEqualTo(8 * Math.ulp(size) + Float.MIN_NORMAL);
      }
    }
  }

  @Test
  void randomTokensHoldEveryKindOfTrouble() {
    List<String> tokens = tokens(true);
    assertThat(tokens).anyMatch(token -> token.contains("\n"));
    assertThat(tokens).anyMatch(token -> token.contains("\r"));
    assertThat(tokens).anyMatch(token -> token.contains("\\"));
    Random fixed = new Random(1);
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      many.add(new RandomRawValues(fixed).token());
    }
    assertThat(many).anyMatch(token -> token.length() > 5_000);
    assertThat(many).anyMatch(token -> token.codePoints().anyMatch(c -> c > 0xffff));
  }
}
