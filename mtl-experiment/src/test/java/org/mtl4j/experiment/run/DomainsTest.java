package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.apply.Evaluation;
import org.mtl4j.experiment.apply.PredictionFile;
import org.mtl4j.experiment.apply.ServedModel;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.testkit.Folders;

/** Two domains of different columns, a task in each, from their files to predictions. */
class DomainsTest {
  private static final String YAML =
      """
      name: domains
      seed: 5
      data:
        source:
          type: union
          sources:
            us: {type: csv, path: DIR/us.csv}
            de: {type: jsonl, path: DIR/de.jsonl}
      features:
        domain: {type: categorical, dim: 2}
        user: {type: categorical, dim: 4, hash_buckets: 16}
        price: {type: numeric}
        stadt: {type: categorical, dim: 2}
      tasks:
        click_us: {type: binary, label: click, where: "domain == 'us'"}
        click_de: {type: binary, label: click, where: "domain == 'de'"}
      model: {type: shared_bottom, bottom_layers: [8], tower_layers: [4]}
      training: {epochs: 2, batch_size: 64, threads: 1}
      """;

  private static final List<String> CITIES = List.of("Köln", "Bonn", "Ulm");

  @TempDir private Path folder;

  private final ExperimentService service = MtlServices.standard();
  private final List<String> german = new ArrayList<>();

  @BeforeEach
  void writeFiles() throws IOException {
    Random random = new Random(7);
    List<String> us = new ArrayList<>(List.of("nr,user,price,click"));
    List<String> de = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      double price = random.nextInt(100) / 4.0;
      int click = price + random.nextInt(20) > 20 ? 1 : 0;
      us.add(String.format(Locale.ROOT, "%d,u%d,%.2f,%d", i, random.nextInt(30), price, click));
    }
    for (int i = 0; i < 400; i++) {
      String city = CITIES.get(random.nextInt(3));
      int click = (city.equals("Ulm") ? 1 : 0) ^ (random.nextInt(4) == 0 ? 1 : 0);
      String user = "d" + random.nextInt(30);
      de.add(
          "{\"nr\": %d, \"user\": \"%s\", \"stadt\": \"%s\", \"click\": %d}"
              .formatted(i, user, city, click));
      german.add("de,%s,,%s".formatted(user, city));
    }
    Files.write(folder.resolve("us.csv"), us);
    Files.write(folder.resolve("de.jsonl"), de);
  }

  @Test
  void eachDomainHasItsTaskFromTrainingToPredictions() throws IOException {
    Run run = train("run", "{}", ExperimentListener.SILENT);
    assertThat(run.status()).isEqualTo(Run.Status.FINISHED);

    MetricReport american = evaluated(run, "us=" + folder.resolve("us.csv"));
    assertThat(american.get("click_us/auc")).isPresent();
    assertThat(american.get("click_de/auc")).isEmpty();
    MetricReport both =
        evaluated(run, "us=" + folder.resolve("us.csv"), "de=" + folder.resolve("de.jsonl"));
    assertThat(both.get("click_us/auc")).isEqualTo(american.get("click_us/auc"));
    assertThat(both.get("click_de/auc").orElseThrow()).isGreaterThan(.6);

    Path table = folder.resolve("table.csv");
    List<String> lines = new ArrayList<>(List.of("domain,user,price,stadt"));
    lines.addAll(german);
    Files.write(table, lines);
    assertThat(predicted(run, "de=" + folder.resolve("de.jsonl")))
        .hasSize(401)
        .isEqualTo(predicted(run, table.toString()));
  }

  @Test
  void lookupGivesToEveryDomainThroughTheCacheAndToOneAloneLater() throws IOException {
    List<String> ages = new ArrayList<>(List.of("user,age"));
    for (int i = 0; i < 30; i++) {
      ages.add("u%d,%d".formatted(i, 20 + i));
      ages.add("d%d,%d".formatted(i, 50 - i));
    }
    Path users = Files.write(folder.resolve("users.csv"), ages);
    ConfigFile file =
        ConfigFile.parse(YAML.replace("DIR", folder.toString()), "domains.yaml")
            .withOverride("data.cache.dir", folder.resolve("cache").toString())
            .withOverride("features.age", "{type: numeric}")
            .withOverride(
                "data.lookups",
                "{users: {type: file, source: {type: csv, path: %s}, key: user, columns: [age]}}"
                    .formatted(users));
    List<String> notes = new ArrayList<>();
    ExperimentListener listener =
        new ExperimentListener() {
          @Override
          public void onNote(String note) {
            notes.add(note);
          }
        };
    List<Run> runs = new ArrayList<>();
    for (String name : List.of("first", "second")) {
      TrainOptions options = new TrainOptions(folder.resolve(name), false);
      runs.add(service.train(service.read(file), options, listener));
    }
    assertThat(notes).filteredOn(note -> note.startsWith("encoded rows come from")).hasSize(1);
    assertThat(Folders.content(runs.get(1).files().folder().resolve("metrics.json")))
        .isEqualTo(Folders.content(runs.get(0).files().folder().resolve("metrics.json")));
    String us = "us=" + folder.resolve("us.csv");
    String de = "de=" + folder.resolve("de.jsonl");
    assertThat(evaluated(runs.get(1), us).get("click_us/auc"))
        .isPresent()
        .isEqualTo(evaluated(runs.get(0), us, de).get("click_us/auc"));
  }

  @Test
  void ratiosThinAndRepeatRowsAndARunResumesWithTheVerySame() throws IOException {
    String sampling = "{domain: {us: 0.5, de: 0.2}, task: {click_de: 2}}";
    List<String> said = new ArrayList<>();
    Run straight = train("straight", sampling, new Recorder(said, Integer.MAX_VALUE));
    // A hash of the seed and the record's index splits 700 rows; each domain has its share.
    long us = trainingRows("us");
    long de = trainingRows("de");
    long rows = Math.round(us * .5) + 2 * de;
    assertThat(said.get(0)).isEqualTo("%d = %d x 0.5 + %d x 2".formatted(rows, us, de));
    long steps = (rows + 63) / 64;
    assertThat(said).hasSize((int) (1 + 2 * steps));
    assertThat(said.subList(1, (int) (1 + steps)).stream().mapToInt(Integer::parseInt).sum())
        .isEqualTo((int) rows);

    Run stopped = train("halved", sampling, new Recorder(new ArrayList<>(), (int) steps + 3));
    assertThat(stopped.status()).isEqualTo(Run.Status.INTERRUPTED);
    Run resumed = train("halved", sampling, new Recorder(new ArrayList<>(), Integer.MAX_VALUE));
    for (String name : List.of("checkpoints", "history.jsonl", "metrics.json")) {
      assertThat(Folders.content(resumed.files().folder().resolve(name)))
          .as(name)
          .isEqualTo(Folders.content(straight.files().folder().resolve(name)))
          .isNotEmpty();
    }
    Run others = train("others", "{domain: {us: 0.5}}", new Recorder(said, Integer.MAX_VALUE));
    assertThat(Folders.content(others.files().folder().resolve("metrics.json")))
        .isNotEqualTo(Folders.content(straight.files().folder().resolve("metrics.json")));
  }

  /** Users of the domains count as others, until the file says that they are the same. */
  @Test
  void splitsByUsersAreOfADomain() throws IOException {
    ConfigFile file =
        ConfigFile.parse(YAML.replace("DIR", folder.toString()), "domains.yaml")
            .withOverride("data.where", "nr < 300")
            .withOverride("data.split", "{by: group, column: nr, test: 0.5}");
    assertThat(testGroups(file).get("us")).isNotEqualTo(testGroups(file).get("de"));
    ConfigFile shared = file.withOverride("data.source.shared_ids", "[nr]");
    assertThat(testGroups(shared).get("us")).isEqualTo(testGroups(shared).get("de"));
    ConfigFile unknown = file.withOverride("data.source.shared_ids", "[nrr]");
    assertThatThrownBy(() -> testGroups(unknown))
        .hasMessage(
            "data.source.shared_ids: The source has no column \"nrr\". Did you mean \"nr\"?");
  }

  private Map<String, Set<String>> testGroups(ConfigFile file) {
    SplitDataset dataset = service.datasets().splits(service.read(file));
    int domain = dataset.columns().indexOf("domain");
    int group = dataset.columns().indexOf("nr");
    Map<String, Set<String>> groups = new HashMap<>();
    dataset.forEach(
        Split.TEST,
        1000,
        block -> {
          for (int row = 0; row < block.rowCount(); row++) {
            groups
                .computeIfAbsent(block.text(domain, row), d -> new TreeSet<>())
                .add(block.text(group, row));
          }
        });
    return groups;
  }

  /** The linter reads what training reads, so that it knows, too. */
  @Test
  void epochWithoutRowsIsFoundBeforeAnythingIsEncoded() {
    ExperimentPlan none = plan("{domain: {us: 1}, task: {click_us: 0, click_de: 0}}");
    int us = (int) trainingRows("us");
    int de = (int) trainingRows("de");
    // A row of us has the larger ratio of its domain and its task.
    service.lint(none, ExperimentListener.SILENT);
    assertThatThrownBy(
            () ->
                service.lint(
                    plan("{domain: {us: 0.001}, task: {click_de: 0}}"), ExperimentListener.SILENT))
        .hasMessageStartingWith("training.sampling (domains.yaml:18:")
        .hasMessageEndingWith(
            "): Expected an epoch of 1 to 2,147,483,647 rows, found 0: 0 = %d x 0.001 + %d x 0. Give"
                    .formatted(us, de)
                + " a larger ratio.");
  }

  /**
   * A file that is not there is named by the key of its own domain, and that of a lookup by its.
   */
  @Test
  void keysOfADomainAndOfALookupAreNamedWhereTheyStand() throws IOException {
    ConfigFile file = ConfigFile.parse(YAML.replace("DIR", folder.toString()), "domains.yaml");
    Path gone = folder.resolve("no/such.csv");
    assertThatThrownBy(() -> splits(file.withOverride("data.source.sources.us.path", "" + gone)))
        .hasMessageStartingWith(gone + ": There is no such file")
        .hasMessageEndingWith(
            " Check data.source.sources.us.path, or run the command from the folder it is meant"
                + " from.");
    Files.write(folder.resolve("us.csv"), List.of("user,price,click", "u1,1,0", "u2,1"));
    assertThatThrownBy(() -> splits(file).forEach(100, (split, rows) -> {}))
        .hasMessageContaining("or set data.source.sources.us.on_bad_row: skip to leave such rows");
    String lookup =
        "{users: {type: file, source: {type: csv, path: %s}, key: user, columns: [age]}}";
    assertThatThrownBy(() -> splits(file.withOverride("data.lookups", lookup.formatted(gone))))
        .hasMessageStartingWith(gone + ": There is no such file")
        .hasMessageEndingWith(
            " Check data.lookups.users.source.path, or run the command from the folder it is meant"
                + " from.");
  }

  /** What differs between domains, a column that one lacks, say, is replayed too. */
  @Test
  void certificateReplaysRowsOfEveryDomain() {
    ExperimentPlan plan = plan("{}");
    RawBatch replay = LearntData.of(plan, service.datasets().splits(plan), rows -> {}).replay();
    int column = replay.columns().indexOf("domain");
    Map<String, Integer> rows = new HashMap<>();
    for (int row = 0; row < replay.rowCount(); row++) {
      rows.merge(replay.text(column, row), 1, Integer::sum);
      assertThat(replay.place(row)).endsWith("(domain " + replay.text(column, row) + ")");
    }
    assertThat(rows).isEqualTo(Map.of("us", 128, "de", 128));
    int city = replay.columns().indexOf("stadt");
    assertThat(replay.text(city, 0)).isNull();
    assertThat(replay.text(city, 255)).isIn(CITIES);
  }

  private SplitDataset splits(ConfigFile file) {
    return service.datasets().splits(service.read(file));
  }

  /** Takes down what an epoch takes and the rows of each step, and stops after so many steps. */
  private static final class Recorder implements ExperimentListener {
    private final List<String> said;
    private final int last;
    private long taken;

    Recorder(List<String> said, int last) {
      this.said = said;
      this.last = last;
    }

    @Override
    public void onSampling(String epochRows) {
      said.add(epochRows);
    }

    @Override
    public void onStep(Step step) {
      said.add(Integer.toString(step.rows()));
      taken = step.step();
    }

    @Override
    public boolean stopRequested() {
      return taken >= last;
    }
  }

  /** The training rows of a domain, counted from the split's own rows. */
  private long trainingRows(String domain) {
    ExperimentPlan plan = plan("{}");
    SplitDataset dataset = service.datasets().splits(plan);
    long[] count = new long[1];
    int column = dataset.columns().indexOf("domain");
    dataset.forEach(
        Split.TRAIN,
        1000,
        block -> {
          for (int row = 0; row < block.rowCount(); row++) {
            count[0] += block.text(column, row).equals(domain) ? 1 : 0;
          }
        });
    return count[0];
  }

  private ExperimentPlan plan(String sampling) {
    String yaml = YAML.replace("threads: 1}", "threads: 1, sampling: " + sampling + "}");
    return service.read(ConfigFile.parse(yaml.replace("DIR", folder.toString()), "domains.yaml"));
  }

  private Run train(String name, String sampling, ExperimentListener listener) {
    boolean resume = Files.exists(folder.resolve(name));
    return service.train(plan(sampling), new TrainOptions(folder.resolve(name), resume), listener);
  }

  private MetricReport evaluated(Run run, String... files) {
    return new Evaluation(service).evaluate(run, List.of(files)).report();
  }

  private List<String> predicted(Run run, String... files) throws IOException {
    Path output = Files.createTempFile(folder, "p", ".csv");
    Files.delete(output);
    new PredictionFile(ServedModel.of(run, service), List.of()).write(List.of(files), output);
    return Files.readAllLines(output);
  }
}
