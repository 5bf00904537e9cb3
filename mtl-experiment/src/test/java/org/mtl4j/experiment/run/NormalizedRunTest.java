package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.testkit.Folders;

/** Normalised layers from the file to an export, whose certificate compares it with training. */
class NormalizedRunTest {
  @TempDir private Path folder;

  private final ExperimentService service = MtlServices.standard();

  private ExperimentPlan plan(String model) {
    String yaml =
        """
        name: normalised
        seed: 5
        data:
          source: {type: simulated, users: 40, items: 30, impressions: 1000}
        features:
          user_id: {type: categorical, dim: 4}
          price: {type: numeric, transform: log1p}
        tasks:
          click: {type: binary, label: click}
          dwell: {type: regression, label: dwell_seconds, where: "click == 1"}
        model: %s
        training: {epochs: 2, batch_size: 96, threads: 1}
        evaluation: {bootstrap: 0}
        """
            .formatted(model);
    return service.read(ConfigFile.parse(yaml, "normalised.yaml"));
  }

  private static ExperimentListener stoppingAfter(long steps) {
    return new ExperimentListener() {
      private long taken;

      @Override
      public void onStep(Step step) {
        taken = step.step();
      }

      @Override
      public boolean stopRequested() {
        return taken == steps;
      }
    };
  }

  private Run train(String model, TrainOptions options, ExperimentListener listener) {
    return service.train(plan(model), options, listener);
  }

  /** Moving averages are part of a checkpoint. */
  @Test
  void aRunWithBatchNormalisationGoesOnToTheBitAndIsExported() throws IOException {
    String model =
        "{type: mmoe, experts: 2, expert_layers: [6, 4], tower_layers: [3], normalization: batch}";
    Path straight = folder.resolve("straight");
    Path halved = folder.resolve("halved");
    Run run = train(model, TrainOptions.into(straight), ExperimentListener.SILENT);
    train(model, TrainOptions.into(halved), stoppingAfter(11));
    train(model, new TrainOptions(halved, true), ExperimentListener.SILENT);
    assertThat(run.status()).isEqualTo(Run.Status.FINISHED);
    assertThat(Folders.content(halved.resolve("checkpoints")))
        .isEqualTo(Folders.content(straight.resolve("checkpoints")));
  }

  @Test
  void otherModelsAreTrainedAndExportedToo() {
    List<String> models =
        List.of(
            "{type: shared_bottom, bottom_layers: [6], tower_layers: [3], normalization: layer}",
            "{type: cross_stitch, layers: [5], normalization: batch}");
    for (String model : models) {
      Path to = folder.resolve("run" + models.indexOf(model));
      assertThat(train(model, TrainOptions.into(to), ExperimentListener.SILENT).status())
          .as(model)
          .isEqualTo(Run.Status.FINISHED);
    }
  }
}
