package org.mtl4j.eval.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.metric.EvaluationSettings;
import org.mtl4j.core.metric.MetricFactory;
import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.core.metric.RowItems;
import org.mtl4j.core.metric.RowRoom;
import org.mtl4j.core.model.LabelRule;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.RegressionLoss;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.eval.interval.Bootstrap;
import org.mtl4j.eval.metric.Accuracy;
import org.mtl4j.eval.metric.Auc;
import org.mtl4j.eval.metric.NdcgAtK;
import org.mtl4j.eval.metric.Rmse;
import org.mtl4j.eval.wiring.EvalModule;
import org.mtl4j.testkit.TestSeed;

class EvaluatorTest {
  private static final OutputSpec CLICK =
      output("click", new TaskType.Binary(List.of()), new LabelEncoding.Indicator());
  private static final OutputSpec RATING =
      output(
          "rating",
          new TaskType.Regression(new RegressionLoss.Mse()),
          new LabelEncoding.Scale(3, 1));
  private static final OutputSpec GENRE =
      output("genre", new TaskType.Multiclass(), new LabelEncoding.Classes(List.of("a", "b", "c")));

  private static final OutputSpec TAGS =
      output(
          "tags",
          new TaskType.Multilabel("|", 1, 10),
          new LabelEncoding.ClassSet(List.of("a", "b", "c")));

  private final Evaluator evaluator =
      new Evaluator(List.of(new Auc(), new Accuracy(), new NdcgAtK(5), new Rmse()));

  @Test
  void everyOutputGetsTheMetricsOfItsType() {
    MetricReport report =
        evaluator.evaluate(
            List.of(CLICK, RATING, GENRE),
            new Predictions(
                2,
                Map.of(
                    "click", new float[] {.2f, .7f},
                    "rating", new float[] {3, 4},
                    "genre", new float[] {.5f, .3f, .2f, .1f, .1f, .8f})),
            Map.of("click", labels(0, 1), "rating", labels(3, 5), "genre", labels(0, 1)),
            Optional.of(new int[] {8, 8}));

    assertThat(report.keys())
        .containsExactly(
            "click/auc", "click/accuracy", "click/ndcg@5", "rating/rmse", "genre/accuracy");
    assertThat(report.get("click/auc")).hasValue(1);
    assertThat(report.get("rating/rmse")).hasValue(Math.sqrt(0.5));
    assertThat(report.get("genre/accuracy")).hasValue(0.5);
    assertThat(report.warnings()).isEmpty();
  }

  @Test
  void metricsByGroupAreLeftOutWithoutGroups() {
    assertThat(evaluateClick(new float[] {.1f, .2f}, labels(0, 1)).keys())
        .containsExactly("click/auc", "click/accuracy");
  }

  @Test
  void rowsOutsideTheSampleSpaceHaveNoSay() {
    LabelColumn labels =
        new LabelColumn(
            new float[] {0, 0, 1, 0},
            new boolean[] {true, false, true, false},
            new float[] {1, 1, 1, 1});

    MetricReport report = evaluateClick(new float[] {.1f, .9f, .6f, Float.NaN}, labels);

    assertThat(report.get("click/auc")).hasValue(1);
    assertThat(report.outputs().get("click").rowCount()).isEqualTo(2);
  }

  @Test
  void exampleWeightsReachTheMetrics() {
    LabelColumn labels =
        new LabelColumn(new float[] {1, 1}, new boolean[] {true, true}, new float[] {3, 1});

    assertThat(evaluateClick(new float[] {.9f, .1f}, labels).get("click/accuracy")).hasValue(.75);
  }

  @Test
  void anUndefinedFigureIsEmptyAndWarnsOfTheReason() {
    MetricReport report = evaluateClick(new float[] {.1f, .2f, .3f}, labels(1, 1, 1));

    assertThat(report.get("click/auc")).isEmpty();
    assertThat(report.warnings())
        .containsExactly("click/auc is not defined: one class only among 3 rows");
  }

  @Test
  void predictionsThatAreNotFiniteAreRefusedByOutputAndRow() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      PredictionCollector collector = evaluator.collector(List.of(CLICK));
      collector.add(clicks(.1f, .2f), Map.of("click", labels(0, 1)), Optional.empty());

      assertThatThrownBy(
              () ->
                  collector.add(clicks(.1f, bad), Map.of("click", labels(0, 1)), Optional.empty()))
          .isInstanceOfSatisfying(
              MtlException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_VALUE))
          .hasMessageContainingAll("output click, row 3", "found " + bad);
    }
  }

  @Test
  void blocksGiveTheSameReportAsAllRowsAtOnce() {
    Random random = TestSeed.random();
    int n = 500;
    float[] predictions = floats(random.ints(n, 0, 50));
    float[] clicked = floats(random.ints(n, 0, 2));
    boolean[] mask = new boolean[n];
    for (int i = 0; i < n; i++) {
      mask[i] = random.nextInt(4) > 0;
    }
    float[] weights = floats(random.ints(n, 1, 5));
    int[] groups = random.ints(n, 0, 40).toArray();

    PredictionCollector collector = evaluator.collector(List.of(CLICK));
    for (int from = 0, to; from < n; from = to) {
      to = Math.min(n, from + 1 + random.nextInt(90));
      collector.add(
          clicks(Arrays.copyOfRange(predictions, from, to)),
          Map.of(
              "click",
              new LabelColumn(
                  Arrays.copyOfRange(clicked, from, to),
                  Arrays.copyOfRange(mask, from, to),
                  Arrays.copyOfRange(weights, from, to))),
          Optional.of(Arrays.copyOfRange(groups, from, to)));
    }

    assertThat(collector.report())
        .as("seed %d", TestSeed.value())
        .isEqualTo(
            evaluator.evaluate(
                List.of(CLICK),
                clicks(predictions),
                Map.of("click", new LabelColumn(clicked, mask, weights)),
                Optional.of(groups)));
  }

  /** Every bound metric, over outputs of every type, in shards that were gathered apart. */
  @Test
  void mergedShardsGiveTheReportOfTheWhole() {
    Map<String, MetricFactory> factories =
        Guice.createInjector(new EvalModule())
            .getInstance(Key.get(new TypeLiteral<Map<String, MetricFactory>>() {}));
    Evaluator every =
        Evaluator.of(
            factories,
            Optional.of(List.copyOf(factories.keySet())),
            new EvaluationSettings(List.of(1, 3), List.of(.25)));
    List<OutputSpec> outputs = List.of(CLICK, RATING, GENRE, TAGS);
    Random random = TestSeed.random();
    PredictionCollector whole = every.collector(outputs);
    PredictionCollector merged = every.collector(outputs);
    for (int shard = 0; shard < 4; shard++) {
      PredictionCollector part = every.collector(outputs);
      for (int block = 0; block < shard; block++) { // The first shard is empty.
        Rows rows = Rows.of(1 + random.nextInt(40), random);
        rows.addTo(part);
        rows.addTo(whole);
      }
      merged.merge(part);
    }

    MetricReport report = merged.report();
    assertThat(report.keys())
        .hasSizeGreaterThan(45)
        .contains("click/coverage@3", "click/popularity@3", "click/diversity@3");
    assertThat(report).as("seed %d", TestSeed.value()).isEqualTo(whole.report());
  }

  /**
   * Masks, weights, groups, items and ties of all kinds of outputs, some blocks in memory first.
   */
  @Test
  void rowsInFilesHaveTheFiguresAndIntervalsOfRowsInMemory() {
    Map<String, MetricFactory> factories =
        Guice.createInjector(new EvalModule())
            .getInstance(Key.get(new TypeLiteral<Map<String, MetricFactory>>() {}));
    Evaluator every =
        Evaluator.of(
            factories,
            Optional.of(List.copyOf(factories.keySet())),
            new EvaluationSettings(List.of(3), List.of(.5)));
    List<OutputSpec> outputs = List.of(CLICK, GENRE, TAGS);
    Random random = TestSeed.random();
    RowRoom room =
        new RowRoom(Path.of(System.getProperty("java.io.tmpdir")), 20_000, "evaluation.group_by");
    PredictionCollector inMemory = every.collector(outputs);
    PredictionCollector inFiles = every.collector(outputs, room);
    for (int block = 0; block < 20; block++) {
      Rows rows = Rows.of(1 + random.nextInt(40), random);
      rows.addTo(inMemory);
      rows.addTo(inFiles);
    }

    assertThat(inFiles.rows().values()).allMatch(rows -> rows.space().isInFiles());
    assertThat(inFiles.measurement(new Bootstrap(100)))
        .as("seed %d", TestSeed.value())
        .isEqualTo(inMemory.measurement(new Bootstrap(100)));
  }

  private record Rows(
      Predictions predictions,
      Map<String, LabelColumn> labels,
      Optional<int[]> groups,
      Optional<RowItems> items) {
    static Rows of(int n, Random random) {
      float[] sets = floats(random.ints(3L * n, 0, 2));
      boolean[] mask = new boolean[n];
      Arrays.fill(mask, true);
      mask[0] = false;
      float[] weights = floats(random.ints(n, 1, 4));
      return new Rows(
          new Predictions(
              n,
              Map.of(
                  "click", tenths(n, random),
                  "rating", tenths(n, random),
                  "genre", tenths(3 * n, random),
                  "tags", tenths(3 * n, random))),
          Map.of(
              "click", new LabelColumn(floats(random.ints(n, 0, 2)), mask, weights),
              "rating", new LabelColumn(floats(random.ints(n, 0, 6)), mask, weights),
              "genre", new LabelColumn(floats(random.ints(n, 0, 3)), mask, weights),
              "tags", new LabelColumn(sets, mask, weights, 3)),
          Optional.of(random.ints(n, 0, 9).toArray()),
          Optional.of(
              RowItems.of(
                  random.ints(n, 0, 7).toArray(),
                  Optional.of(floats(random.ints(n, 0, 50))),
                  List.of(random.ints(n, -1, 3).toArray()))));
    }

    private static float[] tenths(int n, Random random) {
      float[] tenths = floats(random.ints(n, 0, 11));
      for (int i = 0; i < n; i++) {
        tenths[i] /= 10;
      }
      return tenths;
    }

    void addTo(PredictionCollector collector) {
      collector.add(predictions, labels, groups, items);
    }
  }

  @Test
  void itemsComeWithEveryBlockOrWithNone() {
    Rows rows = Rows.of(3, TestSeed.random());
    PredictionCollector collector = evaluator.collector(List.of(CLICK));
    rows.addTo(collector);
    assertThat(collector.rows().get("click").items().orElseThrow().ofRow().size()).isEqualTo(2);
    assertThatThrownBy(() -> collector.add(rows.predictions(), rows.labels(), rows.groups()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected items with every block or with none, found them with some");
  }

  @Test
  void shardsOfOtherOutputsOrWithoutGroupsAreNotMerged() {
    PredictionCollector clicks = evaluator.collector(List.of(CLICK));
    clicks.add(clicks(.1f), Map.of("click", labels(0)), Optional.empty());
    PredictionCollector grouped = evaluator.collector(List.of(CLICK));
    grouped.add(clicks(.1f), Map.of("click", labels(0)), Optional.of(new int[] {1}));

    assertThatThrownBy(() -> clicks.merge(evaluator.collector(List.of(RATING))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected the outputs");
    assertThatThrownBy(() -> clicks.merge(grouped))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected groups with every block or with none, found them with some");
  }

  @Test
  void moreRowsThanArraysHoldAreRefused() {
    OutputRows rows = new OutputRows(GENRE, RowRoom.withoutLimit(), 10);
    OutputBlock block =
        new OutputBlock(0, new float[12], labels(0, 1, 2, 0), Optional.empty(), Optional.empty());

    assertThatThrownBy(() -> rows.add(block))
        .isInstanceOf(MtlException.class)
        .hasMessage(
            "output genre: Expected at most 3 rows to evaluate at once (10 numbers, 3 a row), found"
                + " at least 4. Evaluate fewer rows, those of a part of the files say.");
  }

  @Test
  void noBlocksGiveAReportOfNoRows() {
    MetricReport report = evaluator.collector(List.of(CLICK)).report();

    assertThat(report.get("click/auc")).isEmpty();
    assertThat(report.warnings()).contains("click/auc is not defined: no row has a say");
  }

  @Test
  void groupsWithSomeBlocksOnlyAreRefused() {
    PredictionCollector collector = evaluator.collector(List.of(CLICK));
    collector.add(clicks(.1f), Map.of("click", labels(0)), Optional.empty());

    assertThatThrownBy(
            () ->
                collector.add(clicks(.1f), Map.of("click", labels(0)), Optional.of(new int[] {1})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("groups");
  }

  @Test
  void lengthsThatDifferAreRefused() {
    assertThatThrownBy(() -> evaluateClick(new float[] {.1f, .2f}, labels(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("output click", "found 1 rows, 2 predictions");
  }

  @Test
  void anOutputWithoutLabelsIsRefused() {
    assertThatThrownBy(
            () -> evaluator.evaluate(List.of(CLICK), clicks(.1f), Map.of(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected labels for output click");
  }

  @Test
  void aKeyFindsItsMetricBeforeAnythingIsMeasured() {
    assertThat(evaluator.metric("rating/rmse", List.of(CLICK, RATING), Set.of()).higherIsBetter())
        .isFalse();
    assertThatThrownBy(() -> evaluator.metric("clik/auc", List.of(CLICK, RATING), Set.of()))
        .isInstanceOfSatisfying(
            MtlException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_NAME))
        .hasMessageContaining("Did you mean \"click/auc\"?");
    assertThatThrownBy(() -> evaluator.metric("click/ndcg@5", List.of(CLICK), Set.of()))
        .isInstanceOf(MtlException.class);
  }

  @Test
  void twoMetricsWithOneKeyAreRefused() {
    assertThatThrownBy(() -> new Evaluator(List.of(new Auc(), new Auc())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[auc, auc]");
  }

  private MetricReport evaluateClick(float[] predictions, LabelColumn labels) {
    return evaluator.evaluate(
        List.of(CLICK), clicks(predictions), Map.of("click", labels), Optional.empty());
  }

  private static Predictions clicks(float... predictions) {
    return new Predictions(predictions.length, Map.of("click", predictions));
  }

  private static LabelColumn labels(float... labels) {
    boolean[] mask = new boolean[labels.length];
    float[] weights = new float[labels.length];
    Arrays.fill(mask, true);
    Arrays.fill(weights, 1);
    return new LabelColumn(labels, mask, weights);
  }

  private static float[] floats(IntStream values) {
    int[] whole = values.toArray();
    float[] floats = new float[whole.length];
    for (int i = 0; i < whole.length; i++) {
      floats[i] = whole[i];
    }
    return floats;
  }

  private static OutputSpec output(String name, TaskType type, LabelEncoding encoding) {
    return new OutputSpec(name, type, encoding, new LabelRule.OfTask(name), "P(" + name + ")");
  }
}
