package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.experiment.events.EventFiles;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.testkit.Folders;

/** A run that is stopped and resumed ends where one that was never stopped ends, bit for bit. */
class ResumeTest {
  private static final String YAML =
      """
      name: resume
      seed: 5
      data:
        source: {type: simulated, users: 40, items: 30, impressions: 1500}
      features:
        user_id: {type: categorical, dim: 4}
        item_id: {type: categorical, dim: 4}
        price: {type: numeric, transform: log1p}
      tasks:
        click: {type: binary, label: click}
        dwell: {type: regression, label: dwell_seconds, where: "click == 1"}
      model: {type: mmoe, experts: 2, expert_layers: [8], tower_layers: [], dropout: 0.2}
      training: {epochs: 3, batch_size: 128, threads: 1, balancing: {type: random}, tensorboard: {every: 2}}
      """;

  @TempDir private Path folder;

  private final ExperimentService service = MtlServices.standard();
  private final ConfigFile file = ConfigFile.parse(YAML, "resume.yaml");

  /** Asks to stop after so many steps, given those of an epoch. */
  private static ExperimentListener stoppingAfter(IntToLongFunction stepsOfEpoch) {
    return new ExperimentListener() {
      private long wanted;
      private long taken;

      @Override
      public void onStart(Plan ahead) {
        wanted = stepsOfEpoch.applyAsLong(ahead.stepsPerEpoch());
      }

      @Override
      public void onStep(Step step) {
        taken = step.step();
      }

      @Override
      public boolean stopRequested() {
        return taken >= wanted;
      }
    };
  }

  @Test
  void aRunStoppedInTheMiddleOfAnEpochGoesOnFromThere() throws IOException {
    assertResumedLikeUninterrupted(stepsPerEpoch -> stepsPerEpoch / 2);
  }

  @Test
  void aRunStoppedAtTheLastStepOfAnEpochGoesOnFromThere() throws IOException {
    assertResumedLikeUninterrupted(stepsPerEpoch -> stepsPerEpoch);
  }

  @Test
  void aRunStoppedInALaterEpochGoesOnFromThere() throws IOException {
    assertResumedLikeUninterrupted(stepsPerEpoch -> stepsPerEpoch + 1L);
  }

  /** Of ten users each has more rows than a row is paired with: which ones is drawn. */
  @Test
  void soDoesOneWhoseBatchesAreWholeQueries() throws IOException {
    assertResumedLikeUninterrupted(
        file.withOverride("data.source.users", "10")
            .withOverride("data.query_group", "user_id")
            .withOverride("tasks.click.loss", "bpr"),
        stepsPerEpoch -> stepsPerEpoch + stepsPerEpoch / 2);
  }

  private void assertResumedLikeUninterrupted(IntToLongFunction stopAfter) throws IOException {
    assertResumedLikeUninterrupted(file, stopAfter);
  }

  private void assertResumedLikeUninterrupted(ConfigFile experiment, IntToLongFunction stopAfter)
      throws IOException {
    ExperimentPlan plan = service.read(experiment);
    Run straight =
        service.train(
            plan, TrainOptions.into(folder.resolve("straight")), ExperimentListener.SILENT);
    Path halved = folder.resolve("halved");
    Run stopped = service.train(plan, TrainOptions.into(halved), stoppingAfter(stopAfter));
    assertThat(stopped.status()).isEqualTo(Run.Status.INTERRUPTED);
    assertThat(halved.resolve("export")).doesNotExist();

    Run resumed = service.train(plan, new TrainOptions(halved, true), ExperimentListener.SILENT);
    assertThat(resumed.status()).isEqualTo(Run.Status.FINISHED);
    for (String name : List.of("checkpoints", "history.jsonl", "metrics.json")) {
      assertThat(content(resumed, name)).as(name).isEqualTo(content(straight, name)).isNotEmpty();
    }
    assertThat(EventFiles.scalars(resumed.files().tensorboard()))
        .isEqualTo(EventFiles.scalars(straight.files().tensorboard()))
        .isNotEmpty();
  }

  private static Map<String, String> content(Run run, String name) throws IOException {
    return Folders.content(run.files().folder().resolve(name));
  }
}
