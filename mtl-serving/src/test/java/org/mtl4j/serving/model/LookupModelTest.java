package org.mtl4j.serving.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.lookup.FeatureLookup;
import org.mtl4j.core.lookup.LookupCounts;
import org.mtl4j.core.lookup.LookupEntries;
import org.mtl4j.core.lookup.LookupSpec;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.serving.ranking.Recommendation;
import org.mtl4j.testkit.LinearModel;
import org.mtl4j.testkit.SmallExport;
import org.mtl4j.testkit.SmallProblem;
import org.mtl4j.testkit.TestSeed;

/** An export whose prices and tags came from a lookup of items, served by a program's own. */
class LookupModelTest {
  private static final LookupSpec SPEC =
      new LookupSpec(
          "items",
          "item",
          "item_id",
          List.of(
              new LookupSpec.Column("price", ColumnType.NUMBER, Optional.of("0.5")),
              new LookupSpec.Column("tags", ColumnType.UNTYPED, Optional.empty())),
          60_000);

  @TempDir Path folder;
  private Path export;
  private final List<Map<String, Object>> rows = SmallExport.rows(20, TestSeed.random());
  private final Map<String, Map<String, Object>> entries = new LinkedHashMap<>();

  @BeforeEach
  void export() {
    export = export("1", SPEC);
    for (Map<String, Object> row : rows) {
      String item = (String) row.get("item");
      if (!item.isEmpty() && !entries.containsKey(item) && entries.size() < 12) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("price", row.get("price"));
        entry.put("tags", row.get("tags"));
        entries.put(item, entry);
      }
    }
    rows.stream()
        .map(row -> (String) row.get("item"))
        .filter(item -> !item.isEmpty())
        .findFirst()
        .ifPresent(entries::remove); // An orphan, whatever the seed.
  }

  private Path export(String name, LookupSpec spec) {
    Path target = folder.resolve(name);
    SmallExport.write(SmallProblem.withFunnel("click"), new LinearModel(), List.of(spec), target);
    return target;
  }

  /** Rows with what the lookup has, by hand; without them, rows with their ids alone. */
  private List<Map<String, Object>> rows(boolean joined) {
    return rows.stream()
        .map(
            row -> {
              Map<String, Object> changed = new LinkedHashMap<>(row);
              changed.remove("price");
              changed.remove("tags");
              Map<String, Object> entry = entries.get((String) row.get("item"));
              if (joined) {
                changed.put("price", entry == null ? 0.5 : entry.get("price"));
                changed.put("tags", entry == null ? null : entry.get("tags"));
              }
              return changed;
            })
        .toList();
  }

  private static List<float[]> clicks(MtlModel model, List<Map<String, Object>> rows) {
    return model.predict(rows).stream().map(row -> row.get("click")).toList();
  }

  @Test
  void requestsWithIdsAloneGetTheNumbersOfTheJoinedColumns() {
    FeatureLookup own = ids -> LookupEntries.of(ids, entries);
    try (MtlModel model = MtlModel.load(export, Map.of("items", own));
        MtlModel plain = MtlModel.load(export)) {
      List<float[]> expected = clicks(plain, rows(true));
      assertThat(clicks(model, rows(false)))
          .usingRecursiveFieldByFieldElementComparator()
          .isEqualTo(expected);
      assertThat(model.lookupCounts().get("items").orphans()).isPositive();
      BatchSource items = BatchSource.of(rows(false));
      List<Recommendation> found = model.recommend(Map.of("user", "user1"), items, "click", 20);
      assertThat(found)
          .extracting(Recommendation::score)
          .isEqualTo(
              plain
                  .recommend(Map.of("user", "user1"), BatchSource.of(rows(true)), "click", 20)
                  .stream()
                  .map(Recommendation::score)
                  .toList());
    }
  }

  @Test
  void aColumnOfTheRequestWins() {
    AtomicInteger asked = new AtomicInteger();
    FeatureLookup own =
        ids -> {
          asked.incrementAndGet();
          return LookupEntries.of(ids, entries);
        };
    List<Map<String, Object>> given =
        rows(true).stream()
            .map(
                row -> {
                  Map<String, Object> changed = new LinkedHashMap<>(row);
                  changed.put("price", 3);
                  changed.put("tags", "tag1");
                  return changed;
                })
            .toList();
    try (MtlModel model = MtlModel.load(export, Map.of("items", own));
        MtlModel plain = MtlModel.load(export)) {
      assertThat(clicks(model, given))
          .usingRecursiveFieldByFieldElementComparator()
          .isEqualTo(clicks(plain, given));
    }
    assertThat(asked).hasValue(0);
  }

  @Test
  void aLookupThatSaysNothingDoesNotHoldARequest() {
    Path hasty =
        export("2", new LookupSpec(SPEC.name(), SPEC.column(), SPEC.key(), SPEC.columns(), 1));
    CountDownLatch silence = new CountDownLatch(1);
    FeatureLookup silent =
        ids -> {
          try {
            silence.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return LookupEntries.of(ids, Map.of());
        };
    entries.clear(); // Defaults for all.
    int ids = (int) rows.stream().filter(row -> !row.get("item").equals("")).count();
    try (MtlModel model = MtlModel.load(hasty, Map.of("items", silent));
        MtlModel plain = MtlModel.load(hasty)) {
      assertThat(clicks(model, rows(false)))
          .usingRecursiveFieldByFieldElementComparator()
          .isEqualTo(clicks(plain, rows(true)));
      assertThat(model.lookupCounts()).containsEntry("items", new LookupCounts(ids, 0, ids, 0));
      assertThat(model.lookupWarnings())
          .containsExactly(
              "The lookup \"items\" gave no answer within 1 ms for %d of %d rows: they got its defaults."
                  .formatted(ids, ids));
      silence.countDown();
    }
  }

  @Test
  void whatLacksNamesTheLookup() {
    List<Map<String, Object>> bare = rows(false);
    MtlException failure;
    try (MtlModel plain = MtlModel.load(export)) {
      failure = catchThrowableOfType(MtlException.class, () -> plain.predict(bare));
    }
    assertThat(failure.problems())
        .contains(
            new Problem(
                ErrorCode.COLUMN_MISSING,
                "",
                "The rows have no column \"price\", which the lookup \"items\" gives for a"
                    + " \"item\".",
                "Add it, or load the model with that lookup: an export does not have it; mtl --run"
                    + " asks the run's own."));
    MtlException unknown =
        catchThrowableOfType(
            MtlException.class,
            () ->
                MtlModel.load(export, Map.of("itms", ids -> LookupEntries.of(ids, entries)))
                    .close());
    assertThat(unknown).hasMessage("The model has no lookup \"itms\". Did you mean \"items\"?");
  }

  @Test
  void lookupsAreClosedWithTheModel() {
    AtomicInteger closed = new AtomicInteger();
    FeatureLookup own =
        new FeatureLookup() {
          @Override
          public LookupEntries find(List<String> ids) {
            return LookupEntries.of(ids, entries);
          }

          @Override
          public void close() {
            closed.incrementAndGet();
          }
        };
    MtlModel.load(export, Map.of("items", own)).close();
    assertThat(closed).hasValue(1);
  }

  @Test
  void manifestHasTheLookupAndAnOlderOneHasNone() throws IOException {
    assertThat(ManifestFile.read(export).lookups()).containsExactly(SPEC);
    assertThat(Files.readString(export.resolve("mtl4j.json")))
        .contains("\"name\" : \"items\"", "\"key\" : \"item_id\"", "\"timeoutMs\" : 60000");
  }
}
