package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.data.cache.CacheContents;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.Experiment;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.testkit.Folders;
import org.mtl4j.testkit.TestSeed;

/** Runs that keep their encoded rows, and runs that find them. */
class CachedRunTest {
  private static final String YAML =
      """
      name: cached
      seed: 3
      data:
        source: {type: csv, path: %s}
        columns: {dear: "if(price > 5, 'yes', 'no')"}
        split: {by: time, column: time, validation: 0.2, test: 0.2}
      features:
        user: {type: categorical, dim: 4}
        friend: {type: categorical, dim: 4, table: user}
        item: {type: categorical, dim: 4, hash_buckets: 50}
        dear: {type: categorical, dim: 2}
        always: {type: categorical, dim: 2}
        price: {type: numeric, transform: log1p, indicator: true}
        tags: {type: multi_categorical, dim: 3}
        past: {type: sequence, dim: 4, table: user}
      tasks:
        click: {type: binary, label: click}
        rating: {type: regression, label: rating, where: "click == 1", example_weight: "1 + rating"}
        mood: {type: multiclass, label: mood}
      model: {type: shared_bottom, bottom_layers: [8], tower_layers: [4]}
      training: {epochs: 2, batch_size: 64, threads: 1}
      evaluation: {k: [3], group_by: user}
      """;

  @TempDir private Path temporary;

  private final List<String> notes = new ArrayList<>();
  private Path data;
  private Path cache;

  @BeforeEach
  void writeData() throws IOException {
    Random random = TestSeed.random();
    List<String> lines = new ArrayList<>();
    lines.add("user,friend,item,always,price,tags,past,time,click,rating,mood");
    for (int row = 0; row < 400; row++) {
      String price = random.nextInt(10) == 0 ? "" : Float.toString(10 * random.nextFloat());
      lines.add(
          "u%d,u%d,i%d,x,%s,a|b%d,u%d u%d,%d,%d,%d,%s"
              .formatted(
                  random.nextInt(20),
                  random.nextInt(20),
                  random.nextInt(30),
                  price,
                  random.nextInt(3),
                  random.nextInt(20),
                  random.nextInt(20),
                  row,
                  random.nextInt(2),
                  random.nextInt(5),
                  random.nextBoolean() ? "glad" : "sad"));
    }
    data = Files.write(temporary.resolve("log.csv"), lines);
    cache = temporary.resolve("cache");
  }

  /** What is said while a run reads its data. */
  private class Observed implements ExperimentListener {
    private final List<String> warnings = new ArrayList<>();
    private Map<String, Integer> sizes = Map.of();
    private long read;

    @Override
    public void onRows(Reading reading) {
      read++;
    }

    @Override
    public void onData(Map<String, Integer> rows, List<String> odd) {
      sizes = rows;
      warnings.addAll(odd);
    }

    @Override
    public void onWarning(String warning) {
      warnings.add(warning);
    }

    @Override
    public void onNote(String note) {
      notes.add(note);
    }
  }

  private Observed run(String name, Map<String, String> overrides) {
    Observed observed = new Observed();
    run(name, overrides, observed);
    return observed;
  }

  private void run(String name, Map<String, String> overrides, Observed observed) {
    notes.clear();
    Map<String, String> all = new LinkedHashMap<>();
    all.put("data.cache.dir", cache.toString());
    all.putAll(overrides);
    Run run = Experiment.of(file(all)).train(TrainOptions.into(temporary.resolve(name)), observed);
    assertThat(run.status()).isEqualTo(Run.Status.FINISHED);
  }

  private ConfigFile file(Map<String, String> overrides) {
    ConfigFile file = ConfigFile.parse(YAML.formatted(data), "cached.yaml");
    for (Map.Entry<String, String> override : overrides.entrySet()) {
      file = file.withOverride(override.getKey(), override.getValue());
    }
    return file;
  }

  private static final Map<String, String> NONE = Map.of("data.cache.enabled", "false");

  /** One feature and task, for tests to which it is the same what the rows are. */
  private static final Map<String, String> SMALL =
      Map.of(
          "features", "{item: {type: categorical, dim: 4}}",
          "tasks", "{click: {type: binary, label: click}}",
          "training.epochs", "1");

  private static Map<String, String> small(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(SMALL);
    all.putAll(more);
    return all;
  }

  private void assertEqualRuns(String one, String other) throws IOException {
    for (String part : List.of("checkpoints", "export", "provenance.json", "metrics.json")) {
      assertThat(content(other, part)).as(part).isNotEmpty().isEqualTo(content(one, part));
    }
    assertThat(content(other, "history.jsonl")).isEqualTo(content(one, "history.jsonl"));
  }

  private Map<String, String> content(String run, String part) throws IOException {
    return Folders.content(temporary.resolve(run).resolve(part));
  }

  @Test
  void aRunIsTheSameWithoutACacheIntoOneAndOutOfIt() throws IOException {
    Observed without = run("without", NONE);
    assertThat(notes).isEmpty();
    assertThat(cache).doesNotExist();
    Observed into = run("into", Map.of());
    assertThat(notes).isEmpty();
    Observed outOf = run("out-of", Map.of());
    String key = Folders.names(cache).get(0);
    assertThat(Folders.names(cache)).hasSize(1);
    assertThat(notes).containsExactly("encoded rows come from the cache, entry " + key);

    assertEqualRuns("without", "into");
    assertEqualRuns("without", "out-of");
    assertThat(without.read).isPositive();
    assertThat(into.read).isEqualTo(without.read);
    assertThat(outOf.read).isZero();
    assertThat(without.sizes).containsEntry("train", 240).containsEntry("test", 80);
    assertThat(outOf.sizes).isEqualTo(into.sizes).isEqualTo(without.sizes);
    assertThat(without.warnings).anyMatch(warning -> warning.contains("tells a model nothing"));
    assertThat(outOf.warnings).containsExactlyInAnyOrderElementsOf(without.warnings);
    assertThat(into.warnings).isEqualTo(without.warnings);
  }

  private String key(Map<String, String> overrides, boolean lint) {
    ExperimentService service = MtlServices.standard();
    ExperimentPlan plan = service.read(file(overrides));
    String fingerprint = service.datasets().splits(plan).rows(Split.TRAIN).fingerprint();
    return DataKey.of(plan, "program", fingerprint, lint);
  }

  @Test
  void whatRowsDependOnIsPartOfTheKeyAndNothingElse() {
    String first = key(Map.of(), true);
    assertThat(first).matches("[0-9a-f]{32}");
    for (Map<String, String> same :
        List.of(
            Map.of("name", "other"),
            Map.of("training.batch_size", "32"),
            Map.of("training.optimizer", "{type: sgd}"),
            Map.of("model.bottom_layers", "[4]"),
            Map.of("model", "{type: mmoe}"),
            Map.of("data.cache", "{enabled: false}"),
            Map.of("evaluation.k", "[7]"))) {
      assertThat(key(same, true)).as("%s", same).isEqualTo(first);
    }
    Set<String> keys = new HashSet<>(Set.of(first, key(Map.of(), false)));
    List<Map<String, String>> others =
        List.of(
            Map.of("features.price.transform", "minmax"),
            Map.of("features.user.dim", "3"),
            Map.of("tasks.mood.loss_weight", "2"),
            Map.of("data.columns.dear", "if(price > 6, 'yes', 'no')"),
            Map.of("data.split.test", "0.1"),
            Map.of("data.where", "price < 9"),
            Map.of("data.drop_duplicates", "true"),
            Map.of("data.source.missing", "[u1]"),
            Map.of("evaluation.group_by", "item"),
            Map.of("evaluation.cold", "[user]"),
            Map.of("lint.allow", "[DRIFT]"),
            Map.of("seed", "4"));
    for (Map<String, String> other : others) {
      assertThat(keys.add(key(other, true))).as("%s", other).isTrue();
    }
  }

  @Test
  void aDataFileThatHasChangedHasOtherRows() throws IOException {
    run("first", SMALL);
    String text = Files.readString(data);
    Files.writeString(data, text.substring(0, text.length() - 4) + "sad\n");
    assertThat(Files.size(data)).isEqualTo(text.length());
    Files.writeString(data, text.replaceFirst(",i1,", ",i2,"));
    assertThat(run("second", SMALL).read).isPositive();
    run("second-without", small(NONE));
    assertEqualRuns("second-without", "second");
    Files.writeString(data, text);
    assertThat(run("third", SMALL).read).isZero();
    assertEqualRuns("first", "third");
  }

  @Test
  void damagedRowsAreNoticedAndMadeAnew() throws IOException {
    run("first", SMALL);
    Path entry = cache.resolve(Folders.names(cache).get(0));
    Path rows = entry.resolve("train.rows");
    byte[] bytes = Files.readAllBytes(rows);
    bytes[bytes.length / 3] ^= 1;
    Files.write(rows, bytes);
    assertThat(run("second", SMALL).read).isPositive();
    assertThat(notes)
        .containsExactly(
            "the cache's entry %s is damaged (train.rows has other bytes than were written): the"
                    .formatted(entry)
                + " rows are encoded anew");
    assertThat(run("third", SMALL).read).isZero();
    assertEqualRuns("first", "second");
    assertEqualRuns("first", "third");
  }

  @Test
  void aCacheThatCannotBeWrittenStopsNobody() throws IOException {
    run("without", small(NONE));
    Files.writeString(cache, "in the way");
    run("blocked", SMALL);
    assertThat(notes).singleElement().asString().endsWith("nothing is kept");
    assertEqualRuns("without", "blocked");
    Files.delete(cache);
    Observed losing =
        new Observed() {
          @Override
          public void onRows(Reading reading) {
            super.onRows(reading);
            if (reading.pass() == Pass.ENCODING) {
              delete();
            }
          }
        };
    run("lost", SMALL, losing);
    assertThat(notes)
        .singleElement()
        .asString()
        .startsWith("the cache is not used, and the rows are read once more: " + cache);
    assertEqualRuns("without", "lost");
  }

  /** As a disk that is full from the second file on; another thread may be writing there. */
  private void delete() {
    try {
      while (Files.exists(cache)) {
        try {
          org.mtl4j.core.file.Folders.delete(cache);
        } catch (DirectoryNotEmptyException e) {
          Thread.onSpinWait(); // a file came while the others were deleted
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void dataThatChangeWhileTheyAreReadAreNotKept() {
    Observed changing =
        new Observed() {
          @Override
          public void onRows(Reading reading) {
            try {
              Files.writeString(data, "u1,u1,i1,x,1,a,u1,999,1,1,sad\n", StandardOpenOption.APPEND);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    assertThatThrownBy(() -> run("changing", Map.of(), changing))
        .isInstanceOfSatisfying(
            MtlException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_FORMAT))
        .hasMessageContaining(
            "Expected data that stay as they are, found that they changed while they were read."
                + " Run again once nothing writes to them.");
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void rowsOfAQueryAreNotKeptAndItIsSaid() {
    String source = "{type: sql, query: \"from read_csv('%s')\"}".formatted(data);
    for (String name : List.of("first", "second")) {
      assertThat(run(name, small(Map.of("data.source", source))).read).isPositive();
      assertThat(notes)
          .containsExactly(
              "the rows of this source are not kept in the cache: only reading all of them would"
                  + " tell whether they have changed; a copy of them in a file is kept");
    }
    assertThat(cache).doesNotExist();
  }

  @Test
  void aRunGoesOnWithAnotherCacheOrNone() {
    run("run", SMALL);
    Experiment longer =
        Experiment.of(
            file(SMALL)
                .withOverride("data.cache", "{enabled: false, max_gigabytes: 3}")
                .withOverride("training.epochs", "2"));
    TrainOptions options = new TrainOptions(temporary.resolve("run"), true);
    assertThat(longer.train(options, new Observed()).status()).isEqualTo(Run.Status.FINISHED);
  }

  @Test
  void whatWasUsedLongestAgoGoesBeyondTheLimit() throws IOException {
    run("first", SMALL);
    String first = Folders.names(cache).get(0);
    double gigabytes = new CacheContents(cache).list().get(0).bytes() * 1.5 / 1e9;
    Map<String, String> limited =
        small(Map.of("data.cache.max_gigabytes", Double.toString(gigabytes)));
    assertThat(run("same", limited).read).isZero();
    assertThat(notes).hasSize(1);
    Map<String, String> another = new LinkedHashMap<>(limited);
    another.put("seed", "4");
    run("second", another);
    assertThat(notes)
        .containsExactly(
            "the cache's entry %s of cached is deleted: data.cache.max_gigabytes is reached"
                .formatted(first));
    assertThat(Folders.names(cache)).hasSize(1).doesNotContain(first);
    another.put("data.cache.max_gigabytes", "1e-9");
    assertThat(run("third", another).read).isZero();
    assertThat(notes)
        .contains(
            "the cache %s is larger than data.cache.max_gigabytes: entries in use are left"
                .formatted(cache));
  }
}
