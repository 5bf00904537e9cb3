package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.config.ConfiguredFactory;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Registry;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.Model;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.models.sharedbottom.SharedBottom;

/** A run goes on under a release that knows a key more, which has its default in it. */
class LaterReleaseTest {
  @TempDir private Path folder;

  private final ExperimentService today = MtlServices.standard();

  /** What a later release might read of the same model. */
  private record LaterKeys(
      List<Integer> bottomLayers,
      List<Integer> towerLayers,
      @Default("0") double dropout,
      @Default("none") Normalization normalization,
      @Default("false") boolean residual) {}

  private ExperimentService later() {
    Parts parts = today.parts();
    Map<String, ConfiguredFactory<?, ? extends Model>> models =
        new HashMap<>(parts.models().models().factories());
    models.put(
        "shared_bottom",
        new ConfiguredFactory<LaterKeys, SharedBottom>(
            LaterKeys.class,
            SharedBottom.class,
            keys ->
                new SharedBottom(
                    keys.bottomLayers(),
                    keys.towerLayers(),
                    keys.dropout(),
                    keys.normalization())));
    return new ExperimentService(
        new Parts(
            parts.sources(),
            parts.lookups(),
            new Architectures(new Registry<>("model", models), parts.models().bottoms()),
            parts.updating(),
            parts.metrics()));
  }

  private Run train(ExperimentService service, ExperimentListener listener, String... override) {
    ConfigFile file = ConfigFile.parse(TinyExperiment.YAML, "tiny.yaml");
    for (int i = 0; i < override.length; i += 2) {
      file = file.withOverride(override[i], override[i + 1]);
    }
    return service.train(service.read(file), new TrainOptions(folder, true), listener);
  }

  /** Stops after step 6 of 8, and counts. */
  private static final class Counting implements ExperimentListener {
    private final boolean stops;
    private int steps;

    Counting(boolean stops) {
      this.stops = stops;
    }

    @Override
    public void onStep(Step step) {
      steps++;
    }

    @Override
    public boolean stopRequested() {
      return stops && steps == 6;
    }
  }

  @Test
  void aKeyThatALaterReleaseAddsDoesNotStopARun() {
    Run stopped = train(today, new Counting(true));
    assertThat(stopped.status()).isEqualTo(Run.Status.INTERRUPTED);
    for (int epochs = 2; epochs <= 3; epochs++) {
      Counting counting = new Counting(false);
      Run run = train(later(), counting, "training.epochs", Integer.toString(epochs));
      assertThat(run.status()).isEqualTo(Run.Status.FINISHED);
      assertThat(counting.steps).as("epochs: %d", epochs).isEqualTo(epochs == 2 ? 2 : 4);
      assertThat(folder.resolve("experiment.yaml")).content().contains("residual: false");
    }
    MtlException refused =
        catchThrowableOfType(
            MtlException.class,
            () -> train(later(), ExperimentListener.SILENT, "model.residual", "true"));
    assertThat(refused.code()).isEqualTo(ErrorCode.CONFIG_VALUE);
    assertThat(refused)
        .hasMessageContaining("model.residual")
        .hasMessageContaining("begun with false, the experiment to go on with has true");
  }

  @Test
  void aDefaultThatTheFolderLacksIsFilledInAndAnotherValueIsRefused() throws IOException {
    train(today, new Counting(true));
    Path experiment = folder.resolve("experiment.yaml");
    String yaml = Files.readString(experiment);
    assertThat(yaml).contains("  dropout: 0.0\n", "seed: 3\n");
    Files.writeString(experiment, yaml.replace("seed: 3\n", "seed: 4\n"));
    MtlException refused =
        catchThrowableOfType(MtlException.class, () -> train(today, ExperimentListener.SILENT));
    assertThat(refused.code()).isEqualTo(ErrorCode.CONFIG_VALUE);
    assertThat(refused).hasMessageContaining("begun with 4, the experiment to go on with has 3");
    Files.writeString(experiment, yaml.replace("  dropout: 0.0\n", ""));
    assertThat(train(today, ExperimentListener.SILENT).status()).isEqualTo(Run.Status.FINISHED);
    assertThat(experiment).hasContent(yaml);
  }
}
