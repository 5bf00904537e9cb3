package org.mtl4j.serving.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.lookup.LookupSpec;
import org.mtl4j.core.manifest.Explanation;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.manifest.ModelManifest.Kind;
import org.mtl4j.core.metric.Fusion;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.core.model.Predictor;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.testkit.TestSeed;

class RecommenderTest {
  /** Takes a user, an appeal and an hour; gives click, rating and three classes. */
  private static final ModelManifest MANIFEST =
      new ModelManifest(
          ModelManifest.FORMAT,
          "formula",
          "development",
          List.of(
              input("user", Kind.CATEGORICAL),
              input("appeal", Kind.NUMERIC),
              input("hour", Kind.NUMERIC)),
          List.of(),
          List.of(
              output("click", List.of()),
              output("rating", List.of()),
              output("genre", List.of("a", "b", "c"))),
          Explanation.NONE,
          List.of(),
          Map.of(),
          new ModelManifest.Certificate(1, 0),
          Map.of());

  private static ModelManifest.Input input(String column, Kind kind) {
    return new ModelManifest.Input(column, column, kind, Optional.empty(), Optional.empty());
  }

  private static ModelManifest.Output output(String name, List<String> classes) {
    return new ModelManifest.Output(name, classes.isEmpty() ? "binary" : "multiclass", "", classes);
  }

  /** A model by formula: click = appeal + hour / 100, rating = -appeal. It counts its blocks. */
  private static final class Formula implements Predictor {
    private final List<Integer> blocks = new ArrayList<>();

    @Override
    public Predictions predict(RawBatch rows) {
      int n = rows.rowCount();
      blocks.add(n);
      int appeal = rows.columns().indexOf("appeal");
      int hour = rows.columns().indexOf("hour");
      float[] click = new float[n];
      float[] rating = new float[n];
      for (int r = 0; r < n; r++) {
        click[r] = (float) (rows.number(appeal, r) + rows.number(hour, r) / 100);
        rating[r] = (float) -rows.number(appeal, r);
      }
      Map<String, float[]> values = new LinkedHashMap<>();
      values.put("click", click);
      values.put("rating", rating);
      values.put("genre", new float[3 * n]);
      return new Predictions(n, values);
    }

    @Override
    public void close() {}
  }

  private static List<Map<String, Object>> items(double... appeals) {
    List<Map<String, Object>> items = new ArrayList<>();
    for (double appeal : appeals) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("id", "item" + items.size());
      item.put("appeal", appeal);
      items.add(item);
    }
    return items;
  }

  private static Map<String, Object> user() {
    return Map.of("user", "u1", "hour", 20);
  }

  private static List<Recommendation> recommend(
      Map<String, ?> user, List<Map<String, Object>> items, String by, int k) {
    return new Recommender(MANIFEST, new Formula()).recommend(user, BatchSource.of(items), by, k);
  }

  private static List<String> ids(List<Recommendation> recommendations) {
    return recommendations.stream().map(r -> r.item().get("id")).toList();
  }

  @Test
  void bestCandidatesComeInTheOrderOfTheirScores() {
    List<Recommendation> best = recommend(user(), items(0.2, 0.9, 0.1, 0.5), "click", 3);
    assertThat(ids(best)).containsExactly("item1", "item3", "item0");
    assertThat(best).extracting(Recommendation::rank).containsExactly(1, 2, 3);
    assertThat(best.get(0).score()).isEqualTo((float) (0.9 + 0.2));
    assertThat(best.get(0).item()).containsEntry("appeal", "0.9").containsOnlyKeys("id", "appeal");
  }

  @Test
  void everyOutputOfWidthOneIsGivenAndAnyOfThemMayRank() {
    List<Recommendation> best = recommend(user(), items(0.2, 0.9, 0.1), "rating", 1);
    assertThat(ids(best)).containsExactly("item2");
    assertThat(best.get(0).scores()).containsOnlyKeys("click", "rating");
    assertThat(best.get(0).score()).isEqualTo(best.get(0).scores().get("rating"));
  }

  private static List<String> fused(
      Fusion.Kind kind, double click, List<Map<String, Object>> items, int k) {
    Map<String, Double> weights = new LinkedHashMap<>();
    weights.put("click", click);
    weights.put("rating", 1 - click);
    return ids(
        new Recommender(MANIFEST, new Formula())
            .recommend(user(), BatchSource.of(items), new Fusion(kind, weights), k));
  }

  /** More than a block; of click and its opposite the heavier one decides. */
  @Test
  void fusedScoresRankAllCandidatesTogether() {
    double[] appeals = TestSeed.random().doubles(5_000).map(x -> Math.rint(x * 1000)).toArray();
    List<Map<String, Object>> items = items(appeals);
    List<String> byClick = ids(recommend(user(), items, "click", 30));
    List<String> byRating = ids(recommend(user(), items, "rating", 30));
    for (Fusion.Kind kind : List.of(Fusion.Kind.WEIGHTED_SUM, Fusion.Kind.RANK_SUM)) {
      assertThat(fused(kind, 0.75, items, 30)).as("%s", kind).isEqualTo(byClick);
      assertThat(fused(kind, 0.25, items, 30)).as("%s", kind).isEqualTo(byRating);
    }
  }

  @Test
  void fusionOfAnOutputThatIsNotThereIsRefused() {
    Fusion fusion = new Fusion(Fusion.Kind.PRODUCT, Map.of("click", 0.5, "genre", 0.5));
    assertThatThrownBy(
            () ->
                new Recommender(MANIFEST, new Formula())
                    .recommend(user(), BatchSource.of(items(0.1)), fusion, 1))
        .isInstanceOf(MtlException.class)
        .hasMessageStartingWith("There is no output \"genre\" to rank by.");
  }

  @Test
  void equalScoresKeepTheCandidatesOrder() {
    List<Recommendation> best = recommend(user(), items(0.5, 0.7, 0.5, 0.7, 0.5, 0.7), "click", 4);
    assertThat(ids(best)).containsExactly("item1", "item3", "item5", "item0");
  }

  @Test
  void userReachesTheModelAsARowOfAFileWould() {
    Map<String, List<String>> seen = new LinkedHashMap<>();
    Formula formula = new Formula();
    Predictor watching =
        new Predictor() {
          @Override
          public Predictions predict(RawBatch rows) {
            for (String name : rows.columns().names()) {
              int column = rows.columns().indexOf(name);
              for (int r = 0; r < rows.rowCount(); r++) {
                seen.computeIfAbsent(name, n -> new ArrayList<>()).add(rows.text(column, r));
              }
            }
            return formula.predict(rows);
          }

          @Override
          public void close() {}
        };
    Map<String, Object> user = new LinkedHashMap<>();
    user.put("user", 9007199254740993L);
    user.put("hour", 20);
    user.put("city", " ");
    user.put("name", "\ud83c");
    user.put("age", null);
    new Recommender(MANIFEST, watching)
        .recommend(user, BatchSource.of(items(0.2, 0.9)), "click", 1);
    assertThat(seen.get("user")).containsExactly("9007199254740993", "9007199254740993");
    assertThat(seen.get("hour")).containsExactly("20", "20");
    assertThat(seen.get("city")).containsExactly(null, null);
    assertThat(seen.get("name")).containsExactly("\ufffd", "\ufffd");
    assertThat(seen.get("age")).containsExactly(null, null);
    assertThat(seen.get("appeal")).containsExactly("0.2", "0.9");
  }

  @Test
  void fewerCandidatesThanAskedForComeAll() {
    assertThat(ids(recommend(user(), items(0.1, 0.2), "click", 10)))
        .containsExactly("item1", "item0");
  }

  @Test
  void lessThanOneCandidateIsAProgrammersMistake() {
    assertThatThrownBy(() -> recommend(user(), items(0.1), "click", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 0");
  }

  private static MtlException refused(
      Map<String, ?> user, List<Map<String, Object>> items, String by) {
    return catchThrowableOfType(MtlException.class, () -> recommend(user, items, by, 1));
  }

  @Test
  void unknownOutputIsAnErrorWithTheNearestName() {
    MtlException failure = refused(user(), items(0.1), "clik");
    assertThat(failure.code()).isEqualTo(ErrorCode.UNKNOWN_NAME);
    assertThat(failure).hasMessageContaining("\"clik\"").hasMessageContaining("\"click\"?");
  }

  @Test
  void classesAreNothingToRankBy() {
    MtlException failure = refused(user(), items(0.1), "genre");
    assertThat(failure.code()).isEqualTo(ErrorCode.UNKNOWN_NAME);
    assertThat(failure).hasMessageContaining("Known: click, rating.");
  }

  @Test
  void columnsThatNeitherHasAreNamedAllAtOnce() {
    MtlException failure = refused(Map.of("age", 31), items(0.1), "click");
    assertThat(failure.code()).isEqualTo(ErrorCode.REQUEST_INVALID);
    assertThat(failure).hasMessageContaining("user, hour,");
  }

  @Test
  void usersColumnWinsOverTheItems() {
    List<Map<String, Object>> items = items(0.2, 0.9);
    items.forEach(item -> item.put("hour", 90));
    List<Recommendation> best = recommend(user(), items, "click", 1);
    assertThat(best.get(0).score()).isEqualTo((float) (0.9 + 0.2));
    assertThat(best.get(0).item()).containsEntry("hour", "90");
  }

  @Test
  void aColumnOfItemsAloneIsTheItemsThoughTheUserHasItToo() {
    ModelManifest.Input appeal =
        new ModelManifest.Input(
            "appeal", "appeal", Kind.NUMERIC, Optional.of("item"), Optional.empty());
    Map<String, Object> user = new LinkedHashMap<>(user());
    user.put("appeal", 7);
    List<Recommendation> best =
        new Recommender(with(appeal, List.of()), new Formula())
            .recommend(user, BatchSource.of(items(0.2, 0.9)), "click", 1);
    assertThat(best.get(0).score()).isEqualTo((float) (0.9 + 0.2));
    assertThat(recommend(user, items(0.2, 0.9), "click", 1).get(0).score())
        .as("without a group")
        .isEqualTo((float) (7 + 0.2));
  }

  @Test
  void whatAModelLooksUpNeedNotBeGivenButItsId() {
    ModelManifest.Input appeal =
        new ModelManifest.Input(
            "appeal", "appeal", Kind.NUMERIC, Optional.of("item"), Optional.empty());
    LookupSpec spec =
        new LookupSpec(
            "items",
            "id",
            "id",
            List.of(new LookupSpec.Column("appeal", ColumnType.NUMBER, Optional.empty())),
            100);
    ModelManifest manifest = with(appeal, List.of(spec));
    Predictor looking =
        new Predictor() {
          @Override
          public Predictions predict(RawBatch rows) {
            Columns more = new Columns(spec.given());
            double[] found = new double[rows.rowCount()];
            return new Formula().predict(rows.with(more, List.of(new double[] {0.3, 0.4}, found)));
          }

          @Override
          public void close() {}
        };
    BatchSource ids = BatchSource.of(List.of(Map.of("id", "a"), Map.of("id", "b")));
    assertThat(
            ids(
                new Recommender(manifest, looking, List.of(spec))
                    .recommend(user(), ids, "click", 2)))
        .containsExactly("b", "a");
    MtlException failure =
        catchThrowableOfType(
            MtlException.class,
            () -> new Recommender(manifest, looking).recommend(user(), ids, "click", 2));
    assertThat(failure)
        .hasMessage(
            "The model needs the columns appeal (item), which neither the user nor the items have."
                + " Add them to the user (also for the moment: hour, device) or to the items; null"
                + " says that a value is missing. The lookup \"items\", if the model is loaded with"
                + " it, gives appeal for a \"id\".");
  }

  private static ModelManifest with(ModelManifest.Input appeal, List<LookupSpec> lookups) {
    List<ModelManifest.Input> inputs = new ArrayList<>(MANIFEST.inputs());
    inputs.set(1, appeal);
    return new ModelManifest(
        ModelManifest.FORMAT,
        "formula",
        "development",
        inputs,
        List.of(),
        MANIFEST.outputs(),
        Explanation.NONE,
        lookups,
        Map.of(),
        new ModelManifest.Certificate(1, 0),
        Map.of());
  }

  @Test
  void missingValueOfAnItemIsLeftOutOfItsColumns() {
    List<Map<String, Object>> items = items(0.2);
    items.get(0).put("brand", "");
    assertThat(recommend(user(), items, "click", 1).get(0).item()).containsOnlyKeys("id", "appeal");
  }

  @Test
  void manyCandidatesStreamThroughInBlocksAndRankAsInOne() {
    Random random = TestSeed.random();
    double[] appeals = random.ints(10_000, 0, 500).mapToDouble(i -> i / 500.0).toArray();
    List<Map<String, Object>> items = items(appeals);
    Formula formula = new Formula();
    List<Recommendation> best =
        new Recommender(MANIFEST, formula).recommend(user(), BatchSource.of(items), "click", 50);
    List<String> expected =
        items.stream()
            .sorted(Comparator.comparingDouble(item -> -(double) item.get("appeal")))
            .limit(50)
            .map(item -> (String) item.get("id"))
            .toList();
    assertThat(formula.blocks).containsExactly(4096, 4096, 1808);
    assertThat(ids(best)).as("seed %d", TestSeed.value()).isEqualTo(expected);
  }
}
