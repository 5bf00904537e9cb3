package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.feature.FittedCross;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.feature.FittedNumeric;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.Experiment;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.testkit.TestSeed;

/** A log of purchases alone: who bought what, of two kinds of people and of things. */
class NegativesRunTest {
  private static final int USERS = 100;
  private static final int ITEMS = 200;

  private static final int ROWS = 5_000;

  @TempDir Path folder;

  private final ExperimentService service = MtlServices.standard();

  /** Even users buy even items, odd ones odd items, but for one purchase in ten. */
  private ConfigFile experiment() throws IOException {
    return experiment("negatives: {per_positive: 2, user: user_id, item: item_id}");
  }

  private ConfigFile experiment(String negatives) throws IOException {
    // Fixed: how well a small model learns differs by its rows.
    SplittableRandom random = new SplittableRandom(7);
    List<String> lines = new ArrayList<>(List.of("user_id,item_id,half,side,ts,stars"));
    for (int i = 0; i < ROWS; i++) {
      int user = random.nextInt(USERS);
      int side = random.nextInt(10) == 0 ? 1 - user % 2 : user % 2;
      int item = 2 * random.nextInt(ITEMS / 2) + side;
      int stars = 1 + item % 5;
      lines.add("%d,%d,h%d,s%d,%d,%d".formatted(user, item, item % 2, user % 2, i, stars));
    }
    return ConfigFile.parse(
        """
        name: purchases
        seed: 3
        data:
          source: {type: csv, path: %s}
          %s
          split: {by: leave_last_out, group: user_id, time: ts}
        features:
          side: {type: categorical, dim: 2, group: user}
          half: {type: categorical, dim: 2, group: item}
        tasks:
          buy: {type: binary, label: "1"}
          stars: {type: regression, label: stars}
        model: {type: shared_bottom, bottom_layers: [16], tower_layers: [8]}
        training:
          epochs: 4
          batch_size: 128
          threads: 1
          optimizer: {type: adam, learning_rate: 0.01}
        """
            .formatted(Files.write(folder.resolve("log.csv"), lines), negatives),
        "purchases.yaml");
  }

  @Test
  void whatPeopleLikeIsLearntFromPurchasesAlone() throws IOException {
    TrainOptions options = TrainOptions.into(folder.resolve("run"));
    Run run = Experiment.of(experiment()).train(options, ExperimentListener.SILENT);
    // Purchases are of one's own half with .9, drawn items with about .4 as that half's other part
    // is
    // one's own: at best .9 * .6 + (.9 * .4 + .1 * .6) / 2 = .75. Without learning it is .5.
    assertThat(run.metric("test", "buy", "auc")).isBetween(0.7, 0.8);
  }

  @Test
  void itemsComeWithTheColumnsOfTheirFeatures() throws IOException {
    ExperimentPlan plan = service.read(experiment());
    Map<String, Set<String>> has = new HashMap<>();
    List<String[]> drawn = new ArrayList<>();
    for (Split split : Split.values()) {
      service
          .datasets()
          .splits(plan)
          .forEach(
              split,
              64,
              rows -> {
                for (int row = 0; row < rows.rowCount(); row++) {
                  String[] cells = new String[6];
                  for (int c = 0; c < cells.length; c++) {
                    cells[c] = rows.text(c, row);
                  }
                  if (rows.drawn().orElseThrow().rows()[row]) {
                    drawn.add(cells);
                  } else {
                    has.computeIfAbsent(cells[0], u -> new HashSet<>()).add(cells[1]);
                  }
                }
              });
    }
    assertThat(drawn).hasSize(2 * ROWS);
    for (String[] cells : drawn) {
      assertThat(has.get(cells[0])).doesNotContain(cells[1]);
      assertThat(cells[2]).isEqualTo("h" + Integer.parseInt(cells[1]) % 2);
      assertThat(cells[3]).isEqualTo("s" + Integer.parseInt(cells[0]) % 2);
      assertThat(cells[5]).isNull();
    }
  }

  /** The rows that were drawn, as values by column. */
  private List<Map<String, String>> drawn(ConfigFile file) {
    List<Map<String, String>> drawn = new ArrayList<>();
    SplitDataset data = service.datasets().splits(service.read(file));
    data.forEach(
        64,
        (split, rows) -> {
          for (int row = 0; row < rows.rowCount(); row++) {
            if (rows.drawn().orElseThrow().rows()[row]) {
              Map<String, String> cells = new HashMap<>();
              for (String name : data.columns().names()) {
                cells.put(name, rows.text(data.columns().indexOf(name), row));
              }
              drawn.add(cells);
            }
          }
        });
    return drawn;
  }

  /**
   * What is learnt of the log is what it would be without negatives; combinations of a user with an
   * item are those of the log and the drawn ones.
   */
  @Test
  void rowsOfTheLogCountOnceForFeatures() throws IOException {
    Map<String, FittedFeature> logged = learnt(combinations(experiment("columns: {}")));
    ConfigFile file = combinations(experiment());
    Map<String, FittedFeature> drawn = learnt(file);
    for (String name : List.of("item_id", "user_id", "own", "ts", "half", "side")) {
      assertThat(drawn.get(name)).as(name).isEqualTo(logged.get(name));
    }
    Set<String> pairs = new HashSet<>();
    SplitDataset data = service.datasets().splits(service.read(file));
    int near = data.columns().indexOf("near");
    DoubleSummaryStatistics all = new DoubleSummaryStatistics();
    data.forEach(
        Split.TRAIN,
        64,
        rows -> {
          for (int row = 0; row < rows.rowCount(); row++) {
            pairs.add(rows.text(0, row) + "\u001f" + rows.text(1, row));
            all.accept(rows.number(near, row));
          }
        });
    assertThat(((FittedCross) drawn.get("pair")).joined().vocabulary().orElseThrow().tokens())
        .containsExactlyInAnyOrderElementsOf(pairs);
    assertThat((double) ((FittedNumeric) drawn.get("near")).fill())
        .isCloseTo(all.getAverage(), withinPercentage(1e-4));
  }

  private static ConfigFile combinations(ConfigFile file) {
    return file.withOverride("tasks.buy.label", "stars > 2")
        .withOverride("data.columns", "{near: \"if(half == 'h0', ts, 0)\"}")
        .withOverride("features.item_id", "{type: categorical, group: item, min_count: 25}")
        .withOverride("features.user_id", "{type: categorical, min_count: 50}")
        .withOverride("features.pair", "{type: cross, features: [user_id, item_id]}")
        .withOverride("features.own", "{type: cross, features: [half, item_id]}")
        .withOverride("features.ts", "{type: numeric}")
        .withOverride("features.near", "{type: numeric}");
  }

  private Map<String, FittedFeature> learnt(ConfigFile file) {
    ExperimentPlan plan = service.read(file);
    Map<String, FittedFeature> learnt = new HashMap<>();
    LearntData.of(plan, service.datasets().splits(plan), rows -> {})
        .pipeline()
        .features()
        .forEach(feature -> learnt.put(feature.spec().name(), feature));
    return learnt;
  }

  /** A brand by the item, its country by the brand, and the age by the user; no group is said. */
  @Test
  void whatALookupGivesGoesWithItsId() throws IOException {
    List<String> items = new ArrayList<>(List.of("item_id,brand"));
    for (int item = 0; item < ITEMS; item++) {
      items.add(item + ",b" + item % 7);
    }
    List<String> brands = new ArrayList<>(List.of("brand,country"));
    for (int brand = 0; brand < 7; brand++) {
      brands.add("b%d,c%d".formatted(brand, brand % 3));
    }
    List<String> users = new ArrayList<>(List.of("user_id,age"));
    for (int user = 0; user < USERS; user++) {
      users.add(user + "," + (18 + user % 50));
    }
    String lookup = "{type: file, source: {type: csv, path: %s}, key: %s, columns: [%s]}";
    ConfigFile file =
        experiment()
            .withOverride(
                "data.lookups",
                "{items: %s, brands: %s, users: %s}"
                    .formatted(
                        lookup.formatted(write("items.csv", items), "item_id", "brand"),
                        lookup.formatted(write("brands.csv", brands), "brand", "country"),
                        lookup.formatted(write("users.csv", users), "user_id", "age")))
            .withOverride("data.columns", "{local: \"country == 'c1' and age > 30\"}");
    List<Map<String, String>> drawn = drawn(file);
    assertThat(drawn).hasSize(2 * ROWS);
    for (Map<String, String> row : drawn) {
      int brand = Integer.parseInt(row.get("item_id")) % 7;
      int age = 18 + Integer.parseInt(row.get("user_id")) % 50;
      assertThat(row)
          .containsEntry("brand", "b" + brand)
          .containsEntry("country", "c" + brand % 3)
          .containsEntry("brands_found", "1")
          .containsEntry("age", "" + age)
          .containsEntry("local", brand % 3 == 1 && age > 30 ? "1" : "0");
    }
  }

  /** Both sell the items 0 to 49, and each has some of its own. */
  @Test
  void itemsOfADomainAreDrawnForItsRows() throws IOException {
    SplittableRandom random = new SplittableRandom(TestSeed.value());
    Map<String, List<String>> logs = new HashMap<>();
    Map<String, Set<String>> sold = new HashMap<>();
    Set<List<String>> bought = new HashSet<>();
    for (String domain : List.of("us", "de")) {
      List<String> lines = new ArrayList<>(List.of("user_id,item_id,half,side,ts,stars"));
      for (int i = 0; i < 1_000; i++) {
        String user = Integer.toString(random.nextInt(USERS));
        int own = domain.equals("us") ? 50 : 100;
        String item = Integer.toString(random.nextInt(50) + (random.nextBoolean() ? own : 0));
        lines.add("%s,%s,h0,s0,%d,1".formatted(user, item, i));
        sold.computeIfAbsent(domain, d -> new HashSet<>()).add(item);
        bought.add(List.of(domain, user, item));
      }
      logs.put(domain, lines);
    }
    List<Map<String, String>> drawn =
        drawn(
            experiment()
                .withOverride(
                    "data.source",
                    "{type: union, sources: {us: {type: csv, path: %s}, de: {type: csv, path: %s}}}"
                        .formatted(
                            write("us.csv", logs.get("us")), write("de.csv", logs.get("de")))));
    assertThat(drawn).hasSize(2 * 2_000);
    boolean elsewhere = false;
    for (Map<String, String> row : drawn) {
      String domain = row.get("domain");
      assertThat(sold.get(domain)).contains(row.get("item_id"));
      assertThat(bought).doesNotContain(List.of(domain, row.get("user_id"), row.get("item_id")));
      String other = domain.equals("us") ? "de" : "us";
      elsewhere |= bought.contains(List.of(other, row.get("user_id"), row.get("item_id")));
    }
    assertThat(elsewhere).as("what one has from another domain is drawn").isTrue();
  }

  private Path write(String name, List<String> lines) throws IOException {
    return Files.write(folder.resolve(name), lines);
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() throws IOException {
    assertRefused(
        experiment().withOverride("data.negatives.tasks", "[stars]"),
        "data.negatives.tasks (--set data.negatives.tasks): Expected the name of a binary task,"
            + " found \"stars\". Known: buy.");
    assertRefused(
        experiment().withOverride("data.down_sampling", "{task: buy, keep: 0.5}"),
        "data.down_sampling (--set data.down_sampling): Expected none beside negatives, which are"
            + " as many as per_positive says, found one of keep 0.5.");
  }

  private void assertRefused(ConfigFile file, String message) {
    assertThat(catchThrowableOfType(MtlException.class, () -> service.read(file)))
        .hasMessage(message);
  }
}
