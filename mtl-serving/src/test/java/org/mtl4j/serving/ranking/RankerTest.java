package org.mtl4j.serving.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.manifest.Explanation;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.metric.Fusion;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.core.model.Predictor;
import org.mtl4j.serving.catalogue.ItemCatalogue;
import org.mtl4j.testkit.TestSeed;

class RankerTest {
  private static final ModelManifest MANIFEST =
      new ModelManifest(
          ModelManifest.FORMAT,
          "formula",
          "development",
          List.of(input("taste"), input("appeal")),
          List.of(),
          List.of(output("click"), output("cost")),
          Explanation.NONE,
          List.of(),
          Map.of(),
          new ModelManifest.Certificate(1, 0),
          Map.of());

  private static ModelManifest.Input input(String column) {
    return new ModelManifest.Input(
        column, column, ModelManifest.Kind.NUMERIC, Optional.empty(), Optional.empty());
  }

  private static ModelManifest.Output output(String name) {
    return new ModelManifest.Output(
        name, name.equals("click") ? "binary" : "regression", "", List.of());
  }

  /** click = taste * appeal, cost = -appeal; without an appeal both are no number. */
  private static final class Formula implements Predictor {
    @Override
    public Predictions predict(RawBatch rows) {
      int taste = rows.columns().indexOf("taste");
      int appeal = rows.columns().indexOf("appeal");
      float[] click = new float[rows.rowCount()];
      float[] cost = new float[rows.rowCount()];
      for (int r = 0; r < click.length; r++) {
        click[r] = (float) (rows.number(taste, r) * rows.number(appeal, r));
        cost[r] = (float) -rows.number(appeal, r);
      }
      Map<String, float[]> values = new LinkedHashMap<>();
      values.put("click", click);
      values.put("cost", cost);
      return new Predictions(rows.rowCount(), values);
    }

    @Override
    public void close() {}
  }

  private static Ranker ranker(ItemCatalogue catalogue, RankingLimits limits) {
    Formula model = new Formula();
    return new Ranker(
        MANIFEST,
        model,
        List.of(),
        new Ranker.Parts(
            Optional.of(new JoinedScores(MANIFEST, model, catalogue)), Optional.empty(), limits));
  }

  private static ItemCatalogue catalogue(List<Map<String, Object>> items) {
    return ItemCatalogue.load(BatchSource.of(items), "id");
  }

  /** Few different values, so that there are ties, missing ones and full categories. */
  private static Map<String, Object> item(String id, Random random) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("id", id);
    item.put("appeal", random.nextInt(20) == 0 ? null : (double) random.nextInt(6));
    item.put("stock", random.nextInt(8) == 0 ? null : (double) random.nextInt(3));
    item.put("category", random.nextInt(8) == 0 ? null : "c" + random.nextInt(4));
    item.put("brand", "b" + random.nextInt(3));
    return item;
  }

  /** A request and what it asks for in plain Java. */
  private record Case(
      List<Map<String, Object>> items,
      List<String> candidates,
      Set<String> excluded,
      int k,
      Map<String, Integer> atMost) {

    private static Case draw(Random random) {
      List<Map<String, Object>> items = new ArrayList<>();
      int n = 1 + random.nextInt(40);
      List<Integer> ids = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        ids.add(i);
      }
      Collections.shuffle(ids, random);
      ids.forEach(id -> items.add(item("i" + id, random)));
      List<String> candidates = new ArrayList<>();
      Set<String> excluded = new HashSet<>();
      for (int i = 0; i < 1 + random.nextInt(60); i++) {
        candidates.add("i" + random.nextInt(n + 5));
        if (random.nextInt(4) == 0) {
          excluded.add("i" + random.nextInt(n));
        }
      }
      Map<String, Integer> atMost = new LinkedHashMap<>();
      if (random.nextBoolean()) {
        atMost.put("category", 1 + random.nextInt(2));
      }
      if (random.nextBoolean()) {
        atMost.put("brand", 1 + random.nextInt(3));
      }
      return new Case(items, candidates, excluded, 1 + random.nextInt(12), atMost);
    }

    private Map<String, Object> find(String id) {
      return items.stream().filter(item -> item.get("id").equals(id)).findFirst().orElse(null);
    }

    private static boolean inStock(Map<String, Object> item) {
      return item.get("stock") instanceof Double stock && stock >= 1;
    }

    private static boolean isAllowed(Map<String, Object> item) {
      return item.get("category") instanceof String category && !category.equals("c3");
    }

    /** The ids that are to come out, taken one after another by the best that is left. */
    private List<String> expected(List<String> order, double sign) {
      List<String> left = new ArrayList<>();
      for (String id : order) {
        Map<String, Object> item = find(id);
        if (item != null
            && !left.contains(id)
            && !excluded.contains(id)
            && inStock(item)
            && isAllowed(item)) {
          left.add(id);
        }
      }
      List<String> chosen = new ArrayList<>();
      Map<String, Integer> taken = new HashMap<>();
      while (!left.isEmpty() && chosen.size() < k) {
        String best = left.get(0);
        for (String id : left) {
          if (score(id, sign) > score(best, sign)) {
            best = id;
          }
        }
        left.remove(best);
        Map<String, Object> item = find(best);
        boolean fits =
            atMost.entrySet().stream()
                .allMatch(
                    most -> taken.getOrDefault(key(most.getKey(), item), 0) < most.getValue());
        if (fits) {
          chosen.add(best);
          atMost.keySet().forEach(column -> taken.merge(key(column, item), 1, Integer::sum));
        }
      }
      return chosen;
    }

    private static String key(String column, Map<String, Object> item) {
      return column + " " + item.get(column);
    }

    private double score(String id, double sign) {
      return find(id).get("appeal") instanceof Double appeal
          ? sign * appeal
          : Double.NEGATIVE_INFINITY;
    }

    private RankingRequest.Builder request() {
      RankingRequest.Builder request =
          RankingRequest.forUser(Map.of("taste", 0.5))
              .exclude(excluded)
              .where("stock >= 1")
              .where("category not in ('c3', 'c9')")
              .k(k);
      atMost.forEach((column, items) -> request.atMost(items, column));
      return request;
    }
  }

  private static List<String> ids(RankingResult result) {
    return result.items().stream().map(item -> item.id().orElseThrow()).toList();
  }

  @Test
  void filtersCapsExclusionsAndTiesAreThoseOfPlainLoops() {
    Random random = TestSeed.random();
    for (int i = 0; i < 300; i++) {
      Case drawn = Case.draw(random);
      Ranker ranker = ranker(catalogue(drawn.items()), RankingLimits.DEFAULT);
      RankingResult byIds = ranker.rank(drawn.request().ids(drawn.candidates()).build());
      assertThat(ids(byIds))
          .as("test seed %s, case %s", TestSeed.value(), i)
          .isEqualTo(drawn.expected(drawn.candidates(), 1));
      RankingResult byCost =
          ranker.rank(drawn.request().ids(drawn.candidates()).by("cost").build());
      assertThat(ids(byCost)).isEqualTo(drawn.expected(drawn.candidates(), -1));
      List<String> inOrder =
          drawn.items().stream().map(item -> (String) item.get("id")).sorted().toList();
      assertThat(ids(ranker.rank(drawn.request().build())))
          .as("whole catalogue, test seed %s, case %s", TestSeed.value(), i)
          .isEqualTo(drawn.expected(inOrder, 1));
      assertCounted(drawn, byIds);
    }
  }

  /** Nobody is lost: whoever was asked about was scored or left out for a reason. */
  private static void assertCounted(Case drawn, RankingResult result) {
    Map<String, Integer> left = result.counts().left();
    int before =
        left.entrySet().stream()
            .filter(reason -> !reason.getKey().startsWith("at_most "))
            .mapToInt(Map.Entry::getValue)
            .sum();
    assertThat(result.counts().candidates()).isEqualTo(drawn.candidates().size());
    assertThat(before + result.counts().scored()).isEqualTo(drawn.candidates().size());
    List<String> unknown =
        drawn.candidates().stream().filter(id -> drawn.find(id) == null).distinct().toList();
    assertThat(result.unknown()).isEqualTo(unknown);
  }

  @Test
  void candidatesWithTheirColumnsAreRankedAsThoseOfACatalogue() {
    Random random = TestSeed.random();
    for (int i = 0; i < 50; i++) {
      Case drawn = Case.draw(random);
      RankingResult result =
          ranker(catalogue(drawn.items()), RankingLimits.DEFAULT)
              .rank(
                  drawn
                      .request()
                      .candidates(
                          new RankingRequest.Candidates.Rows(drawn.items(), Optional.of("id")))
                      .build());
      List<String> order = drawn.items().stream().map(item -> (String) item.get("id")).toList();
      assertThat(ids(result)).isEqualTo(drawn.expected(order, 1));
    }
  }

  @Test
  void fusedScoresDecideAndAllOutputsAreGiven() {
    List<Map<String, Object>> items = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      items.add(new LinkedHashMap<>(Map.of("id", "i" + i, "appeal", (double) i)));
    }
    Map<String, Double> weights = new LinkedHashMap<>();
    weights.put("click", 0.4);
    weights.put("cost", 0.6);
    RankingResult result =
        ranker(catalogue(items), RankingLimits.DEFAULT)
            .rank(
                RankingRequest.forUser(Map.of("taste", 1))
                    .by(new Fusion(Fusion.Kind.WEIGHTED_SUM, weights))
                    .k(2)
                    .build());
    assertThat(ids(result)).containsExactly("i0", "i1");
    assertThat(result.by()).isEqualTo("weighted_sum of click, cost");
    Recommendation second = result.items().get(1).place();
    assertThat(second.scores()).containsEntry("click", 1.0).containsEntry("cost", -1.0);
    assertThat(second.score()).isCloseTo(-0.2, org.assertj.core.data.Offset.offset(1e-12));
    assertThat(second.item()).containsEntry("id", "i1").containsEntry("appeal", "1");
  }

  private static MtlException refused(RankingRequest.Builder request) {
    Ranker ranker =
        ranker(
            catalogue(List.of(item("a", new Random(1)), item("b", new Random(1)))),
            new RankingLimits(3, 2, 1, 2));
    return catchThrowableOfType(MtlException.class, () -> ranker.rank(request.build()));
  }

  private static RankingRequest.Builder request() {
    return RankingRequest.forUser(Map.of("taste", 1)).k(1);
  }

  @Test
  void moreThanTheLimitsIsRefusedWithTheKey() {
    assertThat(refused(request().ids(List.of("a", "b", "c", "d"))))
        .hasMessage("candidates: Expected at most 3, found 4.");
    assertThat(refused(request().k(3))).hasMessage("k: Expected at most 2, found 3.");
    assertThat(refused(request().k(2).explain()))
        .hasMessage("k with explain: Expected at most 1, found 2.");
    assertThat(refused(request().where("stock > 0").atMost(1, "brand").where("stock > 1")))
        .hasMessage("where and at_most: Expected at most 2, found 3.");
  }

  @Test
  void whatDoesNotFitTheCandidatesIsRefused() {
    assertThat(refused(request().where("stok > 0")).code()).isEqualTo(ErrorCode.COLUMN_MISSING);
    assertThat(refused(request().where("'a'")).code()).isEqualTo(ErrorCode.EXPRESSION_TYPE);
    assertThat(refused(request().atMost(1, "colour")).code()).isEqualTo(ErrorCode.COLUMN_MISSING);
    assertThat(refused(request().by("clik")).code()).isEqualTo(ErrorCode.UNKNOWN_NAME);
    assertThat(refused(RankingRequest.forUser(Map.of()).k(1)))
        .hasMessageContaining("taste, which neither the user nor the items have.");
    assertThat(refused(request().rows(List.of(Map.of("appeal", 1))).exclude(Set.of("a"))))
        .hasMessageContaining("exclude: The candidates have no ids");
  }

  @Test
  void emptyCandidatesGiveAnEmptyAnswer() {
    Ranker ranker = ranker(catalogue(List.of(item("a", new Random(1)))), RankingLimits.DEFAULT);
    assertThat(ranker.rank(request().ids(List.of()).build()).items()).isEmpty();
    assertThat(ranker.rank(request().rows(List.of()).build()).items()).isEmpty();
    assertThat(ranker.rank(request().ids(List.of("nobody")).build()).unknown())
        .containsExactly("nobody");
  }

  @Test
  void catalogueThatWasSwappedOutIsNotHeld() {
    CurrentRanker current =
        new CurrentRanker(
            ranker(catalogue(List.of(item("old", new Random(1)))), RankingLimits.DEFAULT));
    WeakReference<Ranker> old = new WeakReference<>(current.get());
    current.swap(ranker(catalogue(List.of(item("new", new Random(1)))), RankingLimits.DEFAULT));
    assertThat(current.get().rank(request().ids(List.of("old")).build()).unknown())
        .containsExactly("old");
    for (int i = 0; i < 100 && old.get() != null; i++) {
      System.gc();
      Thread.onSpinWait();
    }
    assertThat(old.get()).isNull();
  }
}
