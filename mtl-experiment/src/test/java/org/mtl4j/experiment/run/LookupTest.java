package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.lookup.FeatureLookup;
import org.mtl4j.core.lookup.LookupEntries;
import org.mtl4j.core.lookup.LookupSpec;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.experiment.Experiment;
import org.mtl4j.experiment.apply.Candidates;
import org.mtl4j.experiment.apply.Evaluation;
import org.mtl4j.experiment.apply.PredictionFile;
import org.mtl4j.experiment.apply.ServedModel;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.serving.model.MtlModel;
import org.mtl4j.serving.ranking.Recommendation;
import org.mtl4j.testkit.TestSeed;

/** Columns that rows get from a table by an id, beside the same columns joined by hand. */
class LookupTest {
  @TempDir private Path folder;
  private LookupShop shop;

  @BeforeEach
  void makeShop() {
    shop = new LookupShop(folder);
  }

  private Run train(ConfigFile file, String name) {
    return Experiment.of(file)
        .train(TrainOptions.into(folder.resolve(name)).withoutLint(), ExperimentListener.SILENT);
  }

  private Path predict(Run run, Path data, String name) {
    Path output = folder.resolve(name);
    new PredictionFile(ServedModel.of(run, MtlServices.standard()), List.of())
        .write(List.of(data.toString()), output);
    return output;
  }

  private static List<Problem> problems(Supplier<?> action) {
    return catchThrowableOfType(MtlException.class, action::get).problems();
  }

  @Test
  void numbersAreThoseOfTheJoinedColumns() throws IOException {
    Run joined = train(LookupShop.experiment(shop.joinedLog(), "{}"), "joined");
    Run looked = train(shop.experiment(), "looked");
    assertThat(Files.readString(looked.files().metrics()))
        .isEqualTo(Files.readString(joined.files().metrics()));
    Path expected = predict(joined, shop.joinedLog(), "joined-predictions.csv");
    assertThat(predict(looked, shop.log(), "predictions.csv")).hasSameTextualContentAs(expected);
    assertThat(predict(looked, shop.joinedLog(), "given.csv")).hasSameTextualContentAs(expected);
    Evaluation evaluation = new Evaluation(MtlServices.standard());
    assertThat(evaluation.evaluate(looked, List.of(shop.log().toString())).report())
        .isEqualTo(evaluation.evaluate(joined, List.of(shop.joinedLog().toString())).report());
  }

  @Test
  void aColumnOfTheRowsToPredictWins() throws IOException {
    Run run = train(shop.experiment(), "run");
    Path priced = folder.resolve("priced.csv");
    Files.write(priced, List.of("user_id,item_id,price", "u1,i1,77", "u2,i99,5"));
    Path whole = folder.resolve("whole.csv");
    String genre = shop.joined("i1")[1];
    Files.write(
        whole, List.of("user_id,price,genre,items_found", "u1,77," + genre + ",1", "u2,5,,0"));
    assertThat(predict(run, priced, "a.csv")).hasSameTextualContentAs(predict(run, whole, "b.csv"));
    Files.write(priced, List.of("user_id,hour", "u1,7"));
    assertThat(problems(() -> predict(run, priced, "c.csv")))
        .contains(
            new Problem(
                ErrorCode.COLUMN_MISSING,
                priced.toString(),
                "The source has no column \"genre\", and no \"item_id\" by which the lookup"
                    + " \"items\" gives it.",
                "Add one of the two."));
  }

  @Test
  void aProgramsOwnLookupGivesTheSameNumbers() throws IOException {
    ConfigFile file =
        shop.experiment().withOverride("features.dear", "{type: numeric, column: price}");
    Run run = train(file, "run");
    List<String> lines = Files.readAllLines(predict(run, shop.log(), "predictions.csv"));
    LookupSpec spec = ManifestFile.read(run.export()).lookups().get(0);
    assertThat(spec)
        .isEqualTo(
            new LookupSpec(
                "items",
                "item_id",
                "item_id",
                List.of(
                    new LookupSpec.Column("price", ColumnType.UNTYPED, Optional.of("10")),
                    new LookupSpec.Column("genre", ColumnType.UNTYPED, Optional.empty())),
                100));
    assertThat(Files.readString(run.export().resolve("mtl4j.json"))).doesNotContain("items.csv");
    FeatureLookup own = ids -> LookupEntries.of(ids, shop.entries());
    try (MtlModel model = MtlModel.load(run.export(), Map.of("items", own))) {
      List<Map<String, float[]>> found = model.predict(shop.requests(LookupShop.ROWS));
      for (int row = 0; row < LookupShop.ROWS; row++) {
        assertThat(found.get(row).get("click")[0])
            .as("row %d, seed %d", row, TestSeed.value())
            .isEqualTo(Float.parseFloat(lines.get(row + 1).split(",", -1)[1]));
      }
      assertThat(model.lookupCounts().get("items").rows()).isEqualTo(1470);
    }
  }

  @Test
  void candidatesAndUsersOfIdsAloneAreRankedAsTheirJoinedRows() throws IOException {
    Path people = folder.resolve("people.csv");
    Files.write(people, List.of("id,age", "u1,30", "u2,40"));
    String lookups =
        "{items: %s, users: {type: file, source: {type: csv, path: %s}, key: id, column: user_id,"
            + " columns: [age], defaults: {age: 20}, group: user}}";
    ConfigFile file =
        LookupShop.experiment(
                shop.log(),
                lookups.formatted(LookupShop.ITEMS_LOOKUP.formatted(shop.items()), people))
            .withOverride("data.columns.old", "age > 35")
            .withOverride("features.old", "{type: numeric, transform: none, group: user}");
    Run run = train(file, "run");
    List<String> ids = List.of("i0", "i7", "i12", "i29", "i3");
    List<String> candidates = new ArrayList<>(List.of("item_id"));
    List<String> rows = new ArrayList<>(List.of("user_id,price,genre,items_found,age"));
    for (String id : ids) {
      candidates.add(id);
      rows.add("u2," + String.join(",", shop.joined(id)) + ",40");
    }
    Path items = Files.write(folder.resolve("candidates.csv"), candidates);
    Path joined = Files.write(folder.resolve("rows.csv"), rows);
    List<String> lines = Files.readAllLines(predict(run, joined, "predictions.csv"));
    Candidates.Ranking ranking =
        new Candidates(ServedModel.of(run, MtlServices.standard()))
            .rank(Map.of("user_id", "u2"), List.of(items.toString()), Optional.of("click"), 10);
    assertThat(ranking.recommendations()).hasSize(ids.size());
    for (Recommendation one : ranking.recommendations()) {
      int row = ids.indexOf(one.item().get("item_id"));
      assertThat((float) one.score())
          .as("%s, seed %d", ids.get(row), TestSeed.value())
          .isEqualTo(Float.parseFloat(lines.get(row + 1).split(",", -1)[1]));
    }
    assertThat(ranking.warnings())
        .containsExactly(
            "1 of 5 rows have a \"item_id\" without an entry in the lookup \"items\": they got its"
                + " defaults.");
  }

  @Test
  void aRunDoesNotGoOnWithAnotherTable() throws IOException {
    ConfigFile file = shop.experiment();
    train(file, "run");
    Path items = shop.items();
    Files.writeString(items, Files.readString(items) + "genre 1,i28,4\n");
    ConfigFile longer = file.withOverride("training.epochs", "3");
    TrainOptions resumed = new TrainOptions(folder.resolve("run"), true).withoutLint();
    assertThat(
            problems(() -> Experiment.of(longer).train(resumed, ExperimentListener.SILENT))
                .get(0)
                .code())
        .isEqualTo(ErrorCode.CHECKPOINT_INVALID);
  }

  @Test
  void featuresOfALookupsColumnsAreOfItsGroup() throws IOException {
    Run run = train(shop.experiment(), "run");
    assertThat(ManifestFile.read(run.export()).inputs())
        .extracting(input -> input.name() + " " + input.group().orElse("-"))
        .containsExactly("user_id user", "price item", "genre item", "dear -", "known item");
    assertThat(Files.readString(run.files().experiment())).contains("group: item");
    ConfigFile other = shop.experiment().withOverride("features.price.group", "user");
    assertThat(problems(() -> Experiment.of(other)))
        .containsExactly(
            new Problem(
                ErrorCode.CONFIG_VALUE,
                "features.price.group (--set features.price.group)",
                "Expected the group of data.lookups.items, which gives the column, \"item\", found"
                    + " \"user\".",
                "Leave the feature's group out, or mend that of the lookup."));
  }

  @Test
  void groupsThatThereAreNotAreRefused() throws IOException {
    ConfigFile file = shop.experiment().withOverride("features.user_id.group", "users");
    assertThat(problems(() -> Experiment.of(file)))
        .containsExactly(
            new Problem(
                ErrorCode.CONFIG_VALUE,
                "features.user_id.group (--set features.user_id.group)",
                "Expected one of user, item, context, found \"users\".",
                "Did you mean \"user\"?"));
  }

  @Test
  void whatIsWrongWithALookupIsSaidAtOnce() throws IOException {
    String lookups =
        """
        {items: {type: file, source: {type: cvs, path: x.csv}, key: item_id, columms: [price]},
         users: {type: redis, key: user_id, columns: [age], defaults: {agee: 1}},
         day-of: {type: file, source: {type: csv, path: x.csv}, key: a, columns: [a]},
         shops: {type: file, source: {type: csv, path: x.csv}, key: a, columns: [b], timeout_ms: 0}}
        """;
    ConfigFile file = LookupShop.experiment(shop.log(), lookups.replace("\n", ""));
    assertThat(problems(() -> Experiment.of(file)))
        .extracting(problem -> problem.toString().replaceAll(" \\(shop.yaml:\\d+:\\d+\\)", ""))
        .containsExactly(
            "data.lookups.items.columms: There is no key \"columms\" here. Did you mean \"columns\"?",
            "data.lookups.items: The key \"columns\" is missing here.",
            "data.lookups.items.source.type: There is no source \"cvs\". Did you mean \"csv\"?",
            "data.lookups.users.defaults: Expected one of the columns age, found \"agee\".",
            "data.lookups.users.type: There is no lookup \"redis\". Known: file, jdbc.",
            "data.lookups.day-of: Expected a name of the letters a to z, digits and _, beginning"
                + " with a letter, found \"day-of\". Rows get a column of that name and _found,"
                + " which expressions can read.",
            "data.lookups.day-of.columns: Expected others than the key, found \"a\".",
            "data.lookups.shops.timeout_ms: Expected at least 1, found 0.");
  }

  @Test
  void aTableThatDoesNotFitIsSaidAtItsKey() throws IOException {
    Path log = shop.log();
    Path items = shop.items();
    String lookup = "{items: {type: file, source: {type: csv, path: %s}, key: %s, columns: %s}}";
    assertThat(
            problems(
                () ->
                    train(
                        LookupShop.experiment(
                            log, lookup.formatted(items, "item", "[price, kind]")),
                        "run")))
        .extracting(problem -> problem.toString().replaceAll(" \\(shop.yaml:\\d+:\\d+\\)", ""))
        .containsExactly(
            "data.lookups.items.key: The lookup's table has no column \"item\". Known: genre,"
                + " item_id, price.",
            "data.lookups.items.columns: The lookup's table has no column \"kind\". Known: genre,"
                + " item_id, price.");
    Path clashing = shop.joinedLog();
    assertThat(
            problems(
                () ->
                    train(
                        LookupShop.experiment(
                            clashing, lookup.formatted(items, "item_id", "[genre]")),
                        "run")))
        .extracting(problem -> problem.toString().replaceAll(" \\(shop.yaml:\\d+:\\d+\\)", ""))
        .containsExactly(
            "data.lookups.items: Expected columns that the rows do not have, found \"genre\","
                + " which they have. Leave it out of the lookup's columns, or out of the source's.",
            "data.lookups.items: Expected columns that the rows do not have, found"
                + " \"items_found\", which they have. Give the lookup another name.");
  }
}
