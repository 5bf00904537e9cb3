package org.mtl4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.cli.Cli.Ran;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.testkit.Folders;

/** The commands on one small run, from training to recommending. */
class CommandsTest {
  @TempDir private static Path folder;

  private static TinyShop shop;
  private static Path run;
  private static Ran trained;

  @BeforeAll
  static void trainOnce() throws IOException {
    shop = TinyShop.in(folder);
    run = folder.resolve("run");
    trained = mtl("train", shop.experiment(), "--output", run, "--json");
    assertThat(trained.exitCode()).as(trained.err()).isZero();
  }

  private static Ran mtl(Object... args) {
    List<String> words = new ArrayList<>();
    for (Object arg : args) {
      words.add(arg.toString());
    }
    return Cli.run(words.toArray(String[]::new));
  }

  @Test
  void trainAnswersWithTheMetricsOfTheRun() throws IOException {
    JsonNode metrics =
        JsonMapper.builder().build().readTree(Files.readString(run.resolve("metrics.json")));
    assertThat(trained.json().get("metrics")).isEqualTo(metrics);
    JsonNode intervals =
        JsonMapper.builder().build().readTree(Files.readString(run.resolve("intervals.json")));
    assertThat(trained.json().get("intervals")).isEqualTo(intervals);
    assertThat(trained.json().get("status").asText()).isEqualTo("finished");
    assertThat(Path.of(trained.json().get("export").asText()).resolve("mtl4j.json")).exists();
    assertThat(Path.of(trained.json().get("report").asText())).exists();
  }

  @Test
  void trainSaysOnTheStandardErrorHowItGoes() {
    assertThat(trained.out().lines()).hasSize(1);
    assertThat(trained.err())
        .contains("rows: train ", "epoch 1/2  loss ", "validation click auc ", "epoch 2/2  loss ")
        .doesNotContain("\r");
  }

  @Test
  void aFinishedRunThatIsResumedSaysItsMetricsAgainAndWhatToTryNext() {
    Ran again = mtl("train", shop.experiment(), "--output", run, "--resume");
    assertThat(again.exitCode()).as(again.err()).isZero();
    String auc = trained.json().at("/metrics/test/click/auc").asText().substring(0, 4);
    assertThat(again.out())
        .containsPattern("click +" + auc + "\\d\\d \\[0\\.\\d{4}, 0\\.\\d{4}]  ")
        .contains("test metrics", "auc", "mtl predict --run " + run, "mtl recommend --run " + run);
    assertThat(run.resolve("export").resolve("2")).doesNotExist();
  }

  @Test
  void evaluateOnTheTestRowsGivesTheRunsOwnTestMetrics() {
    Ran evaluated = mtl("evaluate", "--run", run, "--data", shop.test(), "--json");
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    assertThat(evaluated.json().get("rows").asInt()).isEqualTo(100);
    Map<String, Double> expected = numbers(trained.json().at("/metrics/test"));
    Map<String, Double> found = numbers(evaluated.json().get("metrics"));
    assertThat(found).containsOnlyKeys(expected.keySet());
    expected.forEach(
        (key, value) -> assertThat(found.get(key)).as(key).isCloseTo(value, within(1e-5)));
    assertThat(evaluated.json().at("/intervals/click/auc/1").asDouble())
        .isCloseTo(trained.json().at("/intervals/test/click/auc/1").asDouble(), within(1e-5));
  }

  @Test
  void savedPredictionsGiveTheSameFiguresAsScoresOfAnySystem() throws IOException {
    Path saved = folder.resolve("saved.csv");
    Ran ran =
        mtl("evaluate", "--run", run, "--data", shop.test(), "--save-predictions", saved, "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    List<String> lines = Files.readAllLines(saved);
    assertThat(lines.get(0))
        .isEqualTo(
            "row,group,click,click.label,click.weight,rating,rating.label,rating.weight,"
                + "mood:glad,mood:sad,\"mood:so, so\",mood.label,mood.weight");
    assertThat(lines).hasSize(101);
    Ran scores =
        mtl(
            "evaluate",
            "--scores",
            saved,
            "--label",
            "click.label",
            "--score",
            "click",
            "--weight",
            "click.weight",
            "--group",
            "group",
            "--json");
    assertThat(scores.exitCode()).as(scores.err()).isZero();
    for (String metric : List.of("auc", "log_loss", "accuracy")) {
      assertThat(scores.json().get(metric).asDouble())
          .as(metric)
          .isCloseTo(ran.json().at("/metrics/click/" + metric).asDouble(), within(1e-6));
    }
    assertThat(mtl("evaluate", "--run", run, "--data", shop.test(), "--save-predictions", saved))
        .satisfies(again -> assertThat(again.exitCode()).isEqualTo(2))
        .satisfies(again -> assertThat(again.err()).contains("The output is there already"));
  }

  /** A column that no feature reads, and a derived one; ratings speak of clicked rows alone. */
  @Test
  void slicesOfAnotherFileAreThoseOfItsOwnRows() throws IOException {
    Ran ran =
        mtl(
            "evaluate",
            "--run",
            run,
            "--data",
            shop.test(),
            "--slice",
            "mood",
            "--slice",
            "cheap",
            "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    List<String> lines = Files.readAllLines(shop.test());
    JsonNode moods = ran.json().at("/slices/0/outputs");
    for (JsonNode slice : moods.at("/rating/slices")) {
      String mood = slice.get("slice").asText();
      long clicked =
          lines.stream()
              .filter(
                  line -> line.endsWith(",\"" + mood + "\"") && line.split(",", -1)[3].equals("1"))
              .count();
      assertThat(slice.get("rows").asLong()).as(mood).isEqualTo(clicked);
      assertThat(slice.has("positives")).isFalse();
    }
    assertThat(moods.at("/rating/slices")).hasSize(3);
    assertThat(moods.at("/rating/primary").asText()).isEqualTo("rmse");
    int cheap = 0;
    for (JsonNode slice : ran.json().at("/slices/1/outputs/click/slices")) {
      cheap += slice.get("rows").asInt();
    }
    assertThat(cheap).isEqualTo(100);
  }

  /** Numbers by output and metric. */
  private static Map<String, Double> numbers(JsonNode metrics) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    metrics
        .properties()
        .forEach(
            output ->
                output
                    .getValue()
                    .properties()
                    .forEach(
                        metric ->
                            numbers.put(
                                output.getKey() + "/" + metric.getKey(),
                                metric.getValue().asDouble())));
    return numbers;
  }

  @Test
  void predictWritesARowForEachRowWithTheKeptColumnsAndEveryOutput() throws IOException {
    Path output = folder.resolve("predictions.csv");
    Ran predicted =
        mtl(
            "predict",
            "--run",
            run,
            "--data",
            shop.test(),
            "--output",
            output,
            "--keep",
            "user,click=clicked",
            "--json");
    assertThat(predicted.exitCode()).as(predicted.err()).isZero();
    List<String> lines = Files.readAllLines(output);
    assertThat(lines.get(0))
        .isEqualTo("row,user,clicked,click,rating,mood:glad,mood:sad,\"mood:so, so\"");
    assertThat(lines).hasSize(101);
    String user = Files.readAllLines(shop.test()).get(100).split(",", -1)[0];
    assertThat(lines.get(100)).startsWith("99," + user + ",");
    assertThat(predicted.json().get("rows").asInt()).isEqualTo(100);
    assertThat(predicted.json().get("columns")).hasSize(8);
  }

  @Test
  void predictNeedsNoLabelsAndAnExportGivesTheSameNumbers() throws IOException {
    Path models = folder.resolve("models");
    Ran exported = mtl("export", "--run", run, "--to", models, "--json");
    assertThat(exported.json().get("export").asText()).isEqualTo(models.resolve("1").toString());
    Path byRun = folder.resolve("by-run.csv");
    Path labelled = folder.resolve("labelled.csv");
    mtl("predict", "--run", run, "--data", shop.unlabelled(), "--output", byRun);
    mtl("predict", "--run", run, "--data", shop.test(), "--output", labelled);
    assertThat(byRun).hasSameTextualContentAs(labelled);

    // An export alone knows nothing of derived columns: they come with the data.
    Path derived = folder.resolve("derived.csv");
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(shop.unlabelled())) {
      String price = line.split(",", -1)[2];
      boolean header = lines.isEmpty();
      lines.add(line + (header ? ",cheap" : Double.parseDouble(price) < 10 ? ",1" : ",0"));
    }
    Files.write(derived, lines);
    Path byModel = folder.resolve("by-model.csv");
    Ran predicted = mtl("predict", "--model", models, "--data", derived, "--output", byModel);
    assertThat(predicted.exitCode()).as(predicted.err()).isZero();
    assertThat(byModel).hasSameTextualContentAs(byRun);
  }

  @Test
  void aKeptColumnUnderAnOutputsNameNeedsAnotherName() {
    Path output = folder.resolve("clash.csv");
    Ran ran =
        mtl("predict", "--run", run, "--data", shop.test(), "--output", output, "--keep", "click");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("two columns \"click\"", "click=label_click");
    assertThat(output).doesNotExist();
  }

  @Test
  void aKeptColumnHasANameThatIsNotBlank() {
    Path output = folder.resolve("blank.csv");
    for (String keep : List.of("user=", "user= ", "=who")) {
      Ran ran =
          mtl("predict", "--run", run, "--data", shop.test(), "--output", output, "--keep", keep);
      assertThat(ran.exitCode()).isEqualTo(2);
      assertThat(ran.err())
          .contains(
              "Expected a kept column as COLUMN or COLUMN=NAME, found \"" + keep + "\", where the")
          .contains(keep.startsWith("=") ? "the column is blank." : "the name is blank.");
      assertThat(output).doesNotExist();
    }
  }

  @Test
  void predictNeverWritesOverAFile() throws IOException {
    Path output = folder.resolve("mine.csv");
    Files.writeString(output, "mine");
    Ran ran = mtl("predict", "--run", run, "--data", shop.test(), "--output", output);
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(output).hasContent("mine");
  }

  @Test
  void exportAddsTheNextVersion() {
    Path models = folder.resolve("versions");
    mtl("export", "--run", run, "--to", models);
    Ran second = mtl("export", "--run", run, "--to", models);
    assertThat(second.out()).contains(models.resolve("2").toString());
    assertThat(models.toFile().list()).containsExactlyInAnyOrder("1", "2");
  }

  @Test
  void exportWithoutTheRequestsToWarmUpWithIsOtherwiseTheSame() throws IOException {
    Path models = folder.resolve("bare");
    Path requests = Path.of("assets.extra", "tf_serving_warmup_requests");
    mtl("export", "--run", run, "--to", models);
    Ran bare = mtl("export", "--run", run, "--to", models, "--no-warmup");
    assertThat(bare.exitCode()).as(bare.err()).isZero();
    assertThat(models.resolve("1").resolve(requests)).isNotEmptyFile();
    Map<String, String> content = Folders.content(models.resolve("1"));
    content.remove("mtl4j.json");
    content.remove("assets.extra/tf_serving_warmup_requests");
    assertThat(Folders.content(models.resolve("2")))
        .containsAllEntriesOf(content)
        .hasSize(content.size() + 1);
    ModelManifest manifest = ManifestFile.read(models.resolve("2"));
    assertThat(manifest)
        .isEqualTo(ManifestFile.read(models.resolve("1")).withFiles(manifest.files()));
    assertThat(manifest.files().keySet()).isEqualTo(content.keySet());
  }

  /** Two of its four tasks are binary, and the last of all is not. */
  @Test
  void recommendRanksByTheLastBinaryOutput() throws IOException {
    TinyShop two =
        TinyShop.in(Files.createDirectory(folder.resolve("two")))
            .with("  mood: {", "  loved: {type: binary, label: \"rating > 3\"}\n  mood: {");
    Path output = folder.resolve("two-run");
    Ran ran = mtl("train", two.experiment(), "--output", output);
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    Ran ranked =
        mtl(
            "recommend",
            "--run",
            output,
            "--user",
            "{\"user\": \"u3\"}",
            "--items",
            two.items(),
            "--k",
            "5",
            "--json");
    assertThat(ranked.exitCode()).as(ranked.err()).isZero();
    assertThat(ranked.json().get("by").asText()).isEqualTo("loved");
    List<Double> scores = new ArrayList<>();
    for (JsonNode item : ranked.json().get("recommendations")) {
      scores.add(item.get("score").asDouble());
      assertThat(item.at("/scores/loved").asDouble()).isEqualTo(item.get("score").asDouble());
      assertThat(item.at("/scores/click").isNumber()).isTrue();
      assertThat(item.at("/item/item").asText()).startsWith("i");
    }
    assertThat(scores).hasSize(5).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void recommendReadsTheUserFromAFileAndRanksByTheOutputAskedFor() throws IOException {
    Path user = folder.resolve("user.json");
    Files.writeString(user, "{\"user\": null}");
    Ran ranked =
        mtl("recommend", "--run", run, "--user", user, "--items", shop.items(), "--by", "rating");
    assertThat(ranked.exitCode()).as(ranked.err()).isZero();
    assertThat(ranked.out().lines()).hasSize(12).first().isEqualTo("ranked by rating");
  }

  @Test
  void describeTellsTypesMissingSharesAndRanges() throws IOException {
    Path file = folder.resolve("odd.csv");
    Files.writeString(file, "id,size,note\n1,2.5,a\n2,,b\n3,4,a\n4,1,?\n");
    JsonNode columns = mtl("describe", file, "--missing", "?", "--json").json().get("columns");
    assertThat(columns.get(0).get("type").asText()).isEqualTo("number");
    assertThat(columns.get(0).get("distinct").asInt()).isEqualTo(4);
    assertThat(columns.get(1).get("missing").asInt()).isEqualTo(1);
    assertThat(columns.get(1).at("/range/mean").asDouble()).isEqualTo(2.5);
    assertThat(columns.get(2).get("type").asText()).isEqualTo("text");
    assertThat(columns.get(2).at("/frequent/0/value").asText()).isEqualTo("a");
    assertThat(columns.get(2).at("/frequent/0/count").asInt()).isEqualTo(2);
    assertThat(mtl("describe", file).out()).contains("size", "25 %", "1 to 4, mean 2.5", "4 rows");
  }

  @Test
  void describeTakesAFirstLineOfDataForARowWhenTold() throws IOException {
    Path file = folder.resolve("bare.csv");
    Files.writeString(file, "1;1\n2;7\n");
    Ran described = mtl("describe", file, "--no-header", "--delimiter", ";", "--json");
    assertThat(described.json().get("rows").asInt()).isEqualTo(2);
    assertThat(described.json().at("/columns/1/name").asText()).isEqualTo("column_2");
  }

  @Test
  void describeWritesAStartingExperimentAndReadsItBack() throws IOException {
    Path file = folder.resolve("log.tsv");
    List<String> lines = new ArrayList<>(List.of("user_id\tprice\tclick"));
    for (int row = 0; row < 600; row++) {
      lines.add("u" + row % 20 + "\t" + row % 31 + "\t" + (row * 7 % 5 == 0 ? 1 : 0));
    }
    Files.write(file, lines);
    Path yaml = folder.resolve("first try.yaml");
    Ran written = mtl("describe", file, "--write", yaml, "--json");
    assertThat(written.json().get("experiment").asText()).isEqualTo(yaml.toString());
    assertThat(yaml).content(UTF_8).contains("name: first-try\n", "delimiter: \"\\u0009\"");
    JsonNode labels = mtl("describe", yaml, "--json").json().get("labels");
    double rows = 0;
    double positives = 0;
    for (JsonNode split : labels.get("click")) {
      rows += split.get("rows").asDouble();
      positives += split.get("rows").asDouble() * split.get("mean").asDouble();
    }
    assertThat(rows).isEqualTo(600);
    assertThat(positives).isCloseTo(120, within(1e-6));
    String before = Files.readString(yaml);
    Ran refused = mtl("describe", file, "--write", yaml);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("There is such a file already.");
    assertThat(yaml).content(UTF_8).isEqualTo(before);
  }

  @Test
  void describeRefusesOptionsThatSayNothingOfItsFile() throws IOException {
    Path yaml = Files.writeString(folder.resolve("some.yaml"), "name: some\n");
    Ran refused = mtl("describe", yaml, "--delimiter", ";", "--trim", "--on-bad-row", "skip");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .contains(
            "--delimiter --trim --on-bad-row: Expected no such option beside an experiment, which"
                + " says itself how its files are read, found "
                + yaml
                + ".\n  Leave it out.");
    Path lines = Files.writeString(folder.resolve("log.jsonl"), "{\"a\": 1}\n");
    assertThat(mtl("describe", lines, "--no-header").err())
        .contains("--no-header: Expected no such option beside JSON lines, which have no fields");
    assertThat(mtl("describe", lines, "--missing", "?").exitCode()).isZero();
    assertThat(mtl("describe", folder.resolve("log.parquet"), "--missing", "?").err())
        .contains("--missing: Expected no such option beside a Parquet file");
  }

  /** A set has 1.5 classes a row, a class no mean, and what is too young is no label. */
  @Test
  void describeTellsTheLabelsOfAnExperiment() throws IOException {
    List<String> lines = new ArrayList<>(List.of("second,kind,tags,buy"));
    for (int row = 0; row < 40; row++) {
      lines.add(row + ",k" + row % 3 + "," + (row % 2 == 0 ? "a|b" : "b") + "," + row % 2);
    }
    Path log = Files.write(folder.resolve("labels.csv"), lines);
    Path yaml =
        Files.writeString(
            folder.resolve("labels.yaml"),
            """
            name: labels
            data: {source: {type: csv, path: %s}, time: {column: second}, split: {by: every, test: 4}}
            features: {kind: {type: categorical}}
            tasks:
              kind: {type: multiclass, label: kind}
              tags: {type: multilabel, label: tags}
              buy: {type: binary, label: buy, label_window: 10s}
              never: {type: binary, label: buy, where: "second in (1, 2)"}
            """
                .formatted(log));
    Ran described = mtl("describe", yaml, "--json");
    assertThat(described.json().get("columns").findValuesAsText("name"))
        .containsExactly("second", "kind", "tags", "buy");
    JsonNode labels = described.json().get("labels");
    assertThat(labels.at("/kind/train").toString()).isEqualTo("{\"rows\":30,\"mean\":null}");
    // Of four rows the first, of two classes, is for the test.
    assertThat(labels.at("/tags/train/mean").asDouble()).isCloseTo(4.0 / 3, within(1e-9));
    assertThat(labels.at("/tags/test/mean").asDouble()).isEqualTo(2);
    assertThat(labels.at("/buy/train/rows").asInt()).isEqualTo(22);
    assertThat(labels.at("/never/test").toString()).isEqualTo("{\"rows\":0,\"mean\":null}");
  }

  /** Three records that Python TensorFlow wrote; TfRecordSourceTest has the way. */
  @Test
  void describeReadsTfRecords() throws IOException {
    String records =
        "UAAAAAAAAACUD5uCCk4KEQoFcHJpY2USCBIGCgTNzMw9ChcKBHNlZW4SDxoNCgsB////////////AQoRCgR0YWdzEgkK"
            + "BwoBYQoCw7wKDQoEdXNlchIFGgMKAQdj7Z+EMQAAAAAAAACdg4PpCi8KCwoFcHJpY2USAhIACggKBHRhZ3MSAAoW"
            + "CgR1c2VyEg4aDAoK/////////+//AdxRKodHAAAAAAAAALrD+5sKRQodCgVwcmljZRIUEhIKEOx4rWAAAACAAACA"
            + "SwAAwH8KDQoEdGFncxIFCgMKASAKFQoEdXNlchINGgsKCf//////////f/alHAc=";
    Path file = folder.resolve("log.tfrecord");
    Files.write(file, Base64.getDecoder().decode(records));
    JsonNode table = mtl("describe", file, "--json").json();
    assertThat(table.get("rows").asInt()).isEqualTo(3);
    assertThat(table.get("columns").findValuesAsText("name"))
        .containsExactly("price", "seen", "tags", "user");
  }

  @Test
  void modelsAndDatasetsListTheKeysWithTheirDefaults() {
    JsonNode models = mtl("models", "--json").json();
    assertThat(models.findValuesAsText("type")).contains("mmoe", "esmm", "single_task");
    assertThat(mtl("models").out()).contains("mmoe: Multi-gate mixture-of-experts", "experts  ");
    assertThat(mtl("models").out()).contains("bottom dcn_v2: DCN V2", "crosses  ");
    Map<String, JsonNode> sources = new LinkedHashMap<>();
    mtl("datasets", "--json").json().forEach(s -> sources.put(s.get("type").asText(), s));
    assertThat(sources).containsKeys("simulated", "movielens");
    JsonNode csv = sources.get("csv");
    assertThat(csv.at("/keys/0/required").asBoolean()).isTrue();
    assertThat(csv.at("/keys/2/default").asText()).isEqualTo("','");
  }

  @Test
  void benchEvaluateTakesTheMetricsThatItsRowsAllow() {
    Ran ran =
        mtl("bench", "evaluate", "--rows", 1000, "--users", 50, "--replicates", 100, "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.json().get("replicates_seconds").asDouble()).isPositive();
    List<String> metrics = new ArrayList<>();
    ran.json().get("metrics").forEach(metric -> metrics.add(metric.asText()));
    assertThat(metrics)
        .hasSize(20)
        .contains("auc", "gauc", "ndcg@10", "log_loss")
        .doesNotContain("coverage@10", "popularity@10", "diversity@10");
  }

  @Test
  void benchTrainMeasuresSteps() {
    Ran ran =
        mtl(
            "bench",
            "train",
            "--fields",
            2,
            "--vocabulary",
            50,
            "--dim",
            4,
            "--batch",
            16,
            "--experts",
            2,
            "--expert-layers",
            "4",
            "--tower-layers",
            "4",
            "--steps",
            2,
            "--matrix-products",
            "merged",
            "--balancing",
            "{type: metabalance, target: task_1}",
            "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.json().get("examples_per_second").asDouble()).isPositive();
    assertThat(ran.json().get("ms_per_step").asDouble()).isPositive();
    assertThat(ran.json().get("waiting_share").asDouble()).isBetween(0.0, 1.0);
    assertThat(ran.json().get("feeder_cpu_ms_per_step").asDouble()).isPositive();
    assertThat(ran.json().get("matrix_products").asText()).isEqualTo("merged");
    assertThat(ran.json().has("peak_memory_bytes")).isTrue();
  }

  @Test
  void benchTrainWantsABalancingMethodThatThereIs() {
    Ran unknown = mtl("bench", "train", "--balancing", "pgrad");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err())
        .contains("There is no balancing method \"pgrad\".")
        .contains("Did you mean \"pcgrad\"?");
    Ran target = mtl("bench", "train", "--balancing", "{type: metabalance, target: click}");
    assertThat(target.exitCode()).isEqualTo(2);
    assertThat(target.err())
        .contains(
            "target: expected names of tasks, found \"click\"; the tasks are [task_0, task_1]");
  }

  @Test
  void benchIngestTimesEveryStage() {
    Ran ran =
        mtl(
            "bench",
            "ingest",
            "--gigabytes",
            "0.0005",
            "--source",
            "duckdb",
            "--folder",
            folder,
            "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    JsonNode stages = ran.json().get("stages");
    for (String stage : List.of("make", "parse", "learn", "encode", "ingest", "epoch")) {
      assertThat(stages.at("/" + stage + "/rows_per_second").asDouble()).as(stage).isPositive();
      assertThat(stages.at("/" + stage + "/megabytes_per_second").asDouble()).isPositive();
    }
    assertThat(ran.json().get("peak_heap_bytes").asLong()).isPositive();
    assertThat(ran.json().get("turns")).hasSize(1);
    assertThat(ran.json().get("median_ratio").isNull()).isTrue();
    assertThat(ran.json().has("peak_memory_bytes")).isTrue();
  }
}
