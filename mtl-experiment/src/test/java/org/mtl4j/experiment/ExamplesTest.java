package org.mtl4j.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.fit.FeatureFitter;
import org.mtl4j.data.fit.LabelFitter;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.TrainOptions;
import org.mtl4j.experiment.wiring.MtlServices;

/** The experiment files that are shipped, against the code and against their data. */
class ExamplesTest {
  private static final Path EXAMPLES = Path.of(System.getProperty("mtl.root"), "examples");
  private static final String SHARED = "../shared";
  private static final int BLOCK = 4096;
  private static final int BLOCKS = 3;

  private final ExperimentService service = MtlServices.standard();

  @Test
  void everyExampleReadsWithoutProblems() throws IOException {
    try (Stream<Path> entries = Files.list(EXAMPLES)) {
      List<Path> files = entries.filter(file -> file.toString().endsWith(".yaml")).toList();
      assertThat(files).hasSizeGreaterThanOrEqualTo(9);
      for (Path file : files) {
        ExperimentPlan plan = service.read(ConfigFile.read(file));
        assertThat(file.getFileName()).hasToString(plan.config().name() + ".yaml");
      }
    }
  }

  @Test
  void columnsAndLabelsOfAdultFit() throws IOException {
    assertFirstBlocksFit("adult", "adult");
  }

  @Test
  void columnsAndLabelsOfKuairandFit() throws IOException {
    assertFirstBlocksFit("kuairand", "kuairand-sample");
  }

  @Test
  void columnsAndLabelsOfMovielensByTimeFit() throws IOException {
    assertFirstBlocksFit("movielens-time", "movielens-100k");
  }

  @Test
  void columnsAndLabelsOfOnlineShoppersFit() throws IOException {
    assertFirstBlocksFit("online-shoppers", "online-shoppers");
  }

  /** The example with its data found from the module's folder; skips without the data. */
  private static ConfigFile example(String name, String data) throws IOException {
    String shared = System.getProperty("mtl.shared");
    assumeTrue(
        Files.isDirectory(Path.of(shared, "data", data)),
        "skipped: the folder " + SHARED + "/data/" + data + " is not there");
    String yaml = Files.readString(EXAMPLES.resolve(name + ".yaml")).replace(SHARED, shared);
    return ConfigFile.parse(yaml, name + ".yaml");
  }

  private void assertFirstBlocksFit(String name, String data) throws IOException {
    ExperimentPlan plan = service.read(example(name, data));
    SplitDataset dataset = service.datasets().splits(plan);
    FeatureFitter features = new FeatureFitter(plan.features(), dataset.rows(Split.TRAIN));
    LabelFitter labels = new LabelFitter(plan.tasks(), dataset.columns());
    int rows = 0;
    try (RawCursor cursor = dataset.rows(Split.TRAIN).open()) {
      for (int i = 0; i < BLOCKS; i++) {
        Optional<RawBatch> block = cursor.next(BLOCK);
        block.ifPresent(features::observe);
        block.ifPresent(labels::observe);
        rows += block.map(RawBatch::rowCount).orElse(0);
      }
    }
    assertThat(rows).isGreaterThan(BLOCK);
    assertThat(features.fit()).hasSameSizeAs(plan.features());
    assertThat(labels.fit()).hasSameSizeAs(plan.tasks());
  }

  @Test
  @Tag("slow")
  void adultReachesTheAreaUnderTheCurveThatItIsShippedFor(@TempDir Path folder) throws IOException {
    Run run =
        Experiment.of(example("adult", "adult"))
            .train(TrainOptions.into(folder.resolve("adult")), ExperimentListener.SILENT);
    // Seeds 7, 8 and 9 gave .9286 to .9290 and .9638 to .9643 (docs/results.md).
    assertThat(run.metric("test", "income", "auc")).isBetween(0.926, 0.932);
    assertThat(run.metric("test", "never_married", "auc")).isBetween(0.961, 0.967);
  }

  /**
   * As low as three seeds gave (docs/results.md), less .003: another processor rounds otherwise.
   */
  @Test
  @Tag("slow")
  void movielensByTimeReachesWhatItIsShippedFor(@TempDir Path folder) throws IOException {
    Run run = trained("movielens-time", "movielens-100k", folder);
    assertAbove(run, "liked", 0.693);
    assertAbove(run, "loved", 0.682);
  }

  @Test
  @Tag("slow")
  void onlineShoppersReachesWhatItIsShippedFor(@TempDir Path folder) throws IOException {
    Run run = trained("online-shoppers", "online-shoppers", folder);
    assertAbove(run, "revenue", 0.765);
    assertAbove(run, "page_value", 0.838);
  }

  @Test
  @Tag("slow")
  void kuairandReachesWhatItIsShippedFor(@TempDir Path folder) throws IOException {
    Run run = trained("kuairand", "kuairand-sample", folder);
    assertAbove(run, "click", 0.738);
    assertAbove(run, "long_view", 0.730);
    assertAbove(run, "profile_enter", 0.746);
    assertAbove(run, "comment", 0.701);
    assertAbove(run, "follow", 0.853);
  }

  private static Run trained(String name, String data, Path folder) throws IOException {
    return Experiment.of(example(name, data))
        .train(TrainOptions.into(folder.resolve(name)), ExperimentListener.SILENT);
  }

  private static void assertAbove(Run run, String task, double bound) {
    assertThat(run.metric("test", task, "auc")).as(task).isGreaterThan(bound);
  }

  @Test
  @Tag("slow")
  void movielensLearnsGenresBeyondTheirFrequencies(@TempDir Path folder) throws IOException {
    ConfigFile file = example("movielens-genres", "movielens-100k");
    double baseline = frequencyLogLoss(service.read(file));
    Run run =
        Experiment.of(file)
            .train(TrainOptions.into(folder.resolve("genres")), ExperimentListener.SILENT);
    // Seeds 7 and 8 gave a log loss of .0340 and .0344, a macro AUC of .9925 and .9875, a micro F1
    // of .9843 and .9732, and .6982 and .6969 for clicks; 97.8 % of the test rows have a known
    // film.
    assertThat(baseline).isCloseTo(0.2922, within(1e-3));
    assertThat(run.metric("test", "genres", "log_loss")).isLessThan(0.2 * baseline);
    assertThat(run.metric("test", "genres", "macro_auc")).isGreaterThan(0.97);
    assertThat(run.metric("test", "genres", "micro_f1")).isGreaterThan(0.95);
    assertThat(run.metric("test", "click", "auc")).isGreaterThan(0.69);
  }

  /** Mean log loss of the test rows' genres if each has the share of training rows that it has. */
  private double frequencyLogLoss(ExperimentPlan plan) {
    SplitDataset dataset = service.datasets().splits(plan);
    Map<String, Double> share = new HashMap<>();
    List<Set<String>> train = genres(dataset, Split.TRAIN);
    train.forEach(set -> set.forEach(name -> share.merge(name, 1.0 / train.size(), Double::sum)));
    double loss = 0;
    List<Set<String>> test = genres(dataset, Split.TEST);
    for (Set<String> set : test) {
      for (Map.Entry<String, Double> genre : share.entrySet()) {
        boolean yes = set.contains(genre.getKey());
        loss -= Math.log(yes ? genre.getValue() : 1 - genre.getValue());
      }
    }
    return loss / test.size() / share.size();
  }

  private static List<Set<String>> genres(SplitDataset dataset, Split split) {
    List<Set<String>> sets = new ArrayList<>();
    int column = dataset.columns().indexOf("genres");
    try (RawCursor cursor = dataset.rows(split).open()) {
      for (Optional<RawBatch> block = cursor.next(BLOCK);
          block.isPresent();
          block = cursor.next(BLOCK)) {
        for (int row = 0; row < block.get().rowCount(); row++) {
          sets.add(Set.of(block.get().text(column, row).split("\\|")));
        }
      }
    }
    return sets;
  }
}
