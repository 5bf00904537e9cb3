package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedBuckets;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.feature.RowMapping;
import org.mtl4j.core.schema.BucketFeature;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.Vocabulary;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.training.CheckpointStore;
import org.mtl4j.core.training.EpochLosses;
import org.mtl4j.core.training.Progress;
import org.mtl4j.core.training.SimilarRows;
import org.mtl4j.core.training.StateTransfer;
import org.mtl4j.core.training.StateTransfer.Extent;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.core.training.TransferReport;

/** What a session takes over from a model over other vocabularies, against maps by token. */
class StateTransferTest {
  /** Of width 16, more than a piece of 8 MiB holds. */
  private static final int MANY = 140_000;

  private static final int WIDTH = 16;
  private static final int ROWS = 300;

  @TempDir Path folder;

  private final Random random = TestSeed.random();

  private static FittedFeature tokens(String name, int dim, List<String> tokens) {
    return new FittedCategorical(
        new CategoricalFeature(
            name, name, Optional.empty(), name, dim, new CategoricalFeature.Learnt(1)),
        Optional.of(new Vocabulary(tokens)));
  }

  private static FittedFeature hashed(String name, int buckets) {
    return new FittedCategorical(
        new CategoricalFeature(
            name, name, Optional.empty(), name, 4, new CategoricalFeature.Hashed(buckets)),
        Optional.empty());
  }

  private static FittedFeature buckets(String name, Double... cuts) {
    return new FittedBuckets(
        new BucketFeature(name, name, Optional.empty(), cuts.length + 1, 2), List.of(cuts));
  }

  private static List<FittedTask> click() {
    return SmallProblem.withFunnel("click").tasks().subList(0, 1);
  }

  private static TrainingSession session(
      List<FittedFeature> features, List<FittedTask> tasks, long seed) {
    TrainerSpec small = SmallProblem.withFunnel("click").trainer(new LinearModel(), seed);
    return new TrainingSession(
        new TrainerSpec(
            new FeaturePipeline(features),
            tasks,
            small.model(),
            small.updates(),
            small.execution()));
  }

  private static StateTransfer.Learnt learnt(TrainingSession session) {
    return new StateTransfer.Learnt(session.spec().pipeline(), session.spec().tasks());
  }

  private static TransferReport transfer(
      TrainingSession source, TrainingSession target, Extent extent) throws IOException {
    return target.transfer(
        source.state(), StateTransfer.between(learnt(source), learnt(target), extent));
  }

  /** Steps over random ids, so that slots are more than their first values. */
  private void train(TrainingSession session) {
    List<int[]> ids = new ArrayList<>();
    session
        .spec()
        .pipeline()
        .idColumns()
        .forEach(column -> ids.add(random.ints(ROWS, 0, column.table().rows()).toArray()));
    float[] labels = new float[ROWS];
    float[] weights = new float[ROWS];
    boolean[] mask = new boolean[ROWS];
    for (int r = 0; r < ROWS; r++) {
      labels[r] = random.nextInt(2);
    }
    Arrays.fill(weights, 1);
    Arrays.fill(mask, true);
    EncodedRows rows =
        new EncodedRows(
            ROWS,
            ids,
            List.of(),
            Map.of("click", new LabelColumn(labels, mask, weights, 0)),
            Optional.empty());
    Batch batch = new Batch(session.batchLayout(ROWS));
    batch.fill(rows, IntStream.range(0, ROWS).toArray(), 0, ROWS);
    for (int step = 1; step <= 3; step++) {
      session.step(batch, step);
    }
  }

  /** Tokens drawn from a range, in an order of their own. */
  private List<String> draw(int from, int to) {
    List<String> tokens =
        new ArrayList<>(IntStream.range(from, to).mapToObj(i -> "item-" + i).toList());
    Collections.shuffle(tokens, random);
    return tokens;
  }

  private static double[] row(double[] table, int id, int width) {
    return Arrays.copyOfRange(table, id * width, (id + 1) * width);
  }

  /** The reference: a map from the source's tokens to their rows. */
  private static int assertRowsByToken(
      List<String> from, double[] source, List<String> to, double[] before, double[] after) {
    int width = before.length / (to.size() + 2);
    Map<String, Integer> ids = new HashMap<>();
    for (int i = 0; i < from.size(); i++) {
      ids.put(from.get(i), i + 2);
    }
    int copied = 2;
    assertThat(Arrays.copyOf(after, 2 * width)).isEqualTo(Arrays.copyOf(source, 2 * width));
    for (int i = 0; i < to.size(); i++) {
      Integer id = ids.get(to.get(i));
      double[] expected = id == null ? row(before, i + 2, width) : row(source, id, width);
      if (!Arrays.equals(row(after, i + 2, width), expected)) {
        assertThat(row(after, i + 2, width)).as(to.get(i)).isEqualTo(expected);
      }
      copied += id == null ? 0 : 1;
    }
    return copied;
  }

  @Test
  void rowsAndTheirSlotsGoByTokenAndTheRestStays() throws IOException {
    List<String> from = draw(0, MANY);
    List<String> to = draw(MANY / 2, MANY + 1000);
    try (TrainingSession source = session(List.of(tokens("item", WIDTH, from)), click(), 1);
        TrainingSession target = session(List.of(tokens("item", WIDTH, to)), click(), 2)) {
      train(source);
      Map<String, double[]> there = StateValues.of(source.state());
      Map<String, double[]> before = StateValues.of(target.state());
      Progress progress = new Progress(3, 1, EpochLosses.none(), new Progress.Best(3, 0, 0));
      CheckpointStore store = new CheckpointStore(folder);
      store.save(source.state(), progress);
      TransferReport report =
          target.transfer(
              store.open(3),
              StateTransfer.between(learnt(source), learnt(target), Extent.TRAINING));
      Map<String, double[]> after = StateValues.of(target.state());
      for (String name : List.of("embedding/item", "optimizer/adagrad/embedding/item")) {
        int copied =
            assertRowsByToken(from, there.get(name), to, before.get(name), after.get(name));
        assertThat(copied).isEqualTo(MANY / 2 + 2);
        assertThat(report.tables())
            .contains(new TransferReport.Rows(name, copied, to.size() + 2, MANY + 2));
      }
      for (String name : report.copied()) {
        assertThat(after.get(name)).as(name).isEqualTo(there.get(name));
      }
      assertThat(report.copied())
          .containsExactlyInAnyOrder(
              "head_click/logit/kernel",
              "head_click/logit/bias",
              "optimizer/adam_m/head_click/logit/kernel",
              "optimizer/adam_m/head_click/logit/bias",
              "optimizer/adam_v/head_click/logit/kernel",
              "optimizer/adam_v/head_click/logit/bias");
      assertThat(report.fresh()).isEmpty();
      assertThat(report.unused()).isEmpty();
    }
  }

  @Test
  void aModelAloneLeavesTheOptimisersAsTheyAre() throws IOException {
    List<String> all = draw(0, 50);
    try (TrainingSession source = session(List.of(tokens("item", 4, all)), click(), 1);
        TrainingSession target = session(List.of(tokens("item", 4, all)), click(), 2)) {
      train(source);
      Map<String, double[]> fresh = StateValues.of(target.state());
      TransferReport report = transfer(source, target, Extent.MODEL);
      Map<String, double[]> after = StateValues.of(target.state());
      StateValues.of(source.state())
          .forEach(
              (name, values) ->
                  assertThat(after.get(name))
                      .as(name)
                      .isEqualTo(name.startsWith("optimizer/") ? fresh.get(name) : values));
      assertThat(report.tables()).allMatch(TransferReport.Rows::isWhole).hasSize(1);
      assertThat(report.fresh()).isEmpty();
      assertThat(report.unused()).isEmpty();
    }
  }

  @Test
  void whatMeansSomethingElseStaysAndSaysWhy() throws IOException {
    List<String> all = draw(0, 20);
    List<FittedFeature> here =
        List.of(
            tokens("item", 4, all),
            hashed("user", 7),
            tokens("brand", 4, List.of("b")),
            buckets("age", 1.0, 2.0));
    List<FittedFeature> there =
        List.of(
            hashed("user", 7),
            tokens("item", 8, all),
            tokens("brand", 4, List.of("a")),
            buckets("age", 5.0, 6.0));
    try (TrainingSession source = session(there, click(), 1);
        TrainingSession target = session(here, click(), 2)) {
      TransferReport report = transfer(source, target, Extent.MODEL);
      assertThat(report.tables())
          .containsExactlyInAnyOrder(
              new TransferReport.Rows("embedding/user", 8, 8, 8),
              new TransferReport.Rows("embedding/age", 4, 4, 4));
      assertThat(report.copied()).containsExactly("head_click/logit/bias");
      assertThat(report.fresh())
          .contains(
              new TransferReport.Left(
                  "embedding/item",
                  "its shape is [22, 4] of FLOAT32, the source's [22, 8] of FLOAT32"),
              new TransferReport.Left("embedding/brand", "none of its ids is one of the source's"))
          .extracting(TransferReport.Left::tensor)
          .contains("head_click/logit/kernel");
    }
  }

  @Test
  void equalShapesOverOtherInputsAreNoMatch() throws IOException {
    try (TrainingSession source = session(List.of(hashed("a", 3), hashed("b", 3)), click(), 1);
        TrainingSession target = session(List.of(hashed("b", 3), hashed("a", 3)), click(), 2)) {
      double[] before = StateValues.of(target.state()).get("head_click/logit/kernel");
      TransferReport report = transfer(source, target, Extent.TRAINING);
      assertThat(StateValues.of(target.state()).get("head_click/logit/kernel")).isEqualTo(before);
      assertThat(report.fresh())
          .extracting(TransferReport.Left::tensor)
          .containsExactlyInAnyOrder(
              "head_click/logit/kernel",
              "optimizer/adam_m/head_click/logit/kernel",
              "optimizer/adam_v/head_click/logit/kernel");
      assertThat(report.fresh())
          .extracting(TransferReport.Left::why)
          .containsOnly("it reads other features, or in another order");
    }
  }

  @Test
  void aHeadOfOtherClassesIsNoMatch() throws IOException {
    FittedTask genre =
        SmallProblem.withFunnel("click").tasks().stream()
            .filter(task -> task.name().equals("genre"))
            .findFirst()
            .orElseThrow();
    FittedTask other =
        new FittedTask(genre.task(), new LabelEncoding.Classes(List.of("x", "y", "z")));
    try (TrainingSession source = session(List.of(hashed("a", 3)), List.of(genre), 1);
        TrainingSession target = session(List.of(hashed("a", 3)), List.of(other), 2)) {
      TransferReport report = transfer(source, target, Extent.MODEL);
      assertThat(report.copied()).isEmpty();
      assertThat(report.fresh())
          .extracting(TransferReport.Left::why)
          .containsOnly("its task has other classes, or in another order");
      assertThat(report.isEmpty()).isFalse();
    }
  }

  @Test
  void whatTheSourceHasBesidesIsNamed() throws IOException {
    try (TrainingSession source = session(List.of(hashed("a", 3), hashed("b", 3)), click(), 1);
        TrainingSession target = session(List.of(hashed("a", 3)), click(), 2)) {
      assertThat(transfer(source, target, Extent.MODEL).unused())
          .containsExactly(new TransferReport.Left("embedding/b", "this model has none"));
      assertThat(transfer(source, target, Extent.TRAINING).unused())
          .extracting(TransferReport.Left::tensor)
          .containsExactlyInAnyOrder("embedding/b", "optimizer/adagrad/embedding/b");
    }
  }

  @Test
  void aMappingOfOtherTablesIsRefused() {
    try (TrainingSession session = session(List.of(hashed("a", 3)), click(), 1)) {
      StateTransfer wrong =
          new StateTransfer(Extent.MODEL, Map.of("a", RowMapping.same(5)), List.of(), Map.of());
      assertThatThrownBy(() -> session.transfer(session.state(), wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected a mapping from 4 to 4 rows, found one from 5 to 5");
    }
  }

  @Test
  void twoRowsNeverBecomeOne() {
    assertThatThrownBy(() -> RowMapping.of(new int[] {0, 1, 1}, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 1 a second time");
    assertThatThrownBy(() -> RowMapping.of(new int[] {0, 3}, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected rows from 0 to 2, each once, found 3");
  }

  /** Groups of rows as numbers; the reference is a mean over a list of rows by token. */
  @Test
  void newRowsStartFromTheMeanOfSimilarOnesTheClosestFirst() throws IOException {
    List<String> from = draw(0, 40);
    List<String> to = draw(20, 60);
    int rows = to.size() + 2;
    int[] close = IntStream.range(0, rows).map(i -> i < 2 ? -1 : random.nextInt(15)).toArray();
    // The last group of all is one of new rows alone, to which nothing is similar.
    int[] wide = Arrays.stream(close).map(group -> group < 0 ? -1 : group % 3).toArray();
    IntStream.range(2, rows)
        .filter(i -> !from.contains(to.get(i - 2)))
        .limit(4)
        .forEach(
            i -> {
              close[i] = 15;
              wide[i] = 3;
            });
    try (TrainingSession source = session(List.of(tokens("item", 4, from)), click(), 1);
        TrainingSession target = session(List.of(tokens("item", 4, to)), click(), 2)) {
      train(source);
      double[] before = StateValues.of(target.state()).get("embedding/item");
      double[] slot = StateValues.of(target.state()).get("optimizer/adagrad/embedding/item");
      TransferReport report =
          target.transfer(
              source.state(),
              StateTransfer.between(learnt(source), learnt(target), Extent.MODEL)
                  .withSimilar(Map.of("item", new SimilarRows(List.of(close, wide)))));
      double[] after = StateValues.of(target.state()).get("embedding/item");
      double[] there = StateValues.of(source.state()).get("embedding/item");
      int[] filled = new int[3];
      for (int i = 2; i < rows; i++) {
        if (!from.contains(to.get(i - 2))) {
          int level = 0;
          double[] mean = mean(from, there, to, close, i);
          if (mean == null) {
            level = 1;
            mean = mean(from, there, to, wide, i);
          }
          if (mean == null) {
            level = 2;
            mean = row(before, i, 4);
          }
          filled[level]++;
          assertThat(row(after, i, 4)).as(to.get(i - 2)).containsExactly(mean, within(1e-6));
        }
      }
      assertThat(filled[2]).isPositive();
      assertThat(report.similar())
          .containsExactly(
              new TransferReport.Means("embedding/item", List.of(filled[0], filled[1])));
      assertThat(StateValues.of(target.state()).get("optimizer/adagrad/embedding/item"))
          .isEqualTo(slot);
    }
  }

  private static double[] mean(
      List<String> from, double[] source, List<String> to, int[] groups, int row) {
    List<double[]> alike =
        IntStream.range(2, groups.length)
            .filter(i -> groups[i] == groups[row] && from.contains(to.get(i - 2)))
            .mapToObj(i -> row(source, from.indexOf(to.get(i - 2)) + 2, 4))
            .toList();
    return alike.isEmpty()
        ? null
        : IntStream.range(0, 4)
            .mapToDouble(k -> alike.stream().mapToDouble(v -> v[k]).average().orElseThrow())
            .toArray();
  }
}
