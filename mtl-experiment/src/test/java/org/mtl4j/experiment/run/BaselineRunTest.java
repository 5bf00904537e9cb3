package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.experiment.apply.ServedModel;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.testkit.Folders;

/** Runs whose model is fitted at once. */
class BaselineRunTest {
  private static final String YAML =
      """
      name: trees
      seed: 3
      data:
        source: {type: simulated, users: 50, items: 30, impressions: 1500}
        split: {by: random, validation: 0.2, test: 0.2}
      features:
        user_id: {type: categorical, dim: 4}
        price: {type: numeric, transform: log1p}
        user_x_item: {type: cross, features: [user_id, item_id], hash_buckets: 50, dim: 4}
        item_id: {type: categorical, dim: 4}
      tasks:
        click: {type: binary, label: click, class_weights: {no: 1, yes: 3}}
        dwell: {type: regression, label: dwell_seconds, where: "click == 1"}
      model: {type: boosted_trees, trees: 10, max_depth: 3}
      training: {epochs: 2, batch_size: 256, threads: 1}
      """;

  @TempDir private Path folder;

  private final ExperimentService service = MtlServices.standard();

  private ExperimentPlan plan(String model) {
    return service.read(ConfigFile.parse(YAML, "trees.yaml").withOverride("model", model));
  }

  private Run train(String model, String name, boolean resume) {
    return service.train(
        plan(model), new TrainOptions(folder.resolve(name), resume), ExperimentListener.SILENT);
  }

  @Test
  void equalRunsOfBoostedTreesAreEqualToTheByte() throws IOException {
    assertEqualRuns("{type: boosted_trees, trees: 10}");
  }

  @Test
  void equalRunsOfDecisionTreesAreEqualToTheByte() throws IOException {
    assertEqualRuns("{type: decision_trees}");
  }

  private void assertEqualRuns(String model) throws IOException {
    Run first = train(model, "first", false);
    Run second = train(model, "second", false);

    assertThat(first.status()).isEqualTo(Run.Status.FINISHED);
    assertThat(first.isBaseline()).isTrue();
    assertThat(Folders.content(first.files().folder()))
        .isEqualTo(Folders.content(second.files().folder()))
        .containsKeys("model/click.bin", "model/dwell.bin", "metrics.json", "report.html")
        .doesNotContainKeys("export", "checkpoints", "history.jsonl");
    assertThat(first.metric("test", "click", "auc")).isBetween(.5, 1.0);
  }

  @Test
  void aRunThatWasKilledGoesOnToTheSameBytes() throws IOException {
    String model = "{type: boosted_trees, trees: 10}";
    Run whole = train(model, "whole", false);
    Run killed = train(model, "killed", false);
    Files.delete(killed.files().report());
    Files.delete(killed.files().model().resolve("dwell.bin"));
    assertThat(Run.open(killed.files().folder()).status()).isEqualTo(Run.Status.INTERRUPTED);

    train(model, "killed", true);

    assertThat(Folders.content(killed.files().folder()))
        .isEqualTo(Folders.content(whole.files().folder()));
  }

  /** A commit further a run goes on with what it has fitted. */
  @Test
  void aModelIsThatOfItsRunWhateverReleaseFittedIt() throws IOException {
    Run run = train("{type: decision_trees}", "run", false);
    FittedModel model = new FittedModel(run.files());
    assertThat(model.isOf(Provenance.read(run.files()).get(Provenance.ORIGIN))).isTrue();
    assertThat(model.isOf("another")).isFalse();
    assertThatThrownBy(() -> ServedModel.of(run.files().model(), service.datasets()))
        .hasMessageContaining("Take --run with the run's folder");

    Files.delete(run.files().report());
    org.mtl4j.core.file.Folders.delete(run.files().model());
    Files.writeString(run.files().model(), "mine");
    assertThatThrownBy(() -> train("{type: decision_trees}", "run", true))
        .isInstanceOfSatisfying(
            MtlException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OUTPUT_FOLDER));
    assertThat(run.files().model()).hasContent("mine");
  }

  @Test
  void aDamagedModelIsNotRead() throws IOException {
    Run run = train("{type: boosted_trees, trees: 10}", "run", false);
    Path file = run.files().model().resolve("click.bin");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> service.predictor(run))
        .isInstanceOfSatisfying(
            MtlException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EXPORT_INVALID));
  }

  @Test
  void keysOfStepsAreToldToBeIdle() {
    List<String> notes = new ArrayList<>();
    service.train(
        plan("{type: decision_trees}"),
        TrainOptions.into(folder.resolve("noted")),
        new ExperimentListener() {
          @Override
          public void onNote(String note) {
            notes.add(note);
          }
        });
    assertThat(notes)
        .containsExactly(
            "training.{batch_size, epochs} are of models that are trained step by step;"
                + " decision_trees have no use for them");
  }

  @Test
  void workOnAGraphIsRefused() {
    Run run = train("{type: decision_trees}", "run", false);
    assertThatThrownBy(run::export).isInstanceOfSatisfying(MtlException.class, this::ofBaseline);
    assertThatThrownBy(() -> SourceRun.open(run.files().folder().toString()))
        .isInstanceOfSatisfying(MtlException.class, this::ofBaseline);
    assertThatThrownBy(
            () -> service.withMaterial(run, ExperimentListener.SILENT, material -> material))
        .isInstanceOfSatisfying(
            MtlException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_VALUE);
              assertThat(e.problems().get(0).what()).contains("decision_trees is a baseline");
            });
  }

  private void ofBaseline(MtlException e) {
    assertThat(e.code()).isEqualTo(ErrorCode.USAGE);
    assertThat(e.problems().get(0).what()).contains("found one of a baseline");
  }

  @Test
  void whatChangesWhatIsLearntIsRefusedAllAtOnce() {
    ConfigFile file =
        ConfigFile.parse(YAML, "trees.yaml")
            .withOverride("tasks.click.calibration", "platt")
            .withOverride("tasks.dwell.loss", "mae")
            .withOverride("training.sampling", "{task: {dwell: 2}}")
            .withOverride("training.init_from", "{run: runs/other}");
    assertThatThrownBy(() -> service.read(file))
        .isInstanceOfSatisfying(
            MtlException.class,
            e ->
                assertThat(e.problems())
                    .extracting(problem -> problem.where().replaceAll(" .*", ""))
                    .containsExactlyInAnyOrder(
                        "tasks",
                        "tasks.click.calibration",
                        "training.sampling",
                        "training.init_from"));
  }

  @Test
  void aBottomIsRefused() {
    assertThatThrownBy(() -> plan("{type: boosted_trees, bottom: {type: mlp}}"))
        .isInstanceOfSatisfying(
            MtlException.class,
            e -> {
              assertThat(e.problems().get(0).where()).startsWith("model.bottom");
              assertThat(e.problems().get(0).what())
                  .isEqualTo("Expected no bottom: boosted_trees takes features as they are.");
            });
  }
}
