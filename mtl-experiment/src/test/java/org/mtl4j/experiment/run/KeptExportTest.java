package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.experiment.apply.Evaluation;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.testkit.Folders;

/** What is done with a state of the front that is not the best one. */
class KeptExportTest {
  private static final String YAML =
      """
      name: front
      seed: 5
      data:
        source: {type: csv}
        split: {by: files, train: '%1$s', validation: '%2$s'}
        cache: {enabled: false}
      features:
        user: {type: categorical, dim: 4}
        item: {type: categorical, dim: 4}
      tasks:
        click: {type: binary, label: click, calibration: platt}
        dwell: {type: regression, label: dwell}
      model: {type: shared_bottom, bottom_layers: [8], tower_layers: [], dropout: 0.2}
      training:
        epochs: 6
        batch_size: 128
        threads: 1
        optimizer: {type: adam, learning_rate: 0.03}
        early_stopping: {pareto: [click/auc, dwell/mae], keep: 4}
      evaluation: {bootstrap: 0}
      """;

  @TempDir private static Path folder;

  private static final ExperimentService SERVICE = MtlServices.standard();
  private static Path validation;
  private static Run run;

  @BeforeAll
  static void train() throws IOException {
    validation = FrontRows.write(folder.resolve("validation.csv"), 400, 2);
    Path rows = FrontRows.write(folder.resolve("train.csv"), 1200, 1);
    ExperimentPlan plan =
        SERVICE.read(ConfigFile.parse(YAML.formatted(rows, validation), "front.yaml"));
    run = SERVICE.train(plan, TrainOptions.into(folder.resolve("run")), ExperimentListener.SILENT);
  }

  private static List<JsonNode> kept() throws IOException {
    List<JsonNode> kept = new ArrayList<>();
    for (JsonNode state : JsonMapper.builder().build().readTree(run.files().front().toFile())) {
      if (state.path("checkpoint").asBoolean()) {
        kept.add(state);
      }
    }
    return kept;
  }

  private static double auc(Path export) {
    return new Evaluation(SERVICE)
        .evaluate(
            run,
            List.of(validation.toString()),
            new Evaluation.More(Optional.empty(), List.of(), Optional.of(export)))
        .report()
        .get("click/auc")
        .orElseThrow();
  }

  /** Its figures are those that the front lists; calibration changes no rank. */
  @Test
  void aStateOfTheFrontIsMeasuredAsItWasThen() throws IOException {
    assertThat(kept()).hasSizeGreaterThan(1);
    Map<String, String> before = Folders.content(run.files().folder());
    for (JsonNode state : kept()) {
      long step = state.path("step").asLong();
      double found =
          new KeptExport(run, step)
              .with(
                  SERVICE,
                  ExperimentListener.SILENT,
                  export -> {
                    assertThat(ManifestFile.read(export).provenance())
                        .containsEntry("step", Long.toString(step))
                        .containsEntry("experiment", "front");
                    return auc(export);
                  });
      assertThat(found)
          .isCloseTo(state.path("validation").path("click/auc").asDouble(), within(1e-6));
    }
    Map<String, String> after = Folders.content(run.files().folder());
    assertThat(after.keySet()).containsAll(before.keySet());
    before.remove(".lock");
    assertThat(after).containsAllEntriesOf(before);
  }

  /** The best state once more is the run's own export, calibration and all. */
  @Test
  void theBestStateIsExportedAsTheRunDidIt() throws IOException {
    JsonNode best =
        kept().stream().filter(state -> state.path("best").asBoolean()).findFirst().orElseThrow();
    Map<String, String> again =
        new KeptExport(run, best.path("step").asLong())
            .with(
                SERVICE,
                ExperimentListener.SILENT,
                export -> {
                  try {
                    return Folders.content(export);
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                });
    assertThat(again).isEqualTo(Folders.content(run.files().export(1)));
  }

  @Test
  void aStepThatIsNotKeptIsAnsweredWithThoseThatAre() throws IOException {
    assertThatThrownBy(
            () -> new KeptExport(run, 7).with(SERVICE, ExperimentListener.SILENT, export -> export))
        .isInstanceOf(MtlException.class)
        .hasMessageContaining("--step")
        .hasMessageContaining("found 7")
        .hasMessageContaining(Long.toString(kept().get(0).path("step").asLong()));
  }
}
