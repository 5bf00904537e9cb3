package org.mtl4j.serving.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.feature.EncodedFeatures;
import org.mtl4j.core.feature.EncodedPart;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.serving.catalogue.ItemCatalogue;
import org.mtl4j.serving.ranking.CatalogueScores;
import org.mtl4j.serving.ranking.JoinedScores;
import org.mtl4j.serving.ranking.RankedItem;
import org.mtl4j.serving.ranking.Ranker;
import org.mtl4j.serving.ranking.RankingLimits;
import org.mtl4j.serving.ranking.RankingRequest;
import org.mtl4j.serving.ranking.RankingResult;
import org.mtl4j.testkit.SmallExport;
import org.mtl4j.testkit.TestSeed;

/** Items encoded once beside a user encoded once, against rows with all their values. */
class EncodedCatalogueTest {
  private static final int ITEMS = 2_500;
  private static final int USERS = 4;

  @TempDir static Path folder;

  private static Path export;
  private static MtlModel model;
  private final Random random = TestSeed.random();

  @BeforeAll
  static void export() {
    export = folder.resolve("1");
    EveryFeature.export(export, TestSeed.random());
    model = MtlModel.load(export);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private List<Map<String, Object>> items(int n) {
    return IntStream.range(0, n).mapToObj(i -> EveryFeature.item(i, random)).toList();
  }

  private static ItemCatalogue catalogue(List<Map<String, Object>> items) {
    return ItemCatalogue.load(BatchSource.of(items), "id");
  }

  private static RawBatch batch(Map<String, Object> row) {
    return SmallExport.batch(List.of(row));
  }

  /** The design's tolerance between two ways to a number. */
  private static void assertEqual(Predictions found, Predictions expected) {
    assertThat(found.values().keySet()).isEqualTo(expected.values().keySet());
    expected
        .values()
        .forEach(
            (output, values) -> {
              float[] others = found.values().get(output);
              assertThat(others).hasSameSizeAs(values);
              for (int i = 0; i < values.length; i++) {
                if (!(Math.abs(others[i] - values[i]) <= 1e-6 + 1e-5 * Math.abs(values[i]))) {
                  throw new AssertionError(
                      "%s %d: expected %s, found %s; test seed %s"
                          .formatted(output, i, values[i], others[i], TestSeed.value()));
                }
              }
            });
  }

  @Test
  void tenThousandRowsOfEveryKindOfFeatureGetTheNumbersOfRawRows() {
    ItemCatalogue catalogue = catalogue(items(ITEMS));
    CatalogueScores encoded = model.ranking().over(catalogue);
    CatalogueScores joined = new JoinedScores(model.manifest(), model, catalogue);
    assertThat(encoded).isInstanceOf(EncodedCatalogue.class);
    for (int u = 0; u < USERS; u++) {
      RawBatch user = batch(EveryFeature.columns("u", random));
      int[] positions = random.ints(ITEMS, 0, ITEMS).toArray();
      assertEqual(encoded.predict(user, positions), joined.predict(user, positions));
    }
  }

  /** The pipeline in Java is what training encodes with. */
  @Test
  void encoderGivesTheIdsAndNumbersOfJava() {
    FeaturePipeline pipeline = EveryFeature.pipeline();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int r = 0; r < 500; r++) {
      Map<String, Object> row = new LinkedHashMap<>(EveryFeature.columns("u", random));
      row.putAll(EveryFeature.columns("i", random));
      rows.add(row);
    }
    RawBatch batch = SmallExport.batch(rows);
    EncodedFeatures expected = pipeline.encodeServed(batch);
    RowEncoder.Encoded found = model.encoder().encode(batch);
    int width = expected.ids().size();
    int dense = expected.dense().size();
    for (int r = 0; r < rows.size(); r++) {
      for (int c = 0; c < width; c++) {
        assertThat(found.ids()[r * width + c]).isEqualTo(expected.ids().get(c)[r]);
      }
      for (int c = 0; c < dense; c++) {
        float number = expected.dense().get(c)[r];
        assertThat(found.dense()[r * dense + c])
            .isBetween(number - 8 * Math.ulp(number), number + 8 * Math.ulp(number));
      }
    }
  }

  @Test
  void everyEncodedColumnIsInOnePartOfTheManifest() {
    FeaturePipeline pipeline = EveryFeature.pipeline();
    List<String> ids = new ArrayList<>();
    List<String> dense = new ArrayList<>();
    for (EncodedPart part : model.manifest().encoded()) {
      for (int i = 0; i < part.place().width(); i++) {
        (part.place().kind() == EncodedPart.Kind.IDS ? ids : dense)
            .add(part.feature() + " " + (part.place().first() + i));
      }
    }
    assertThat(ids).doesNotHaveDuplicates().hasSize(pipeline.idWidth());
    assertThat(dense)
        .doesNotHaveDuplicates()
        .hasSize(pipeline.denseWidth() + pipeline.weightWidth());
  }

  /** What an item reads of the moment, a price of today say, is the user's; else the item's. */
  @Test
  void userMayGiveAColumnThatTheCatalogueHas() {
    List<Map<String, Object>> items = items(50);
    ItemCatalogue catalogue = catalogue(items);
    int[] all = IntStream.range(0, 50).toArray();
    Map<String, Object> user = EveryFeature.columns("u", random);
    List<Map<String, Object>> withUsers = new ArrayList<>();
    for (Map<String, Object> item : items) {
      Map<String, Object> more = new LinkedHashMap<>(item);
      more.put("ulearnt", "v3");
      more.put("ulog", 7.5);
      withUsers.add(more);
    }
    CatalogueScores both = model.ranking().over(catalogue(withUsers));
    RawBatch row = batch(user);
    assertEqual(both.predict(row, all), model.ranking().over(catalogue).predict(row, all));
    user.put("ilearnt", "v5");
    assertEqual(model.ranking().over(catalogue).predict(batch(user), all), both.predict(row, all));
    user.keySet().removeAll(List.of("ulearnt", "ulog"));
    user.remove("ilearnt");
    assertEqual(
        both.predict(batch(user), all),
        new JoinedScores(model.manifest(), model, catalogue(withUsers)).predict(batch(user), all));
  }

  @Test
  void rankingByTheCatalogueIsThatOfRawCandidatesToTheRank() {
    List<Map<String, Object>> items = items(300);
    Ranker ranker =
        model
            .ranking()
            .ranker(
                new Ranker.Parts(
                    Optional.of(model.ranking().over(catalogue(items))),
                    Optional.empty(),
                    RankingLimits.DEFAULT));
    Map<String, Object> user = EveryFeature.columns("u", random);
    RankingResult byId =
        ranker.rank(
            RankingRequest.forUser(user)
                .ids(items.stream().map(item -> (String) item.get("id")).toList())
                .k(300)
                .build());
    RankingResult byRow =
        model.recommend(
            RankingRequest.forUser(user)
                .candidates(new RankingRequest.Candidates.Rows(items, Optional.of("id")))
                .k(300)
                .build());
    assertThat(byId.by()).isEqualTo("buy");
    // Equal but for rounding: neighbours may change places, so that scores are compared.
    for (int i = 0; i < 300; i++) {
      double score = byRow.items().get(i).place().score();
      assertThat(byId.items().get(i).place().score())
          .isBetween(score - 1e-6 - 1e-5 * score, score + 1e-6 + 1e-5 * score);
    }
  }

  @Tag("slow") // gradients of a graph with every kind of layer
  @Test
  void explanationsAddUpToWhatTheFeaturesDo() {
    List<Map<String, Object>> items = items(20);
    try (Explanations explanations = model.ranking().explanations();
        IntegratedGradients gradients = IntegratedGradients.load(export)) {
      Ranker ranker =
          model
              .ranking()
              .ranker(
                  new Ranker.Parts(
                      Optional.of(model.ranking().over(catalogue(items))),
                      Optional.of(explanations),
                      RankingLimits.DEFAULT));
      Map<String, Object> user = EveryFeature.columns("u", random);
      RankingResult result =
          ranker.rank(RankingRequest.forUser(user).k(2).by("click").explain().build());
      assertThat(result.items()).hasSize(2);
      for (RankedItem item : result.items()) {
        assertThat(item.explanation()).containsOnlyKeys("click");
        Map<String, Object> row = new LinkedHashMap<>(user);
        row.putAll(items.get(Integer.parseInt(item.id().orElseThrow().substring(4))));
        Attribution expected = gradients.of(batch(row), new Attribution.Target("click", 0), 64);
        double sum =
            item.explanation().get("click").stream()
                .mapToDouble(RankedItem.Contribution::value)
                .sum();
        assertThat(sum)
            .isBetween(
                expected.sum() - expected.tolerance(), expected.sum() + expected.tolerance());
        assertThat(item.explanation().get("click"))
            .extracting(RankedItem.Contribution::feature)
            .contains("ulearnt", "ilearnt", "both");
      }
    }
  }

  @Test
  void explainingWithoutExplanationsIsRefused() {
    assertThatThrownBy(
            () ->
                model.recommend(
                    RankingRequest.forUser(EveryFeature.columns("u", random))
                        .rows(items(2))
                        .explain()
                        .build()))
        .hasMessageContaining("Nothing is loaded that could explain");
  }
}
